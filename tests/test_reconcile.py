"""What the page shows always counts; the attached record gives back what a page cannot hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill.model.codec import dumps
from formfill.model.completed import AnswerState, Comment
from formfill.model.document import Attachment, MarkState
from formfill.notes import note, parse
from formfill.reconcile import reconcile, shows
from tests.grids import codes, official, read, text_of

if TYPE_CHECKING:
    from formfill.model.record import Record


@pytest.fixture
def page() -> Record:
    rows = official()
    rows["B1.1"].indicators.append("deux espaces et un \ufffd")
    record = read(rows)
    return record._replace(source=record.source._replace(format="pdf"))


def attached(record: Record) -> list[Attachment]:
    return [Attachment("record.json", dumps(record).encode())]


def with_comment(record: Record, text: str) -> Record:
    answers = tuple(a._replace(value=text) if a.field == "commentaire.B1.1" else a for a in record.answers)
    return record._replace(answers=answers)


def test_what_agrees_is_completed(page: Record) -> None:
    original = with_comment(page, "deux  espaces\tet un \U0001f680")
    read_back = reconcile(page, attached(original))
    assert text_of(read_back, "commentaire.B1.1") == "deux  espaces\tet un \U0001f680"
    assert codes(read_back) == codes(page)


def test_another_text_is_not_taken(page: Record) -> None:
    read_back = reconcile(page, attached(with_comment(page, "tout autre chose")))
    assert text_of(read_back, "commentaire.B1.1") == text_of(page, "commentaire.B1.1")
    assert codes(read_back)[-1] == "attachment-differs"


def test_another_box_is_not_taken(page: Record) -> None:
    boxes = tuple(box._replace(state=MarkState.TICKED) if box.option == "B1.2" else box for box in page.boxes)
    read_back = reconcile(page, attached(page._replace(boxes=boxes)))
    assert read_back.boxes == page.boxes
    assert "B1.2" in read_back.findings[-1].message


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b'{"form": null}', b'{"form": {"id": 3}, "boxes": [1]}', b"\xff\xfe"])
def test_an_attached_record_that_reads_no_more_is_told_and_left(page: Record, data: bytes) -> None:
    told = reconcile(page, [Attachment("record.json", data)])
    assert told._replace(findings=told.findings[:-1]) == page
    assert codes(told)[-1] == "attachment-differs"
    assert reconcile(page, [Attachment("autre.json", data)]) == page
    assert reconcile(page, [Attachment("autre.json", dumps(page).encode())]) == page
    unknown = page._replace(form=None)
    assert reconcile(unknown, [Attachment("record.json", data)]) == unknown


def test_an_uncertain_answer_stays_uncertain(page: Record) -> None:
    seen = with_comment(page, "Vu.")
    unsure = tuple(a._replace(state=AnswerState.UNCERTAIN) if a.field == "commentaire.B1.1" else a for a in seen.answers)
    answer = reconcile(seen._replace(answers=unsure), attached(seen)).answer("commentaire.B1.1")
    assert answer is not None
    assert (answer.value, answer.state) == ("Vu.", AnswerState.UNCERTAIN)


def test_an_attached_record_of_another_form_is_told(page: Record) -> None:
    assert page.form is not None
    other = page._replace(form=page.form._replace(id="bts-sio-autre"))
    assert codes(reconcile(page, attached(other)))[-1] == "attachment-differs"
    assert codes(reconcile(page._replace(form=None), attached(page)))[-1] == "attachment-differs"


def test_whatever_is_changed_in_the_attached_record_is_told(page: Record) -> None:
    ticked = tuple(a._replace(value=("B1.2",)) if a.field == "competences" else a for a in page.answers)
    for changed in (
        page._replace(answers=ticked),
        page._replace(answers=(*page.answers, page.answers[1]._replace(field="commentaire.B9.9", value="ajouté"))),
        page._replace(boxes=page.boxes[1:]),
        page._replace(boxes=(*page.boxes, page.boxes[0]._replace(option="B9.9"))),
        page._replace(comments=(Comment("text", None, "ajouté", None),)),
    ):
        told = reconcile(page, attached(changed))
        assert codes(told)[-1] == "attachment-differs"
        assert told._replace(findings=page.findings) == page


def test_of_several_attached_records_the_one_that_agrees_is_the_pages(page: Record) -> None:
    other = with_comment(page, "tout autre chose")
    mine = with_comment(page, "deux  espaces\tet un \U0001f680")
    for inside in ((other, mine), (mine, other)):
        read_back = reconcile(page, [item for record in inside for item in attached(record)])
        assert text_of(read_back, "commentaire.B1.1") == "deux  espaces\tet un \U0001f680"
        assert codes(read_back) == codes(page)


def test_notes_that_the_page_shows_get_their_author_back(page: Record) -> None:
    written = Comment("word-comment", None, "Revoir\nla veille", "Mme Exemple")
    shown = parse(note(written))
    assert shown is not None
    added = Comment("text", None, "ajouté depuis", None)
    read_back = reconcile(page._replace(comments=(shown,)), attached(page._replace(comments=(written,))))
    assert read_back.comments == (written,)
    assert codes(read_back) == codes(page)
    # what was added since is told: somebody wrote on the page
    read_back = reconcile(page._replace(comments=(shown, added)), attached(page._replace(comments=(written,))))
    assert read_back.comments == (shown, added)
    assert codes(read_back)[-1] == "attachment-differs"
    unseen = reconcile(page._replace(comments=(added,)), attached(page._replace(comments=(written,))))
    assert unseen.comments == (added,)
    assert codes(unseen)[-1] == "attachment-differs"


@pytest.mark.parametrize(
    ("seen", "written", "to", "expected"),
    [
        ("a b c", "a  b\u00a0c", "pdf", True),
        ("12/20", "1 2/20", "pdf", False),
        ("12/20", "1 2/20", "docx", False),
        ("105 lignes", "10⁵ lignes", "docx", False),
        ("nonacquis", "non acquis", "pdf", False),
        ("ab\ufffd", "ab\U0001f680", "pdf", True),
        ("ab\ufffd", "ab\U0001f680", "docx", False),
        ("ab", "ab\x07", "docx", True),
        ("ab\ufffd", "ab\x07", "pdf", True),
        ("éa", "e\u0301a", "", True),
        ("ab", "abc", "pdf", False),
        ("abc", "abd", "", False),
        ("\ufffdbc", "bc", "pdf", False),
        ("םולש", "שלום", "", True),
    ],
)
def test_shows(seen: str, written: str, to: str, expected: bool) -> None:
    assert shows(seen, written, to) is expected


def test_an_attachment_never_turns_boxes_into_text(page: Record) -> None:
    ticked = page._replace(answers=(page.answers[0]._replace(value=("B1.1",)), *page.answers[1:]))
    forged = page._replace(answers=(page.answers[0]._replace(value="tout"), *page.answers[1:]))
    assert reconcile(ticked, attached(forged)).answers[0].value == ("B1.1",)


def test_an_attached_remark_of_no_known_kind_is_no_record(page: Record) -> None:
    told = reconcile(page, attached(page._replace(comments=(Comment("avis", None, "perdu", None),))))
    assert told._replace(findings=page.findings) == page
    assert codes(told)[-1] == "attachment-differs"
