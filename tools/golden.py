"""Rewrites every ``expected.json`` from what the program says: ``make golden``, then a person reads the diff.

    FORMFILL_GOLDEN=1 python -m tools.golden [CASE…]

A reason stands beside each difference between formats: those already written are kept, new ones are for the person to write.
"""

from __future__ import annotations

import os
import sys
from itertools import groupby
from pathlib import Path

from tests.samples import ROOT, dumped, merged, record, said, samples, stored

SWITCH = "FORMFILL_GOLDEN"
"""Environment variable without which nothing is written."""


def main(names: list[str]) -> None:
    """Rewrites the expectations of the cases named, or of all."""
    if os.environ.get(SWITCH) != "1":
        raise SystemExit(f"{SWITCH}=1 is needed: this rewrites what the tests expect")
    for folder, group in groupby(samples(), key=lambda sample: sample.path.parent):
        if names and folder.name not in names:
            continue
        reasons: dict[str, str] = {}
        if (folder / "expected.json").exists():
            reasons = {name: forced["reason"] for name, forced in stored(folder).get("formats", {}).items()}
        whole = merged({sample.format: said(record(sample)) for sample in group}, reasons)
        (folder / "expected.json").write_text(dumped(whole), encoding="utf-8")
        unexplained = [name for name, forced in whole.get("formats", {}).items() if not forced["reason"]]
        print(folder.relative_to(Path(ROOT)), f"differs without a reason: {', '.join(unexplained)}" if unexplained else "")


if __name__ == "__main__":
    main(sys.argv[1:])
