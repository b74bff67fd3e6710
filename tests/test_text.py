"""Comparing texts without altering them."""

from __future__ import annotations

import pytest
from formfill.text import nearest, normalise, sentence, squeeze, strip_bullet, word_difference
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Gérer des sauvegardes", "· gerer  des\u00a0sauvegardes."),
        ("d’utilisation", "d'utilisation"),
        ("mise en œuvre", "mise en oeuvre"),
        ("B1.1 : Gérer", "B1.1: Gérer"),
        ("B1.1\u202f: Gérer", "b1.1 : gérer"),
        ("évolution", "e\u0301volution"),
        ("• Planifier", "- Planifier"),
        ("o Planifier", "Planifier"),
        ("zéro\u200blargeur", "zérolargeur"),
    ],
)
def test_equal_once_normalised(a: str, b: str) -> None:
    assert normalise(a) == normalise(b)


@pytest.mark.parametrize(
    ("a", "b"), [("Gérer des sauvegardes", "Gérer les sauvegardes"), ("B1.1", "B1.2"), ("organiser", "o rganiser")]
)
def test_different_once_normalised(a: str, b: str) -> None:
    assert normalise(a) != normalise(b)


def test_squeeze_keeps_all_but_spaces() -> None:
    assert squeeze("  L’image \u00a0de\tl’organisation. ") == "L’image de l’organisation."
    assert squeeze("- tiret") == "- tiret"


def test_strip_bullet() -> None:
    assert strip_bullet("· · Gérer") == "Gérer"
    assert strip_bullet("organiser") == "organiser"
    assert strip_bullet("-5 points") == "-5 points"


def test_word_difference() -> None:
    assert word_difference("Gérer des sauvegardes", "· Gérer les sauvegardes") == "Gérer {-des-} {+les+} sauvegardes"


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("Ligne modifiée : les\u00a0écarts.", "Ligne modifiée : les\u00a0écarts."),
        ("modifié : les écarts..", "modifié : les écarts."),
        ("modifié : les écarts...", "modifié : les écarts..."),
        ("« a\x07b\u202ec\ud800 »", "« a<U+0007>b<U+202E>c<U+D800> »"),
        ("« a\nb »", "« a ↵ b »"),
    ],
)
def test_a_sentence_shows_what_it_quotes(message: str, shown: str) -> None:
    assert sentence(message) == shown


def test_nearest_needs_candidates() -> None:
    assert nearest("x", []) is None
    assert nearest("Gérer les sauvegardes", ["Déployer un service", "Gérer des sauvegardes"])[0] == 1  # type: ignore[index]


@given(st.text())
def test_normalising_twice_changes_nothing_more_than_spaces(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)
    assert "  " not in normalise(text)
