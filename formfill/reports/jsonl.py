"""The records of a run as JSON Lines: one object per line, for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from formfill.model.codec import dumps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formfill.model.outcome import Outcome


def records_jsonl(outcomes: Sequence[Outcome]) -> bytes:
    r"""One record per line in the order of the outcomes, UTF-8, each line ended by ``\n``; refused files have none."""
    return "".join(dumps(outcome.record) + "\n" for outcome in outcomes if outcome.record is not None).encode()
