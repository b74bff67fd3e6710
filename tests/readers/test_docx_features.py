"""What a short part names is told from its bytes as from its elements, however its characters are written."""

from __future__ import annotations

import codecs

import pytest
from formfill.readers import _wordnames as n
from formfill.readers._wordfeatures import Features
from lxml import etree

BODY = (
    '<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:ins w:id="1"><w:r><w:rPr><w:strike/>'
    "</w:rPr><w:t>é</w:t></w:r></w:ins><w:fldSimple w:instr=' PAGE '/></w:p></w:ftr>"
)


@pytest.mark.parametrize(
    "part",
    [
        BODY.encode(),
        codecs.BOM_UTF8 + BODY.encode(),
        BODY.encode("utf-16"),
        f'<?xml version="1.0" encoding="UTF-16"?>{BODY}'.encode("utf-16-le"),
        BODY.replace("w:", "").replace("xmlns:w", "xmlns").replace("xmlns", "xmlns", 1).encode(),
        b"  \n" + BODY.encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "utf-16 without a mark", "no prefix", "spaces"],
)
def test_the_names_of_a_short_part(part: bytes) -> None:
    root = etree.fromstring(part)
    assert Features(root, part).named == Features(root).named
    if b"w:" in part or b"w\x00" in part:
        assert Features(root, part).any(n.INS)
        assert Features(root, part).any(n.STRIKE)
