"""A short run of the fuzzer's own mutations over its seeds, without the fuzzer: see ``tools/fuzz.py``."""

from __future__ import annotations

import pytest
from formfill import readers
from formfill.source import Source
from tools import fuzz

SEEDS = fuzz.seeds()


@pytest.mark.parametrize("name", SEEDS)
def test_mutated_documents_are_read_or_refused(name: str) -> None:
    data = SEEDS[name]
    fuzz.one_input(data)
    for step in range(4):
        data = fuzz.mutate(data, 1000 * len(data) + step)
        fuzz.one_input(data)


def test_mutations_change_something() -> None:
    assert sum(fuzz.mutate(data, 1) != data for data in SEEDS.values()) > len(SEEDS) // 2


def test_the_seeds_are_those_of_the_encodings() -> None:
    made = fuzz.made_seeds()
    assert {name: SEEDS.get(name) for name in made} == made, "python -m tools.fuzz --seeds"
    assert all(len(data) <= fuzz.LARGEST for data in SEEDS.values())


def test_a_seed_is_a_document_with_a_box() -> None:
    read = {
        name: readers.read(Source.of(fuzz.packed(fuzz.parts_of(data)), "x")) for name, data in SEEDS.items() if "ticked" in name
    }
    assert len(read) > 20
    assert all(document.marks for document in read.values())
