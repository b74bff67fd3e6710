"""A run over many files: one outcome each, nothing half-written, resumed by content."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from formfill import pipeline
from formfill.batch import Run, listing
from formfill.errors import ExitCode, UnwritableOutputError
from formfill.files import write_atomically
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

    def counted(source, outputs=()):  # type: ignore[no-untyped-def]
        done.append(source.name)
        return process(source, outputs)

    monkeypatch.setattr(pipeline, "process", counted)
    assert run(inbox, tmp_path / "out") == first
    assert done == []
    (inbox / "classe 2" / "grille.txt").write_text(as_text(official()) + "\n", "utf-8")
    (tmp_path / "out" / "classe 1" / "grille.txt" / "form.pdf").unlink()
    run(inbox, tmp_path / "out")
    assert sorted(done) == ["grille.txt", "grille.txt"]


def test_a_fault_of_ours_costs_one_file(inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = pipeline.process

    def faulty(source, outputs=()):  # type: ignore[no-untyped-def]
        if b"Bonjour" in source.data:
            raise ZeroDivisionError
        return process(source, outputs)

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
