"""PDFs are read in a child: what crashes, hangs or eats memory there is refused in one line, and costs that file alone."""

from __future__ import annotations

import io
import json
import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import formfill
import pytest
from formfill import readers, supervise
from formfill.cli import run_command_line
from formfill.errors import EncryptedSourceError, ExitCode, SourceError, SourceTooLargeError, UnreadableSourceError
from formfill.language import set_language
from formfill.source import Source
from formfill.supervise import Limits, Supervisor, _wire
from tests.grids import as_text, official
from tests.readers import hostile
from tests.samples import samples

if TYPE_CHECKING:
    from collections.abc import Iterator

PDFS = [sample.path for sample in samples() if sample.format == "pdf"]
SMALL = Limits(seconds=20, double_seconds=20, megabytes=300)
POSIX = pytest.mark.skipif(sys.platform != "linux", reason="limits and signals as Linux has them")


@pytest.fixture
def see() -> Iterator[Supervisor]:
    with Supervisor(limits=SMALL) as supervisor:
        yield supervisor


def source(data: bytes, name: str = "x.pdf") -> Source:
    return Source.of(data, name)


def good() -> Source:
    return Source.load(PDFS[0])


def test_a_child_reads_every_sample_as_this_process_does(see: Supervisor) -> None:
    for path in PDFS:
        given = Source.load(path)
        assert see(given) == readers.read(given)
    with Supervisor(double=True) as twice:
        assert twice(good()) == readers.read(good(), double=True)
        assert twice.draw(good(), twice(good()))[:4] == b"\x89PNG"


def test_other_formats_need_no_child(see: Supervisor) -> None:
    assert see(source(as_text(official()).encode(), "x.txt")).grids
    assert see._child is None


@pytest.mark.parametrize("name", hostile.READ)
def test_a_strange_file_is_read(name: str, see: Supervisor) -> None:
    assert [block.text for block in see(source(hostile.READ[name])).text] == ["Bonjour"]


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_a_file_without_pages_is_refused(name: str, see: Supervisor) -> None:
    with pytest.raises(UnreadableSourceError, match=r"^x\.pdf : le PDF|^x\.pdf : la page"):
        see(source(hostile.REFUSED[name]))


@pytest.mark.parametrize("name", hostile.EITHER)
def test_a_heavy_file_is_read_or_refused(name: str, see: Supervisor) -> None:
    try:
        seen: object = see(source(hostile.EITHER[name])).pages
    except SourceError as error:
        seen = str(error).startswith("x.pdf : ")
    assert seen


@POSIX
def test_what_eats_memory_is_refused_and_the_next_file_is_read(see: Supervisor) -> None:
    for data in (hostile.bomb(40), hostile.nested_forms()):
        with pytest.raises(SourceError, match=r"mémoire"):
            see(source(data))
        assert see(good()).grids


@POSIX
def test_what_hangs_is_refused_and_the_next_file_is_read() -> None:
    with Supervisor(limits=SMALL._replace(seconds=3)) as see:
        assert see(good()).grids
        assert see._child is not None
        # a child that does nothing more, as one in an endless loop
        see._child.send_signal(signal.SIGSTOP)
        see.limits = SMALL._replace(seconds=0.3)
        with pytest.raises(SourceTooLargeError, match=r"0\.3 secondes"):
            see(good())
        see.limits = SMALL
        assert see(good()).grids


@POSIX
def test_a_child_that_died_since_is_replaced(see: Supervisor) -> None:
    assert see(good()).grids
    assert see._child is not None
    see._child.kill()
    assert see(good()).grids


@POSIX
def test_a_crash_of_a_fresh_child_is_named(see: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervise, "_BOOT", "import os; os.kill(os.getpid(), 11)")
    with pytest.raises(UnreadableSourceError, match="SIGSEGV"):
        see(good())


def test_a_fault_of_ours_in_the_child_is_one_here(see: Supervisor) -> None:
    with pytest.raises(supervise.FaultError, match="Traceback") as caught:
        see._asked(good(), "no such verb", (), 20)
    assert type(caught.value).__name__ == "KeyError"
    assert see(good()).grids


def test_a_child_speaks_the_language_in_use(see: Supervisor) -> None:
    try:
        set_language("en")
        with pytest.raises(UnreadableSourceError, match="page 1 is damaged"):
            see(source(hostile.REFUSED["a page tree in a loop"]))
    finally:
        set_language("fr")


def test_passwords(see: Supervisor) -> None:
    import pikepdf

    for user in ("secret", ""):
        out = io.BytesIO()
        with pikepdf.open(PDFS[0]) as opened:
            opened.save(out, encryption=pikepdf.Encryption(owner="propriétaire", user=user))
        if user:
            with pytest.raises(EncryptedSourceError):
                see(source(out.getvalue()))
        else:
            assert see(source(out.getvalue())) == readers.read(good())


@pytest.mark.parametrize(
    "answer",
    [
        os.system,
        (os.system, "x"),
        pickle.Unpickler,
        Path("x"),
        {"a": subprocess.Popen},
    ],
)
def test_an_answer_of_a_child_can_name_the_types_of_a_document_only(answer: object) -> None:
    stream = io.BytesIO()
    _wire.send(stream, answer)
    stream.seek(0)
    with pytest.raises(ValueError, match=r"os|posix|pickle|pathlib|subprocess"):
        _wire.receive(stream)


@pytest.mark.parametrize("name", ["MarkState.__init__", "dataclass", "TYPE_CHECKING", "Callable", "__builtins__"])
def test_an_answer_cannot_reach_through_our_modules(name: str) -> None:
    attack = b"cformfill.model.document\n" + name.encode() + b"\n."
    with pytest.raises(ValueError, match=r"formfill\.model|attribute"):
        _wire.receive(io.BytesIO(len(attack).to_bytes(8, "big") + attack))


def test_what_is_no_message_is_no_answer() -> None:
    for data in (b"", b"\0\0", (5).to_bytes(8, "big") + b"ab"):
        with pytest.raises(EOFError):
            _wire.receive(io.BytesIO(data))
    with pytest.raises(ValueError, match="underflow"):
        _wire.receive(io.BytesIO((3).to_bytes(8, "big") + b"abc"))
    with pytest.raises(ValueError, match="bytes"):
        _wire.receive(io.BytesIO(b"\xff" * 8 + b"abc"))


@POSIX
def test_a_child_ends_with_its_supervisor() -> None:
    program = (
        "import os, sys; from pathlib import Path; from formfill.source import Source; from formfill.supervise import Supervisor\n"
        "see = Supervisor(); see(Source.load(Path(sys.argv[1]))); print(see._child.pid, flush=True); os._exit(0)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(PDFS[0])], capture_output=True, check=True)
    pid = int(done.stdout)
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return
        signal.sigtimedwait([], 0.05)
    pytest.fail("the child lives on")


def test_from_python_a_reading_can_be_supervised() -> None:
    assert formfill.read(PDFS[0], supervised=True) == formfill.read(PDFS[0])
    assert formfill.inspect(PDFS[0], supervised=True) == formfill.inspect(PDFS[0])


# ------------------------------------------------------------------------------------------------------------- command line


@POSIX
@pytest.mark.parametrize("command", ["read", "check", "run", "inspect"])
def test_one_file_that_crashes_costs_itself_alone(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervise, "LIMITS", SMALL)
    bad = tmp_path / "piège.pdf"
    bad.write_bytes(hostile.nested_forms())
    files = [str(bad)] if command == "inspect" else [str(PDFS[0]), str(bad), str(PDFS[1])]
    options = {"run": ["--out", str(tmp_path / "out")], "check": ["--format", "json"], "read": ["--json"]}.get(command, [])
    assert run_command_line([command, *files, *options]) == ExitCode.SOURCE
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    if command == "check":
        found = json.loads(out)["files"]
        assert [entry["form"] is None for entry in found] == [False, True, False]
        assert found[1]["refused"]["code"] == "unreadable-source"
        return
    [line] = [line for line in err.splitlines() if "piège.pdf" in line]
    assert "mémoire" in line
    if command == "read":
        assert len(out.splitlines()) == 2
    if command == "run":
        assert len((tmp_path / "out" / "records.jsonl").read_text("utf-8").splitlines()) == 2
