"""JSON in and out is identity, and a wrong text is refused with every mistake and its path."""

from __future__ import annotations

import json

import pytest
from formfill.errors import UnreadableSourceError
from formfill.model import codec
from tests.grids import official, read


def test_there_and_back() -> None:
    rows = official()
    rows["B1.1"].box = ["☐", "☒"]
    rows["B1.2"].indicators.append("« œuvre »\t\u00a0\U0001f680 \x07")
    record = read(rows)
    assert codec.loads(codec.dumps(record)) == record
    assert codec.loads(codec.dumps(record, indent=1)) == record
    assert "\n" not in codec.dumps(record)


def test_the_keys_of_the_contract() -> None:
    data = json.loads(codec.dumps(read(official())))
    assert list(data) == ["schema", "source", "form", "answers", "boxes", "comments", "findings"]
    assert list(data["source"]) == ["name", "sha256", "format", "bytes", "pages", "part"]
    assert list(data["boxes"][0]) == ["field", "option", "label", "row", "row_label", "state", "place", "evidence"]
    assert list(data["boxes"][0]["place"]) == ["page", "box", "path"]
    assert data["answers"]["competences"]["state"] == "empty"
    assert data["answers"]["competences"]["value"] is None


def test_every_mistake_is_said_with_its_path() -> None:
    data = json.loads(codec.dumps(read(official())))
    data["boxes"][2]["state"] = "maybe"
    data["source"]["bytes"] = "many"
    with pytest.raises(UnreadableSourceError) as caught:
        codec.loads(json.dumps(data), name="r.json")
    assert "boxes.2.state" in str(caught.value)
    assert "source.bytes" in str(caught.value)
    assert caught.value.where == "r.json"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"schema": "autre/1"}', '"\\ud800"', "[" * 100_000])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSourceError):
        codec.loads(text)
