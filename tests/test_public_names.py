"""What ``import formfill`` promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formfill
import pytest
from tests.grids import as_text, official

if TYPE_CHECKING:
    from pathlib import Path


def test_public_names() -> None:
    assert formfill.__all__ == [
        "Document",
        "ExitCode",
        "FormfillError",
        "Record",
        "__version__",
        "from_json",
        "inspect",
        "pictures",
        "read",
        "read_all",
        "render",
        "to_json",
    ]
    for name in formfill.__all__:
        assert getattr(formfill, name) is not None
    with pytest.raises(AttributeError):
        _ = formfill.nothing


def test_from_python(tmp_path: Path) -> None:
    text = as_text(official()).encode()
    path = tmp_path / "grille.txt"
    path.write_bytes(text)
    record = formfill.read(path)
    assert record == formfill.read(str(path)) == formfill.read(text, name="grille.txt")
    assert formfill.from_json(formfill.to_json(record)) == record
    assert len(formfill.inspect(text, name="x").marks) == 7
    assert formfill.render(record, to="pdf").startswith(b"%PDF-")
    for wrong in (lambda: formfill.read(b""), lambda: formfill.render(record, to="bmp"), lambda: formfill.read(tmp_path)):
        with pytest.raises(formfill.FormfillError):
            wrong()
