"""A batch in a process of its own, to be killed: ``python -m tests.bulk.victim SRC OUT [ARCHIVE] [--resume]``."""

from __future__ import annotations

import sys
from pathlib import Path

from formfill.bulk.job import Job
from formfill.bulk.options import Options
from formfill.bulk.sources import places
from tests.bulk import poison


def main(arguments: list[str]) -> int:
    """Runs it; returns the exit code."""
    src, out, *rest = [one for one in arguments if one != "--resume"]
    options = Options(jobs=2, seconds=60.0, megabytes=256, outputs=("docx",), archive=rest[0] if rest else None)
    with Job(out, options, resume="--resume" in arguments, work=poison.work) as job:
        return job.run(places([src], Path(out), lambda _name: None))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
