"""``formfill`` and ``python -m formfill``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Runs the command line and ends the process with its code.

    A command lives for a tenth of a second: collecting garbage while it starts, and taking the interpreter apart once
    everything is written and flushed, would cost a quarter of that.
    """
    gc.set_threshold(50_000, 20, 50)
    from formfill.cli import run_command_line

    code = run_command_line(sys.argv[1:])
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        # whoever read our output has gone
        pass
    except OSError as error:
        from formfill.cli import unwritten

        code = unwritten(error)
    os._exit(code)


if __name__ == "__main__":
    main()
