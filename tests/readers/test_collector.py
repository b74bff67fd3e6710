"""Reading leaves the garbage collector as it was, whatever happens."""

from __future__ import annotations

import gc

import pytest
from formfill import readers
from formfill.errors import SourceError
from formfill.source import Source
from tests.samples import ROOT

SAMPLE = ROOT / "bts-sio-grille-bloc1" / "all-ticked" / "source.docx"


@pytest.mark.parametrize("collects", [True, False])
def test_reading_leaves_the_collector_as_it_was(collects: bool) -> None:
    whole = SAMPLE.read_bytes()
    try:
        if not collects:
            gc.disable()
        assert readers.read(Source.of(whole, "a.docx")).marks
        assert gc.isenabled() is collects
        with pytest.raises(SourceError):
            readers.read(Source.of(whole, "a.docx")._replace(data=whole[:500]))
        assert gc.isenabled() is collects
    finally:
        gc.enable()
