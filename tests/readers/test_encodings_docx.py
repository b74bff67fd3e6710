"""Each way of ticking a box in Word, in both states, with its label, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from formfill import readers
from formfill.source import Source
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.readers.encodings_docx import ENCODINGS, Encoding
from tests.readers.packages import mutated, package

if TYPE_CHECKING:
    from random import Random

    from formfill.model.document import Document

each = pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: str(encoding.name))


def read(body: str, parts: dict[str, str | bytes]) -> Document:
    return readers.read(Source.of(package(body, parts), "essai.docx"))


def seen(document: Document) -> dict[str, str]:
    assert len({mark.label for mark in document.marks}) == len(document.marks), "a box was counted twice"
    return {mark.label: mark.state.value for mark in document.marks}


def expected(encoding: Encoding, state: str) -> dict[str, str]:
    other = "blank" if state == "ticked" else "ticked"
    return {encoding.label: state} | {label: other if said == "other" else said for said, label in encoding.others}


@each
def test_ticked(encoding: Encoding) -> None:
    assert seen(read(encoding.ticked, encoding.parts)) == expected(encoding, "ticked")


@pytest.mark.parametrize("encoding", [e for e in ENCODINGS if e.blank is not None], ids=lambda encoding: str(encoding.name))
def test_blank(encoding: Encoding) -> None:
    """The other state; an encoding whose blank is an empty cell, which is no mark, has none."""
    assert encoding.blank is not None
    parts = encoding.parts if encoding.blank_parts is None else encoding.blank_parts
    assert seen(read(encoding.blank, parts)) == expected(encoding, "blank")


def test_names_are_unique() -> None:
    assert len({encoding.name for encoding in ENCODINGS}) == len(ENCODINGS)


@given(st.sampled_from(ENCODINGS), st.randoms(use_true_random=False))
@settings(max_examples=400, deadline=None, derandomize=True)
def test_another_layout_reads_the_same(encoding: Encoding, random: Random) -> None:
    body = mutated(encoding.ticked, random.randrange)
    assert seen(read(body, encoding.parts)) == expected(encoding, "ticked")
