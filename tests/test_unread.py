"""What was not read for certain leaves no token behind, and makes its answer uncertain."""

from __future__ import annotations

from formfill.model.completed import Answer, AnswerState, Comment, CompletedForm, RepeatedRow
from formfill.model.document import Evidence, Says, Unread
from formfill.model.geometry import Place
from formfill.unread import settle

WHY = (Evidence("handwriting", Says.UNCLEAR, "écrit à la main"),)
ITEMS = (Unread("⟦?1⟧", None, Place(page=1), WHY), Unread("⟦?2⟧", "Lyon", Place(page=2), WHY))


def form(*answers: Answer, comments: tuple[Comment, ...] = ()) -> CompletedForm:
    return CompletedForm("f", None, 1.0, answers, (), comments)


def test_an_answer_that_was_not_read_is_uncertain_and_has_no_value() -> None:
    settled, found = settle(form(Answer("lieu", "⟦?1⟧", AnswerState.ANSWERED)), ITEMS[:1])
    [answer] = settled.answers
    assert (answer.value, answer.state, answer.evidence, answer.place) == (None, AnswerState.UNCERTAIN, WHY, Place(page=1))
    assert [(item.code, item.field) for item in found] == [("unread-writing", "lieu")]


def test_what_may_be_read_is_kept_and_uncertain() -> None:
    settled, _found = settle(form(Answer("lieu", "Lyon ⟦?2⟧", AnswerState.ANSWERED)), ITEMS)
    assert [(answer.value, answer.state) for answer in settled.answers] == [("Lyon", AnswerState.UNCERTAIN)]


def test_the_signs_around_it_are_no_value() -> None:
    settled, _found = settle(form(Answer("date", "⟦?1⟧ / /", AnswerState.ANSWERED)), ITEMS)
    assert settled.answers[0].value is None


def test_rows_and_comments_lose_their_tokens() -> None:
    row = RepeatedRow("formation", "⟦?1⟧", "2025 ⟦?2⟧", ("B1.1",))
    stray = (Comment("text", None, "⟦?1⟧", None), Comment("text", None, "vu ⟦?2⟧", None))
    settled, _found = settle(form(Answer("realisations", (row,), AnswerState.ANSWERED), comments=stray), ITEMS)
    assert settled.answers[0].value == (RepeatedRow("formation", None, "2025", ("B1.1",)),)
    assert settled.answers[0].state is AnswerState.UNCERTAIN
    assert [comment.text for comment in settled.comments] == ["vu"]


def test_what_stands_in_no_field_is_reported_too() -> None:
    _settled, found = settle(form(Answer("lieu", "Lyon", AnswerState.ANSWERED)), ITEMS)
    assert [(item.code, item.field, item.place.page) for item in found] == [
        ("unread-writing", None, 1),
        ("unread-writing", None, 2),
    ]
