from __future__ import annotations

import pytest
from formfill.readers._lines import HYPHEN, Habit, glue, paragraphs
from formfill.readers._visual import Line, ordered

EM = 5.0
"""Width of every character, in points."""


def lines(text: str, *, x: float = 10, leading: float = 12) -> list[Line]:
    """One line per line of the text; an empty one leaves a gap."""
    found = []
    for number, raw in enumerate(text.split("\n")):
        base = 20 + number * leading
        if raw:
            found.append(Line(raw, x, base - 9, x + EM * len(raw.rstrip()), base + 2, base))
    return found


def wrapped(text: str, columns: int, *, trailing: str = "", ending: str = "") -> list[Line]:
    """Paragraphs set in a column, each wrapped line ended by ``trailing``, each last line by ``ending``."""
    out = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + 1 + len(word) > columns:
                out.append(line + trailing)
                line = word
            else:
                line = f"{line} {word}" if line else word
        out.append(line + ending)
    return lines("\n".join(out))


def texts(found: list[Line], columns: int, tags: object = None) -> list[str]:
    right = 10 + EM * columns
    habit = Habit()
    habit.learn(found, right)
    habit.settle()
    return [p.text for p in paragraphs(found, right, habit, lambda _a, _b: tags if isinstance(tags, bool) else None)]


TEXT = (
    "Le recensement du patrimoine informatique est exhaustif et réalisé au moyen d’un outil de gestion.\n"
    "Les référentiels sont mobilisés.\n"
    "Les droits mis en place correspondent aux habilitations des acteurs du service informatique.\n"
    "- repérer les technologies ;\n"
    "- renforcer ses compétences."
)


@pytest.mark.parametrize("columns", range(24, 60, 3))
@pytest.mark.parametrize(("trailing", "ending"), [(" ", ""), (" ", " "), ("", "")], ids=["LibreOffice", "Word", "neither"])
def test_wrapped_lines_are_one_paragraph(columns: int, trailing: str, ending: str) -> None:
    assert texts(wrapped(TEXT, columns, trailing=trailing, ending=ending), columns) == TEXT.split("\n")


def test_a_full_last_line_ends_its_paragraph_when_it_keeps_no_space() -> None:
    text = "aaaa bbbb cccc dddd ee\nSuite de huit"
    found = wrapped(f"{TEXT}\n{text}", 24, trailing=" ")
    assert texts(found, 24)[5:] == text.split("\n")


def test_the_tags_decide_where_the_signs_disagree() -> None:
    found = lines("Une phrase qui finit ici.\nUne autre")
    assert len(texts(found, 25, tags=True)) == 1
    assert len(texts(found, 25, tags=False)) == 2


def test_a_bullet_or_a_box_opens_a_paragraph() -> None:
    found = lines("· Recenser les ressources\n· Exploiter\n☐ Seul(e)\n☒ En équipe")
    assert texts(found, 25) == ["· Recenser les ressources", "· Exploiter", "☐ Seul(e)", "☒ En équipe"]


def test_a_dash_inside_a_sentence_opens_none() -> None:
    assert texts(lines("mené par une équipe de dix\n– dont deux absents – et fini"), 26) == [
        "mené par une équipe de dix – dont deux absents – et fini"
    ]


def test_an_empty_line_is_kept() -> None:
    assert texts(lines("Court.\n\nAprès une ligne vide, un\nsecond commentaire."), 24)[:2] == ["Court.", ""]


def test_an_empty_line_is_kept_where_paragraphs_are_spaced() -> None:
    """A template with a little space between paragraphs: an empty one is a line and that space."""
    bases = [20, 30, 42.5, 52.5, 75]
    words = ["un deux trois quatre cinq ", "six.", "Sept huit neuf dix onze ", "douze.", "Treize."]
    found = [Line(word, 10, y - 8, 10 + EM * len(word.rstrip()), y + 2, y) for word, y in zip(words, bases, strict=True)]
    assert texts(found, 25) == ["un deux trois quatre cinq six.", "Sept huit neuf dix onze douze.", "", "Treize."]


def test_wider_leading_is_a_new_paragraph() -> None:
    first = lines("un deux trois quatre cinq\nsix sept")
    last = Line("huit neuf dix", 10, 51, 75, 62, first[-1].base + 18)
    assert texts([*first, last], 25) == ["un deux trois quatre cinq six sept", "huit neuf dix"]


def test_a_hyphen_at_the_end_of_a_line_stays_unless_the_program_puts_many() -> None:
    found = lines(f"{'un deux trois quatre' + chr(10)}" * 12 + f"un porte{HYPHEN}\nmonnaie de poche")
    assert texts(found, 20)[-1].endswith("un porte-monnaie de poche")
    assert texts(lines(f"infor{HYPHEN}\nmatique"), 8) == ["informatique"]
    assert glue(f"un porte{HYPHEN}", "monnaie") == "un porte-monnaie"
    assert glue(f"infor{HYPHEN}", "matique", hyphenated=True) == "informatique"
    assert glue("et/", "ou") == "et/ou"
    assert glue("vise à :", "- repérer") == "vise à : - repérer"


def test_pieces_of_one_visual_line_are_joined_in_reading_order() -> None:
    label = Line("Seul(e)", 30, 11, 65, 22, 20)
    box = Line("☐", 10, 12, 19, 21, 20)
    below = Line("suite", 10, 23, 35, 34, 32)
    assert [line.text for line in ordered([below, label, box])] == ["☐ Seul(e)", "suite"]


def test_lines_in_the_order_of_columns_keep_it_when_asked() -> None:
    left, right = lines("a1\na2"), lines("b1\nb2", x=200)
    assert [line.text for line in ordered([*left, *right], shuffled=False)] == ["a1", "a2", "b1", "b2"]
    assert [line.text for line in ordered([*left, *right])] == ["a1 b1", "a2 b2"]


@pytest.mark.parametrize("base", [20.0, -1e9, 1e9, float("nan"), float("inf")])
def test_impossible_places_do_no_harm(base: float) -> None:
    found = [Line("Un", 10, 11, 20, 22, 20), Line("Deux.", 10, 11, 35, 22, base), Line("Trois", base, base, base, base, base)]
    assert len(texts(found, 20)) <= 3
    assert ordered(found)


def test_nothing_gives_nothing() -> None:
    assert paragraphs([], 100, Habit(), lambda _a, _b: None) == []
    assert ordered([]) == []
