"""Outcomes of forms filled with care, but for what a case changes: a whole dossier from a few words."""

from __future__ import annotations

from typing import Any, Final

from formfill import catalogue
from formfill.checks import validate
from formfill.model.outcome import Outcome
from formfill.model.record import FormRef, Record, SourceRef
from tests.checks.completed import ROWS, completed

TAB: Final = "bts-sio-tableau-synthese"
ATT: Final = "bts-sio-attestation-stage"
SISR: Final = "bts-sio-fiche-sisr"
SLAM: Final = "bts-sio-fiche-slam"
GRID: Final = "bts-sio-grille-bloc2-sisr"
VII6: Final = "bts-sio-fiche-appreciation"


def outcome(source: str, form: str, **changes: Any) -> Outcome:
    """What reading one form gives."""
    done = completed(form, **changes)
    ref = SourceRef(source, "0" * 64, "docx", 1, None)
    found = validate(done, catalogue.form(form)).findings
    record = Record(ref, FormRef(form, None, "bts-sio-2020", 1.0), done.answers, done.boxes, findings=found)
    return Outcome(source, ref.sha256, 0, record)


def dossier(**changed: dict[str, Any] | None) -> list[Outcome]:
    """A complete dossier of both blocs; None takes a document away, other names add one (``form`` says which)."""
    documents: dict[str, tuple[str, dict[str, Any]]] = {
        "tableau": (TAB, {}),
        "attestation_1": (ATT, {"debut": "26/05/2025", "fin": "04/07/2025", "fait_le": "04/07/2025"}),
        "attestation_2": (ATT, {}),
        "fiche_1": (SISR, {}),
        "fiche_2": (SISR, {"numero_realisation": "2", "intitule": "Accès distant", "competences": "B2.2"}),
        "grille": (GRID, {}),
        "appreciation": (VII6, {"note": "14", "appreciation": "Bien."}),
    }
    made = []
    for name in {**documents, **changed}:
        change = changed.get(name, {})
        if change is None:
            continue
        form, usual = documents.get(name, (SISR, {}))
        own = {**usual, **change}
        made.append(outcome(f"{name}.docx", own.pop("form", form), **own))
    return made


__all__ = ["ATT", "GRID", "ROWS", "SISR", "SLAM", "TAB", "VII6", "dossier", "outcome"]
