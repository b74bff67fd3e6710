"""A short run of the fuzzer's own mutations, without the fuzzer: see ``tools/fuzz.py``."""

from __future__ import annotations

import pytest
from tools import fuzz

SEEDS = [data for _name, data in fuzz.seeds()]


@pytest.mark.parametrize("start", range(8))
def test_mutated_documents_are_read_or_refused(start: int) -> None:
    for number in range(start, len(SEEDS), 8):
        data = SEEDS[number]
        for step in range(3):
            data = fuzz.mutate(data, 1000 * number + step)
            fuzz.one_input(data)


def test_mutations_change_something() -> None:
    assert sum(fuzz.mutate(data, 1) != data for data in SEEDS) > len(SEEDS) // 2
