"""A record is carried over to the form of another year: whatever it says has its place there, and comes back the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import formfill
import pytest
from formfill import catalogue, pipeline
from formfill.writers import can_write
from tests.test_law import told
from tests.writers.test_forms import filled, name_of

if TYPE_CHECKING:
    from formfill.model.form import Form

OF_2025: Final = "8-1"
"""The edition of the tableau of the session that the records name."""
PAIRS: Final = [
    (form, old.id, new.id, to)
    for form in catalogue.forms()
    if form.layout is not None
    for old in form.editions
    for new in form.editions
    if old is not new
    for to in ("docx", "xlsx", "pdf")
    if can_write(to, form)
]


def test_editions_of_other_years_are_among_them() -> None:
    carried = {(form.id, old, new) for form, old, new, _to in PAIRS}
    assert {("bts-sio-fiche-sisr", "7-1", "VII-1"), ("bts-sio-tableau-synthese", "8-1", "VI")} <= carried


@pytest.mark.parametrize(("form", "old", "new", "to"), PAIRS, ids=name_of)
def test_a_record_is_carried_over_to_another_year(form: Form, old: str, new: str, to: str) -> None:
    record = filled(form, old)
    rendition = pipeline.render(record, to, edition=new)
    # no edition lacks a field: all that may be told is that the session is another
    assert {finding.code for finding in rendition.findings} <= {"edition-session"}
    back = formfill.read(rendition.data, name=f"form.{to}")
    assert back.form is not None
    # the tableau prints no number of annexe: its session tells the edition, and that they disagree was told
    by_session = form.id == "bts-sio-tableau-synthese" and "edition-session" in {finding.code for finding in rendition.findings}
    assert (back.form.id, back.form.edition) == (form.id, OF_2025 if by_session else new)
    assert told(back) == told(record)
