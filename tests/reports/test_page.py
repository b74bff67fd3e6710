"""The page of a run: it says what the records say, and nothing that people wrote can change it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

import formfill.reports._words as words
import pytest
from formfill.language import set_language
from formfill.model.codec import record_to_dict
from formfill.model.document import MarkState
from formfill.model.geometry import Place
from formfill.model.glyphs import SHOWN
from formfill.model.outcome import Outcome
from formfill.model.record import Part
from formfill.reports.jsonl import records_jsonl
from formfill.reports.page import index_html
from lxml import html
from tests.reports.report_cases import CLEAN, DOUBTFUL, FORMS, HOSTILE_NAME, HOSTILE_TEXT, LABELS, NOTES, OUTCOMES, REFUSED, record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from formfill.model.form import Form


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language("fr")


def parsed(outcomes: Sequence[Outcome] = OUTCOMES, forms: Mapping[str, Form] = FORMS) -> html.HtmlElement:
    return html.document_fromstring(index_html(outcomes, forms).decode())


def words_of(element: html.HtmlElement) -> str:
    return " ".join(" ".join(element.itertext()).split())


def by_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return list(element.find_class(name))


def test_the_summary_counts_files_read_findings_and_refusals() -> None:
    cells = [words_of(d) for d in by_class(parsed(), "tally")[0].findall("div")]
    assert cells == [
        "fichiers 4",
        "formulaires lus 2",
        "avec constats 2",
        "à vérifier 1 ▲",
        "formulaire inconnu 1 ✗",
        "refusé 1 ✗",
    ]
    assert "3 fichiers demandent votre attention" in words_of(by_class(parsed(), "lead")[0])


def test_a_run_without_a_problem_says_so() -> None:
    page = parsed([CLEAN])
    assert words_of(by_class(page, "lead")[0]) == "Tout a été lu sans erreur et sans case incertaine."
    assert "Aucun fichier" in words_of(parsed([]))


def test_the_list_has_one_line_per_file_in_order() -> None:
    rows = by_class(parsed(), "files")[0].findall("tbody/tr")
    assert [row.get("data-status") for row in rows] == ["read", "review", "unknown", "refused"]
    assert words_of(rows[0]).startswith("01 propre.txt ✓ lu Bloc 1 <compétences> édition activites ☒ 2 cochées aucun PDF")
    assert "☒ 1 cochée ⍰ 1 incertaine" in words_of(rows[1])
    assert "■ 1 erreur ▲ 1 avertissement ● 1 information" in words_of(rows[1])
    assert words_of(rows[3]) == "ancien.doc ✗ refusé ancien.doc : c’est un ancien format <Word>. unsupported-format"


def test_the_boxes_are_those_of_the_record_by_shape_and_word() -> None:
    for rank, outcome in ((1, CLEAN), (2, DOUBTFUL)):
        grid = by_class(parsed().get_element_by_id(f"f{rank}"), "grid")[0]
        assert outcome.record is not None
        shown = [words_of(by_class(row, "state")[0]) for row in grid.findall("tbody/tr")]
        assert shown == [f"{SHOWN[box.state]} {words.state_word(box.state)}" for box in outcome.record.boxes]
        assert [words_of(e) for e in by_class(grid, "label")] == list(LABELS.values())


def test_evidence_and_place_stand_under_each_box_and_doubt_is_open() -> None:
    details = parsed().get_element_by_id("f2").xpath(".//table//details")
    assert [d.get("open") is not None for d in details] == [True, False, False]
    assert "signe imprimé : ne tranche pas detail <transversale>" in words_of(details[0])
    assert "page 2, tableau 1, ligne 1, cellule 2" in words_of(details[0])


def test_comments_are_shown_as_written() -> None:
    quotes = [e.text_content() for e in parsed().get_element_by_id("f2").iter("blockquote")]
    hostile = HOSTILE_TEXT.replace("\x07", "␇").replace("\x00", "␀").replace("\ud800", "\ufffd")
    assert DOUBTFUL.record is not None
    expected = [DOUBTFUL.record.answer("commentaire.transversale"), None, DOUBTFUL.record.answer("commentaire.B1.2")]
    assert quotes[0] == (expected[0].value if expected[0] else None)
    assert quotes[1] == hostile
    assert quotes[2] == (expected[2].value if expected[2] else None)
    assert quotes[3:] == [note.text for note in NOTES]
    css = parsed().findtext(".//style")
    assert css is not None
    assert re.search(r"\.written blockquote \{[^}]*white-space: pre-wrap", css)


def test_other_answers_are_not_forgotten() -> None:
    assert words_of(by_class(parsed().get_element_by_id("f2"), "answers")[0]) == "numero_candidat 02345678901"


def test_findings_stand_errors_first_with_place_rule_and_reference() -> None:
    items = [words_of(li) for li in by_class(parsed().get_element_by_id("f2"), "findings")[0].findall("li")]
    assert items == [
        "■ erreur Une erreur. feuille « Feuil1 », cellule C9 — missing-row",
        "▲ avertissement Un avertissement =cmd|' /C calc'!A0. Référence : B1.1 <b> RG-07 — typo",
        "● information Une information. ligne 12 — note",
    ]


def test_what_is_not_verified_is_said() -> None:
    section = parsed().get_element_by_id("f1")
    assert [words_of(tag) for tag in by_class(section, "tag")] == ["libellé non vérifié"]
    assert "2 libellés de ce formulaire ne sont pas vérifiés" in words_of(by_class(section, "unverified")[0])


def test_identity_is_complete() -> None:
    identity = words_of(by_class(parsed().get_element_by_id("f1"), "identity")[0])
    for part in ("BTS SIO", "activites", "bts-sio-2020", "99 %", "docx, 13 ko, 2 pages", "0123456789abcdef…"):
        assert part in identity


def test_links_lead_to_the_files_and_nowhere_else() -> None:
    page = parsed()
    links = [a.get("href") for a in by_class(page, "files")[0].iter("a") if not (a.get("href") or "").startswith("#")]
    expected = [
        f
        for o in OUTCOMES
        for f in sorted(o.files, key=lambda f: ("form.pdf", "form.docx", "record.json").index(f.rpartition("/")[2]))
    ]
    assert [unquote(link or "") for link in links] == expected
    assert all(re.fullmatch(r"[A-Za-z0-9_.~%/-]+", link or "") for link in links)
    for anchor in page.iter("a"):
        target = anchor.get("href") or ""
        if target.startswith("#"):
            assert page.get_element_by_id(target[1:]) is not None


def test_a_hostile_path_stays_a_relative_link() -> None:
    assert words.href("//evil.example/x") == "evil.example/x"
    assert words.href("javascript:alert(1)/form.pdf") == "javascript%3Aalert%281%29/form.pdf"
    assert words.href("caf\udce9/form.pdf") == "caf%E9/form.pdf"
    assert words.href("\ud800/form.pdf") == "%3F/form.pdf"


def test_nothing_people_write_becomes_markup() -> None:
    page = parsed()
    text = index_html(OUTCOMES, FORMS).decode()
    assert [s.get("src") for s in page.iter("script")] == [None]
    assert "<script>alert" not in text
    assert page.xpath("//*[@onerror or @onclick or @style]") == []
    names = [e.text_content() for e in page.get_element_by_id("f2").xpath("./header//bdi")]
    assert names == [HOSTILE_NAME]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


def test_names_cannot_disguise_themselves() -> None:
    assert words.visible_name("facture\u202efdp.exe\n") == "facture<U+202E>fdp.exe<U+000A>"


def test_the_page_asks_nothing_of_the_network() -> None:
    text = index_html(OUTCOMES, FORMS).decode()
    page = parsed()
    assert not re.search(r"""(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?//""", text)
    assert set(re.findall(r"url\(([^)]{0,6})", text)) == {'"data:'}
    assert "@import" not in text
    assert page.xpath("//link | //img | //iframe") == []


def test_the_policy_allows_our_script_only() -> None:
    page = parsed()
    script = page.findtext(".//script") or ""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert f"script-src 'sha256-{digest}';" in str(policy)
    assert "default-src 'none'" in str(policy)


def test_the_page_is_sound_for_a_screen_reader() -> None:
    page = parsed()
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    levels = [int(e.tag[1]) for e in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))
    for table in page.iter("table"):
        assert words_of(table.find("caption"))
        assert all(th.get("scope") for th in table.iter("th"))
    for name in page.xpath("//@aria-labelledby"):
        assert page.get_element_by_id(name) is not None


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ink", ["ink", "soft", "link", "good", "doubt", "bad", "info"])
@pytest.mark.parametrize("paper", ["#ffffff", "wash", "doubt-wash", "bad-wash"])
def test_contrast_is_at_least_aa(ink: str, paper: str) -> None:
    css = parsed().findtext(".//style") or ""
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
    light, dark = _luminance(colours.get(paper, paper)), _luminance(colours[ink])
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_the_language_is_that_of_the_page() -> None:
    assert parsed().get("lang") == "fr"
    set_language("en")
    assert parsed().get("lang") == "en"


def test_the_same_run_gives_the_same_page() -> None:
    assert index_html(OUTCOMES, FORMS) == index_html(list(OUTCOMES), dict(FORMS))


def test_two_forms_of_one_file_are_told_apart() -> None:
    outcomes = [Outcome("a.pdf", None, 0, record("a.pdf", "tbt", part=Part(n, (n,))), files=()) for n in (1, 2)]
    page = parsed(outcomes)
    assert [words_of(page.get_element_by_id(f"f{n}-title")) for n in (1, 2)] == ["a.pdf (partie 1)", "a.pdf (partie 2)"]
    assert words_of(by_class(page, "tally")[0].findall("div")[0]) == "fichier 1"


def test_a_rendition_that_failed_is_said() -> None:
    page = parsed([Outcome("a.txt", None, 6, record("a.txt", "tbt"), code="render-error", message="Le PDF n’a pas pu être fait.")])
    assert by_class(page, "files")[0].find("tbody/tr").get("data-status") == "review"
    assert "Le PDF n’a pas pu être fait." in words_of(page.get_element_by_id("f1"))


def test_a_form_without_definition_still_shows_its_boxes() -> None:
    page = parsed([DOUBTFUL], {})
    shown = page.get_element_by_id("f1")
    assert len(by_class(shown, "label")) == len(LABELS)
    assert next(shown.iter("blockquote")).text_content() == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (Place(), ""),
        (Place(3), "page 3"),
        (Place(None, None, "table[1]/row[3]/cell[2]"), "tableau 1, ligne 3, cellule 2"),
        (Place(1, None, "strange[x]/y"), "page 1, strange[x], y"),
    ],
)
def test_places_in_words(place: Place, expected: str) -> None:
    assert words.place_words(place) == expected


def test_a_score_is_never_rounded_up_to_perfection() -> None:
    assert [words.percent_words(s) for s in (1.0, 0.9999, 0.29, 0.0)] == ["100 %", "99 %", "29 %", "0 %"]


def test_json_lines_hold_each_record_in_order() -> None:
    lines = records_jsonl(OUTCOMES).decode().splitlines()
    assert [json.loads(line)["source"]["name"] for line in lines] == [
        o.record.source.name for o in OUTCOMES if o.record is not None
    ]
    assert [json.loads(line) for line in lines] == [record_to_dict(o.record) for o in OUTCOMES if o.record is not None]
    assert records_jsonl([REFUSED]) == b""


def test_every_state_has_a_sign() -> None:
    assert set(SHOWN) == set(MarkState)
