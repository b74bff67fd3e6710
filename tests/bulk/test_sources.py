"""Where the files of a batch come from: folders, patterns, ZIP archives with hostile names, addresses, lists."""

from __future__ import annotations

import io
import os
import re
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from formfill.bulk import remote, sources, zipped
from formfill.bulk.place import FILE, MEMBER, URL, Place
from formfill.errors import SourceError
from formfill.source import MAX_BYTES
from hypothesis import given
from hypothesis import strategies as st

if TYPE_CHECKING:
    from pathlib import Path
CONTROL = re.compile(r"[\x00-\x1f\x7f/]")


def found(*given: str, out: Path | None = None) -> tuple[list[Place], list[str]]:
    ignored: list[str] = []
    return list(sources.places(given, out, ignored.append)), ignored


def labels(*given: str, out: Path | None = None) -> list[str]:
    return [place.label for place in found(*given, out=out)[0]]


def read(place: Place) -> tuple[str, bytes]:
    opener = sources.Opener()
    try:
        name, data, _mark = opener.read(place.kind, place.place, place.member)
    finally:
        opener.close()
    return name, data


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a.docx", "b/c.pdf", "b/d.txt", "b/notes.md", "out/old.docx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_folders_files_and_patterns(tree: Path) -> None:
    places, ignored = found(str(tree), out=tree / "out")
    assert [place.label for place in places] == ["a.docx", "b/c.pdf", "b/d.txt"]
    assert ignored == [str(tree / "b" / "notes.md")]
    assert labels(str(tree / "a.docx")) == ["a.docx"]
    assert sorted(labels(f"{tree}/b/*.*")) == ["c.pdf", "d.txt", "notes.md"]
    assert sorted(labels(f"{tree}/**/*.docx")) == ["a.docx", "old.docx"]
    assert read(found(f"{tree}/b/c.p?f")[0][0]) == ("c.pdf", b"b/c.pdf")
    assert labels(tree.as_uri() + "/b") == ["c.pdf", "d.txt"]


def test_a_pattern_that_finds_nothing_is_a_refusal(tree: Path) -> None:
    [place] = found(f"{tree}/*.odt")[0]
    assert place.trouble is not None
    assert (place.trouble.code, place.trouble.unreached) == ("unreadable-source", True)


def test_a_file_named_as_a_pattern_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a[1].docx").write_bytes(b"one")
    (tmp_path / "a1.docx").write_bytes(b"other")
    assert read(found(str(tmp_path / "a[1].docx"))[0][0]) == ("a[1].docx", b"one")


def test_a_name_that_is_not_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xe9.txt")
    try:
        (tmp_path / name).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system has only names that are text")
    [place] = found(str(tmp_path))[0]
    assert place.kind == FILE
    assert place.label == "\\xff\\xe9.txt"
    assert read(place)[1] == b"x"


def archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_an_archive_is_read_where_it_is(tmp_path: Path) -> None:
    members = {"classe/a.docx": b"a", "classe/b.pdf": b"b", "__MACOSX/._a.docx": b"no", "classe/~$a.docx": b"no", "vide/": b""}
    path = archive(tmp_path / "tout.zip", members)
    places, _ignored = found(str(path))
    assert [(place.kind, place.label) for place in places] == [
        (MEMBER, "tout.zip/classe/a.docx"),
        (MEMBER, "tout.zip/classe/b.pdf"),
    ]
    assert [read(place) for place in places] == [("a.docx", b"a"), ("b.pdf", b"b")]
    assert labels(str(tmp_path)) == ["tout.zip/classe/a.docx", "tout.zip/classe/b.pdf"]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/etc/passwd", "etc/passwd"),
        ("C:\\Windows\\a.docx", "C_/Windows/a.docx"),
        ("..\\..\\a.docx", "a.docx"),
        ("a/./b//c.docx", "a/b/c.docx"),
        ("a\x00b\n.docx", "a\\x00b\\n.docx"),
        ("nom. ", "nom"),
        ("..", "_"),
        ("", "_"),
    ],
)
def test_names_that_lead_elsewhere(name: str, safe: str) -> None:
    # on Windows a backslash would part folders: what is escaped has none there
    assert zipped.safe(name).replace("\\", "") == safe.replace("\\", "")


@given(st.text())
def test_any_name_leads_under_the_folder(name: str) -> None:
    parts = zipped.safe(name).split("/")
    assert all(part not in ("", ".", "..") and len(part.encode()) <= 140 and not CONTROL.search(part) for part in parts)


def test_members_that_would_fill_the_memory_or_lie(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bombe.zip", {"a.docx": bytes(MAX_BYTES + 1)})
    [place] = found(str(bomb))[0]
    with pytest.raises(SourceError) as caught:
        read(place)
    assert caught.value.code == "source-too-large"
    # the directory says that it is small
    raw = bytearray(bomb.read_bytes())
    at = raw.rfind(b"PK\x01\x02")
    raw[at + 24 : at + 28] = struct.pack("<L", 10)
    (tmp_path / "menteur.zip").write_bytes(raw)
    [place] = found(str(tmp_path / "menteur.zip"))[0]
    with pytest.raises(SourceError):
        read(place)


def test_archives_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    codes: dict[str, Any] = {}
    (tmp_path / "faux.zip").write_bytes(b"PK\x03\x04 rien")
    archive(tmp_path / "lzma.zip", {"a.docx": b"a"}, zipfile.ZIP_LZMA)
    good = archive(tmp_path / "trop.zip", {f"{number}.docx": b"a" for number in range(5)})
    secret = bytearray(good.read_bytes())
    for at in (secret.find(b"PK\x03\x04") + 6, secret.find(b"PK\x01\x02") + 8):
        secret[at] |= 1
    (tmp_path / "secret.zip").write_bytes(secret)
    for name in ("faux.zip", "lzma.zip", "secret.zip"):
        place = found(str(tmp_path / name))[0][0]
        with pytest.raises(SourceError) as caught:
            read(place)
        codes[name] = (caught.value.code, place.trouble.code if place.trouble else None)
    assert codes == {
        "faux.zip": ("unreadable-source", "unreadable-source"),
        "lzma.zip": ("unreadable-source", None),
        "secret.zip": ("encrypted-source", None),
    }
    for name, most in (("MEMBERS", 4), ("DIRECTORY", 100)):
        with monkeypatch.context() as patch:
            patch.setattr(zipped, name, most)
            [place] = found(str(good))[0]
            assert place.trouble is not None
            assert place.trouble.code == "source-too-large"


def test_lists_of_names() -> None:
    def names(data: bytes) -> list[str]:
        return list(sources.names(io.BytesIO(data)))

    assert names(b"a.docx\r\nb c.docx\n\n  \nd") == ["a.docx", "b c.docx", "d"]
    assert names(b"a\nb.docx\0c.docx\0") == ["a\nb.docx", "c.docx"]
    assert names(b"") == []
    many = [f"{number}/{'x' * 90}.docx" for number in range(3000)]
    assert names("\n".join(many).encode()) == many
    assert len(names(b"z" * (1 << 20))) == 1


def test_addresses() -> None:
    for text, url in (
        ("s3://seau/a", True),
        ("webdav+https://x/y", True),
        ("memory://a", True),
        ("file:///a", False),
        ("C:\\a", False),
        ("a/b", False),
    ):
        assert remote.is_url(text) is url, text


def test_a_place_in_memory() -> None:
    import fsspec

    files = fsspec.filesystem("memory")
    files.pipe({"/depot/a.docx": b"a", "/depot/b/c.pdf": b"c", "/depot/b/lisez-moi": b"x", "/depot/.cache.txt": b"x"})
    try:
        places, ignored = found("memory://depot")
        assert [(place.kind, place.label) for place in places] == [(URL, "a.docx"), (URL, "b/c.pdf")]
        assert [read(place) for place in places] == [("a.docx", b"a"), ("c.pdf", b"c")]
        assert len(ignored) == 1
        assert labels("memory://depot/b/*.pdf") == ["c.pdf"]
        assert labels("memory://depot/a.docx") == ["a.docx"]
        [place] = found("memory://ailleurs")[0]
        assert place.trouble is not None
    finally:
        files.rm("/depot", recursive=True)


@pytest.mark.parametrize("url", ["nulle-part://x/y", "webdav+http://127.0.0.1:1/x"])
def test_an_address_that_does_not_answer(url: str) -> None:
    [place] = found(url)[0]
    assert place.trouble is not None
    assert (place.trouble.code, place.trouble.unreached) == ("unreadable-source", True)
