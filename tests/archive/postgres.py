"""A real PostgreSQL server of our own, on a free port, in a folder of its own, run by an unprivileged user."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "nobody"
"""PostgreSQL refuses to be run by root."""


@cache
def programs() -> Path | None:
    """The folder of ``initdb`` and ``postgres``; Debian keeps them out of the PATH."""
    folders = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path(shutil.which("initdb") or "/-/-").parent]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def missing() -> str | None:
    """Why no server can be started here, None when one can."""
    if os.name == "nt":
        return "no PostgreSQL of ours is started on Windows"
    if programs() is None:
        return "the Debian package « postgresql » is not installed: « make packages » names it"
    return None


@contextmanager
def server() -> Iterator[str]:
    """A server; yields the URL of its first database."""
    folder = programs()
    assert folder is not None
    home = Path(tempfile.mkdtemp(prefix="formfill-postgresql-"))
    who: dict[str, object] = {"user": USER, "extra_groups": ()} if os.getuid() == 0 else {}
    if who:
        shutil.chown(home, USER)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = home / "data"
    environment = {**os.environ, "LC_ALL": "C", "HOME": str(home)}
    try:
        _run([folder / "initdb", "-D", data, "-U", "formfill", "-E", "UTF8", "--auth=trust", "--no-sync"], who, environment, home)
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off"
        _run([folder / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start"], who, environment, home)
        try:
            yield f"postgresql://formfill@127.0.0.1:{port}/postgres"
        finally:
            _run([folder / "pg_ctl", "-D", data, "-m", "immediate", "stop"], who, environment, home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str | Path], who: dict[str, object], environment: dict[str, str], home: Path) -> None:
    output = home / f"{Path(command[0]).name}.out"
    with output.open("ab") as stream:
        # the server inherits the output: a pipe would be waited for without end
        done = subprocess.run(
            list(map(str, command)),
            stdout=stream,
            stderr=stream,
            env=environment,
            cwd=home,
            check=False,
            **who,  # type: ignore[call-overload]
        )
    assert done.returncode == 0, output.read_text(errors="replace")
