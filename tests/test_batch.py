"""A run over many files: one outcome each, nothing half-written, resumed by content."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from formfill import pipeline
from formfill.batch import Run, listing
from formfill.errors import ExitCode, UnwritableOutputError
from formfill.files import STALE, sweep, write_atomically
from formfill.results import worst
from tests.grids import as_text, official

if TYPE_CHECKING:
    from formfill.model.outcome import Outcome

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "reçus"
    (folder / "classe 1").mkdir(parents=True)
    (folder / "classe 2").mkdir()
    rows = official()
    rows["B1.1"].box = ["☒"]
    (folder / "classe 1" / "grille.txt").write_text(as_text(rows), "utf-8")
    (folder / "classe 2" / "grille.txt").write_text(as_text(official()), "utf-8")
    (folder / "vide.docx").write_bytes(b"")
    (folder / "tronqué.docx").write_bytes(b"PK\x03\x04 et puis rien")
    (folder / "autre.txt").write_text("Bonjour, ceci n’est pas un formulaire.\n", "utf-8")
    (folder / "notes.md").write_text("# à faire\n", "utf-8")
    (folder / "~$grille.docx").write_bytes(b"verrou")
    return folder


def run(folder: Path, out: Path) -> list[Outcome]:
    return list(Run(out).outcomes(listing([folder], out).items))


def test_every_file_has_its_outcome(inbox: Path, tmp_path: Path) -> None:
    outcomes = {outcome.name: outcome for outcome in run(inbox, tmp_path / "out")}
    assert {name: (o.exit_code, o.code) for name, o in outcomes.items()} == {
        "classe 1/grille.txt": (ExitCode.DONE, None),
        "classe 2/grille.txt": (ExitCode.DONE, None),
        "vide.docx": (ExitCode.SOURCE, "unreadable-source"),
        "tronqué.docx": (ExitCode.SOURCE, "unreadable-source"),
        "autre.txt": (ExitCode.RECOGNITION, None),
    }
    assert worst(o.exit_code for o in outcomes.values()) == ExitCode.RECOGNITION
    for name in ("record.json", "form.docx", "form.pdf"):
        assert (tmp_path / "out" / "classe 1" / "grille.txt" / name).stat().st_size > 1000
    assert not list((tmp_path / "out").rglob("*.tmp"))


def test_what_is_no_document_is_named_not_dropped(inbox: Path) -> None:
    found = listing([inbox])
    assert [Path(name).name for name in found.ignored] == ["notes.md"]


def test_the_output_folder_is_never_an_input(inbox: Path) -> None:
    out = inbox / "out"
    first = run(inbox, out)
    assert [o.name for o in run(inbox, out)] == [o.name for o in first]


def test_two_files_of_one_name_keep_two_folders(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "grille.txt").write_text(as_text(official()), "utf-8")
    items = listing([tmp_path / "a" / "grille.txt", tmp_path / "b" / "grille.txt"]).items
    assert [item.name for item in items] == ["grille.txt", "grille.txt (2)"]


def test_a_run_resumes_by_content(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = run(inbox, tmp_path / "out")
    done: list[str] = []
    process = pipeline.process

    def counted(source, outputs=(), see=None):  # type: ignore[no-untyped-def]
        done.append(source.name)
        return process(source, outputs, see)

    monkeypatch.setattr(pipeline, "process", counted)
    assert run(inbox, tmp_path / "out") == first
    assert done == []
    (inbox / "classe 2" / "grille.txt").write_text(as_text(official()) + "\n", "utf-8")
    (tmp_path / "out" / "classe 1" / "grille.txt" / "form.pdf").unlink()
    run(inbox, tmp_path / "out")
    assert sorted(done) == ["grille.txt", "grille.txt"]


def test_a_fault_of_ours_costs_one_file(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = pipeline.process

    def faulty(source, outputs=(), see=None):  # type: ignore[no-untyped-def]
        if b"Bonjour" in source.data:
            raise ZeroDivisionError
        return process(source, outputs, see)

    monkeypatch.setattr(pipeline, "process", faulty)
    outcomes = {o.name: o for o in run(inbox, tmp_path / "out")}
    assert outcomes["autre.txt"].exit_code == ExitCode.SOURCE
    assert "ZeroDivisionError" in (outcomes["autre.txt"].message or "")
    assert outcomes["classe 1/grille.txt"].exit_code == ExitCode.DONE


def test_an_output_that_is_a_file_is_said(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("je suis un fichier")
    with pytest.raises(UnwritableOutputError, match="impossible d’écrire"):
        run(inbox, tmp_path / "out")


@pytest.mark.skipif(ROOT, reason="the administrator may write and read everywhere")
def test_a_forbidden_output_is_said(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o500)
    with pytest.raises(UnwritableOutputError):
        run(inbox, out)


def test_an_output_that_cannot_be_written_is_that_files_own(inbox: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "classe 1").write_text("je suis un fichier")
    outcomes = {o.name: o for o in run(inbox, out)}
    assert outcomes["classe 1/grille.txt"].exit_code == ExitCode.RENDER
    assert outcomes["classe 2/grille.txt"].exit_code == ExitCode.DONE


def test_a_write_that_fails_leaves_the_old_file_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "form.pdf"
    write_atomically(target, b"avant")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(target, b"apres")
    assert target.read_bytes() == b"avant"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_cannot_be_opened_is_refused(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def forbidden(path):  # type: ignore[no-untyped-def]
        if Path(path).name == "classe 1":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    outcomes = {o.name: o for o in run(inbox, tmp_path / "out")}
    assert outcomes["classe 1"].exit_code == ExitCode.SOURCE
    assert "l’accès est interdit" in (outcomes["classe 1"].message or "")
    assert outcomes["classe 2/grille.txt"].exit_code == ExitCode.DONE


def test_links_to_folders_are_followed_once(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "ailleurs").mkdir()
    (tmp_path / "ailleurs" / "g.txt").write_text(as_text(official()), "utf-8")
    (inbox / "classe 1" / "boucle").symlink_to(inbox)
    (inbox / "classe 1" / "dessus").symlink_to(tmp_path)
    (inbox / "a").symlink_to(tmp_path / "ailleurs")
    (inbox / "b").symlink_to(tmp_path / "ailleurs")
    found = listing([inbox], tmp_path / "out")
    assert [item.name for item in found.items if item.name.endswith("g.txt")] == ["a/g.txt"]
    assert len(found.items) == 6
    assert str(inbox / "classe 1" / "dessus") in found.ignored


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_a_pipe_in_a_folder_is_not_waited_for(inbox: Path) -> None:
    os.mkfifo(inbox / "tube.txt")
    assert str(inbox / "tube.txt") in listing([inbox]).ignored


def test_a_file_named_like_our_outputs_has_another_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("report.xlsx", "index.html", "Records.jsonl"):
        (tmp_path / "in" / name).write_text(as_text(official()), "utf-8")
    items = listing(sorted((tmp_path / "in").iterdir())).items
    assert [item.name for item in items] == ["Records.jsonl", "index.html", "report.xlsx"]
    assert [item.folder for item in items] == [f"{item.name} (formulaire)" for item in items]
    for outcome in Run(tmp_path / "out").outcomes(items):
        assert all((tmp_path / "out" / file).is_file() for file in outcome.files)


def test_what_a_source_no_longer_gives_is_taken_away(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    for name in ("inconnu.txt", "vide.txt"):
        (folder / name).write_text(as_text(official()), "utf-8")
    run(folder, out)
    for name in ("inconnu.txt", "vide.txt"):
        (out / name / "notes.txt").write_text("à moi")
    (folder / "inconnu.txt").write_text("Bonjour.\n")
    (folder / "vide.txt").write_bytes(b"")
    run(folder, out)
    assert sorted(path.name for path in (out / "inconnu.txt").iterdir()) == ["notes.txt", "record.json"]
    assert [path.name for path in (out / "vide.txt").iterdir()] == ["notes.txt"]
    (folder / "vide.txt").write_text(as_text(official()), "utf-8")
    run(folder, out)
    assert (out / "vide.txt" / "form.pdf").is_file()


def test_a_run_that_is_killed_resumes(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from formfill import batch

    monkeypatch.setattr(batch, "SAVED_EVERY", 0)
    items = listing([inbox]).items
    killed = Run(tmp_path / "out").outcomes(items)
    first = next(killed)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "process", None)
        assert next(Run(tmp_path / "out").outcomes(items)) == first


@pytest.mark.parametrize("name", ["record.json", "form.docx", "form.pdf"])
def test_a_result_that_somebody_edited_is_done_again(tmp_path: Path, name: str) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "grille.txt").write_text(as_text(official()), "utf-8")
    [first] = run(folder, out)
    result = out / "grille.txt" / name
    before = result.read_bytes()
    edited = before.replace(b'"blank"', b'"ticked"', 1) if name == "record.json" else before + b"\n"
    assert edited != before
    result.write_bytes(edited)
    assert run(folder, out) == [first]
    assert result.read_bytes() == before


@pytest.mark.parametrize(
    "state", [b"", b"[]", b'{"done": []}', b'{"done": {"grille.txt": "0"}}', b'{"done": {"grille.txt": [1, 2, 3, {}]}}']
)
def test_a_damaged_journal_costs_a_second_reading(tmp_path: Path, state: bytes) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "grille.txt").write_text(as_text(official()), "utf-8")
    first = run(folder, out)
    (out / ".formfill" / "done.json").write_bytes(state)
    assert run(folder, out) == first


# -------------------------------------------------------------------------------------------------------------- passing refusals


@pytest.fixture
def done(tmp_path: Path) -> tuple[Path, Path]:
    """A folder of one grid, done, and its results."""
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "grille.txt").write_text(as_text(official()), "utf-8")
    run(folder, out)
    return folder, out


def written(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("form.*")}


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error"), FileNotFoundError(2, "No")]
)
def test_a_file_that_cannot_be_reached_keeps_its_results(
    done: tuple[Path, Path], error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, out = done
    before = written(out)
    read_bytes = Path.read_bytes

    def unreachable(self: Path) -> bytes:
        if self == folder / "grille.txt":
            raise error
        return read_bytes(self)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", unreachable)
        [outcome] = run(folder, out)
    assert (outcome.exit_code, outcome.code, outcome.record) == (ExitCode.SOURCE, "unreadable-source", None)
    assert "Les résultats d’une exécution précédente sont gardés." in (outcome.message or "")
    assert outcome.files == ("grille.txt/form.docx", "grille.txt/form.pdf", "grille.txt/record.json")
    assert written(out) == before
    # when it comes back it is not done again
    monkeypatch.setattr(pipeline, "process", None)
    [outcome] = run(folder, out)
    assert outcome.exit_code == ExitCode.DONE


def test_a_folder_that_is_gone_keeps_its_results(done: tuple[Path, Path]) -> None:
    folder, out = done
    before = written(out)
    folder.rename(folder.with_name("ailleurs"))
    [outcome] = run(folder, out)
    assert outcome.exit_code == ExitCode.SOURCE
    assert "(1 fichier de ce dossier) sont gardés" in (outcome.message or "")
    assert outcome.files == ()
    assert written(out) == before


def test_results_of_another_file_are_not_shown_as_its_own(done: tuple[Path, Path], tmp_path: Path) -> None:
    _folder, out = done
    [outcome] = Run(out).outcomes(listing([tmp_path / "absent" / "grille.txt"], out).items)
    assert outcome.files == ()
    assert "gardés" not in (outcome.message or "")


def test_edited_results_are_not_shown_as_ours(done: tuple[Path, Path]) -> None:
    folder, out = done
    (out / "grille.txt" / "form.pdf").write_bytes(b"autre")
    [outcome] = Run(out).outcomes(listing([folder / "grille.txt"], out).items)
    (folder / "grille.txt").unlink()
    (out / "grille.txt" / "form.pdf").write_bytes(b"autre")
    [outcome] = Run(out).outcomes(listing([folder / "grille.txt"], out).items)
    assert outcome.files == ()
    assert (out / "grille.txt" / "form.pdf").read_bytes() == b"autre"


def test_what_was_read_and_refused_loses_its_results(done: tuple[Path, Path]) -> None:
    folder, out = done
    (folder / "grille.txt").write_bytes(b"\x00\x01")
    [outcome] = run(folder, out)
    assert (outcome.code, outcome.files) == ("unsupported-format", ())
    assert written(out) == {}


# ------------------------------------------------------------------------------------------------------------------- killed runs

STALLED = """
import sys, time
from pathlib import Path
replace = Path.replace
def stall(self, target):
    if target.name == "form.pdf":
        print("ready", flush=True)
        time.sleep(600)
    return replace(self, target)
Path.replace = stall
from formfill.cli import run_command_line
run_command_line(["run", sys.argv[1], "--out", sys.argv[2], "--quiet"])
"""


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL there")
def test_a_killed_run_leaves_nothing_that_the_next_does_not_take_away(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    (folder / "grille.txt").write_text(as_text(official()), "utf-8")
    with subprocess.Popen([sys.executable, "-c", STALLED, str(folder), str(out)], stdout=subprocess.PIPE) as child:
        try:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            [temporary] = out.rglob("*.tmp")
            sweep(temporary.parent)
            assert temporary.exists(), "the file of a run that lives was taken away"
        finally:
            child.kill()
    assert child.returncode == -9
    assert temporary.exists()
    assert not (temporary.parent / "record.json").exists()
    assert not (temporary.parent / "form.pdf").exists()
    [outcome] = run(folder, out)
    assert outcome.exit_code == ExitCode.DONE
    assert sorted(path.name for path in temporary.parent.iterdir()) == ["form.docx", "form.pdf", "record.json"]
    assert list(out.rglob("*.tmp")) == []


def test_only_our_old_temporary_files_are_swept(tmp_path: Path) -> None:
    ours, recent, link = (tmp_path / f".formfill-{name}.tmp" for name in ("abc12_x0", "00000000-1-abcdefgh", "lien"))
    theirs = [tmp_path / name for name in (".formfill-A.tmp", "formfill-abc.tmp", ".formfill-abc.tmp.docx", "autre.tmp")]
    (tmp_path / ".formfill-dossier.tmp").mkdir()
    for path in (ours, recent, *theirs):
        path.write_text("x")
    link.symlink_to(theirs[0])
    for path in (ours, *theirs):
        os.utime(path, (time.time() - 2 * STALE,) * 2)
    sweep(tmp_path)
    sweep(tmp_path / "absent")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        path.name for path in (recent, link, *theirs, tmp_path / ".formfill-dossier.tmp")
    )
