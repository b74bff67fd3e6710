"""What the bundled fonts can show."""

from __future__ import annotations

import unicodedata

import pytest
from formfill.writers import _fonts
from formfill.writers._fonts import SUBSTITUTE, TEXT_FONTS, code_point, printable
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont


@pytest.mark.parametrize(
    ("written", "shown", "missing"),
    [
        ("", "", ""),
        ("Où ça ? L’été « œuvre » – 25\u00a0€ …", "Où ça ? L’été « œuvre » – 25\u00a0€ …", ""),
        ("☐☒⍰☑✓", "☐☒⍰☑✓", ""),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne", ""),
        ("a\tb", "a\u2003b", ""),
        ("e\u0301", "é", ""),
        ("ﬁn ﬀ", "fin ff", ""),
        ("a\u200bb\u00adc\ufeffd\u202ee\U000e0041", "abcde", ""),
        ("☑\ufe0f\u034f\U000e0100", "☑", ""),
        ("a\x00b\x7f\x1b", "a�b��", "\x00\x7f\x1b"),
        ("\ud800\udc00", "��", "\ud800\udc00"),
        ("日本日", "���", "日本"),
        ("\ue000\uf0fe", "��", "\ue000\uf0fe"),
        ("\ufffc\uffff\U0010ffff", "���", "\ufffc\uffff\U0010ffff"),
        ("\ufffd", "\ufffd", ""),
        ("\u0600", "�", "\u0600"),
    ],
)
def test_printable(written: str, shown: str, missing: str) -> None:
    assert printable(written) == (shown, tuple(missing))


@given(st.text(st.characters(exclude_categories=())))
def test_printable_text_stays_as_it_is(text: str) -> None:
    shown, missing = printable(text)
    assert printable(shown) == (shown, ())
    assert set(missing) <= set(unicodedata.normalize("NFC", text))
    assert (SUBSTITUTE in shown) == bool(missing or SUBSTITUTE in text)


@pytest.mark.parametrize("name", TEXT_FONTS)
def test_the_coverage_is_that_of_the_font(name: str) -> None:
    # FreeType draws one and the same glyph for what a font lacks
    font = ImageFont.truetype(str(_fonts.FONT_DIR / name), 24, layout_engine=ImageFont.Layout.BASIC)

    def drawn(point: int) -> tuple[bytes, tuple[float, float, float, float]]:
        return bytes(font.getmask(chr(point))), font.getbbox(chr(point))

    lacking = drawn(0x4E00)
    covered = _fonts._code_points(_fonts.FONT_DIR / name)
    points = [p for p in (*range(0x20, 0x600), *range(0x1E00, 0x27C0), *range(0x1D400, 0x1D800)) if chr(p).isprintable()]
    wrong = [hex(p) for p in points if (drawn(p) != lacking) != (p in covered)]
    assert wrong == []


def test_code_point() -> None:
    assert [code_point(c) for c in ("\x00", "é", "😀")] == ["U+0000", "U+00E9", "U+1F600"]
