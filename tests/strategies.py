"""Records drawn from a form's definition, with the texts that people, word processors and mischief write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from formfill.model.completed import Answer, AnswerState, BoxReading, Comment
from formfill.model.document import MarkState
from formfill.model.geometry import NOWHERE
from formfill.model.record import FormRef, Record, SourceRef
from hypothesis import strategies as st

if TYPE_CHECKING:
    from formfill.model.form import Form

WORDS: Final = (
    *("Bien", "à revoir", "l’écart", "l'écart", "« oui »", "“ non ”", "12\u202f%", "mai\u00a0:", "œuvre", "e\u0301te\u0301"),
    *("·", "•", "-", "–", "1.", "a" * 60, "https://exemple.invalid/" + "chemin/" * 9, "porte-à-faux", "--", "le 03/02/2026,"),
    *("☐", "☒", "⍰", "✔", "x", "😀", "👩\u200d🏫", "漢字", "שלום", "مرحبا", "ﬁn", "\ufeff", "\u200b", "\u00ad", "\ufffd"),
    *("<w:t>", "&amp;", "]]>", "#", "$x$", "*gras*", "\\", "@ref", "{", "Page 1 sur 2", "page 1 / 1"),
)
"""Pieces of lines."""
LABELS: Final = (
    "Gérer des sauvegardes",
    "· Gérer des sauvegardes",
    "B1.2 : Répondre aux incidents et aux demandes d’assistance et d’évolution",
    "Répondre aux incidents et aux demandes d’assistance et d’évolution",
    "Commentaire",
    "Bloc 1 : compétences",
    "Indicateurs de performance",
    "Bloc 1 : compétences et indicateurs de performance",
    "Remarques relevées hors de la grille",
    "Planifier les activités",
    "- renforcer ses compétences.",
    "Hors grille : Bien",
    "Commentaire Word (Mme Fictive) : Bien",
)
"""Whole lines that look like something the form prints."""
CONTROL: Final = "\x00\x01\x08\x0b\x0c\x1b\x1f\x7f\x85\u2028\u2029\r\ud800\ufffe\uffff\ue000"
"""Characters that some format cannot hold. Of the halves of a pair, one: two that meet are a character in JSON."""
# a fixed alphabet: Hypothesis adds to others the constants of whatever modules are loaded, and the draws must not depend on those
_POINTS: Final = (
    *(range(32, 127), range(0xA0, 0x180), range(0x300, 0x310), range(0x370, 0x400, 3), range(0x590, 0x700, 9)),
    *(
        range(0x2000, 0x2200, 7),
        range(0x2500, 0x2800, 7),
        range(0x3000, 0xA000, 997),
        range(0xFB00, 0xFFFE, 101),
        range(0x1F600, 0x1F640, 7),
    ),
)
ANY: Final = "".join(chr(code) for points in _POINTS for code in points)
"""Letters, accents and signs of many scripts."""

_spaces = st.sampled_from(("", " ", "  ", "\t", "\u00a0", "\u3000"))
_plain = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
_odd = st.text(st.sampled_from("aé .\t" + CONTROL), min_size=1, max_size=6)
_line = st.one_of(
    _plain,
    st.sampled_from(LABELS),
    st.builds("{}{}{}".format, _spaces, _plain, _spaces),
    st.builds("{}{}".format, _plain, _odd),
    st.text(st.sampled_from(ANY), min_size=1, max_size=10),
)
texts = st.lists(st.one_of(_line, _line, st.just(""), _spaces), min_size=1, max_size=5).map("\n".join).filter(bool)
"""What a person may have written: never empty."""

comments = st.builds(
    Comment,
    kind=st.sampled_from(("text", "word-comment", "pdf-annotation", "insertion", "deletion")),
    field=st.none(),
    # what was drawn by hand has no text
    text=st.one_of(texts, texts, st.just("")),
    place=st.just(NOWHERE),
    author=st.one_of(st.none(), st.sampled_from(("Mme Fictive", "M. Imaginaire (jury) :", "Zélie\u00a0Inventée", "é\x01"))),
)


@st.composite
def records(draw: st.DrawFn, form: Form, *, stray: bool = False) -> Record:
    """Records of a form with a grid: any states, comments in some rows, ``stray`` comments too."""
    grid = form.grid
    assert grid is not None
    states = {row.option: draw(st.sampled_from(MarkState)) for row in grid.rows}
    written = {row.option: draw(st.one_of(st.none(), st.none(), texts)) for row in grid.rows}
    return record(form, states, written, tuple(draw(st.lists(comments, min_size=1, max_size=3))) if stray else ())


def record(form: Form, states: dict[str, MarkState], written: dict[str, str | None], stray: tuple[Comment, ...] = ()) -> Record:
    """The record of a form with a grid, as a reading of it would say."""
    grid = form.grid
    assert grid is not None
    ticked = tuple(row.option for row in grid.rows if states.get(row.option) is MarkState.TICKED)
    unsure = MarkState.UNCERTAIN in states.values()
    state = AnswerState.UNCERTAIN if unsure else AnswerState.ANSWERED if ticked else AnswerState.EMPTY
    answers = [Answer(grid.field, ticked or None, state)]
    for row in grid.rows:
        text = written.get(row.option)
        answers.append(Answer(row.comment_field, text, AnswerState.EMPTY if text is None else AnswerState.ANSWERED))
    return Record(
        source=SourceRef("grille.docx", "0" * 64, "docx", 1, None),
        form=FormRef(form.id, form.editions[0].id, form.referentiel, 1.0),
        answers=tuple(answers),
        boxes=tuple(BoxReading(grid.field, r.option, r.label, states.get(r.option, MarkState.BLANK)) for r in grid.rows),
        comments=stray,
    )
