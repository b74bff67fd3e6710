"""The archive: what was handed in, what was read in it and what was made of it, for as long as the rules ask.

One subject a module: ``database`` opens an archive; ``add``, ``find``, ``show``, ``settle`` (decisions and holds), ``verify``,
``purge``, ``export_bagit`` and ``export_seda`` do one thing with it. It reads no form and renders none: it is handed records.
"""

from __future__ import annotations

from formfill.archive.database import Archive
from formfill.archive.entry import Entry

__all__ = ["Archive", "Entry"]
