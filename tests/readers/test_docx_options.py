"""Option buttons of a Word document of which several are on."""

from __future__ import annotations

import pytest
from formfill import readers
from formfill.source import Source
from tests.readers.encodings_docx_activex import CHECK_BOX, OPTION, WEB_OPTION, two
from tests.readers.packages import package

ON, OFF = {"Value": "1"}, {"Value": "0"}
A, B = {"GroupName": "Modalite"}, {"GroupName": "epreuve"}
WEB = {"Checked": "-1", "HTMLName": "m"}


@pytest.mark.parametrize(
    ("built", "states"),
    [
        (two(OPTION, ON, ON, OFF), ["uncertain", "uncertain", "blank"]),
        (two(OPTION, ON | A, ON | {"GroupName": "MODALITE"}), ["uncertain", "uncertain"]),
        (two(OPTION, ON | A, OFF | A, morph=True), ["ticked", "blank"]),
        (two(OPTION, ON | A, ON | A, morph=True), ["uncertain", "uncertain"]),
        (two(OPTION, ON | A, ON | B, morph=True), ["ticked", "ticked"]),
        (two(OPTION, ON | A, ON | B), ["ticked", "ticked"]),
        (two(OPTION, ON, OFF), ["ticked", "blank"]),
        (two(CHECK_BOX, ON, ON), ["ticked", "ticked"]),
        (two(WEB_OPTION, WEB, WEB), ["uncertain", "uncertain"]),
        (two(WEB_OPTION, WEB, WEB | {"HTMLName": "n"}), ["ticked", "ticked"]),
        (two(WEB_OPTION, {"Checked": "-1"}, {"Checked": "-1"}), ["ticked", "ticked"]),
    ],
)
def test_one_option_of_a_group_is_on(built: tuple[str, dict[str, str | bytes]], states: list[str]) -> None:
    document = readers.read(Source.of(package(*built), "essai.docx"))
    assert [(mark.label, mark.state.value) for mark in document.marks] == [
        (f"Choix {number}", state) for number, state in enumerate(states, 1)
    ]
    told = [finding for finding in document.findings if finding.code == "uncertain-mark"]
    assert len(told) == ("uncertain" in states)
    assert all("« Choix 1 », « Choix 2 »" in finding.message and finding.place.path == "paragraph[1]" for finding in told)
