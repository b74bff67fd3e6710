"""What a référentiel answers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from formfill import catalogue
from formfill.model.label import Label, Niveau

if TYPE_CHECKING:
    from formfill.model.referentiel import Referentiel


@pytest.fixture
def sio() -> Referentiel:
    return catalogue.referentiel("bts-sio-2020")


def test_a_label_says_when_it_is_not_verified() -> None:
    assert Label("x", verified=True, niveau=Niveau.OFFICIEL).mention == ""
    assert Label("x", verified=False, niveau=Niveau.TRANSCRIPTION).mention == "libellé non vérifié (transcription)"
    assert Label("x", verified=False).mention == "libellé non vérifié"


def test_a_transcription_is_never_verified() -> None:
    bloc = catalogue.referentiel("bts-ndrc-e6-2026").bloc("B3")
    assert bloc is not None
    assert bloc.verified
    assert not bloc.label.verified


def test_epreuves_follow_the_sessions(sio: Referentiel) -> None:
    assert [e.code for e in sio.epreuves_of(2024, "SISR")] == ["E4", "E5", "E6"]
    assert [e.code for e in sio.epreuves_of(2025, "SLAM")] == ["E5", "E6", "E7"]
    assert sio.epreuves_of(2021) == ()
    of_bloc_1 = [sio.epreuve_of("B1", session) for session in (2021, 2024, 2025)]
    assert [e.code if e else None for e in of_bloc_1] == [None, "E4", "E5"]


def test_a_code_shared_by_the_options_needs_one(sio: Referentiel) -> None:
    assert sio.competence("B2.1") is None
    shared = sio.competence("B2.1", "SISR")
    assert shared is not None
    assert shared.id == "SISR:B2.1"
    assert sio.competence("SLAM:B2.1") is not None
    assert sio.bloc("B2") is None
    assert sio.bloc("B2", "SLAM") is sio.bloc("SLAM:B2")


def test_lookups_in_a_competence(sio: Referentiel) -> None:
    competence = sio.competence("B1.1")
    assert competence is not None
    activite, indicateur = competence.activite("B1.1.5"), competence.indicateur("P1.1.6")
    assert activite is not None
    assert indicateur is not None
    assert activite.variants == ("Gérer les sauvegardes",)
    assert indicateur.niveau is Niveau.FORMULAIRE
    assert competence.activite("B1.2.1") is None


def test_a_label_on_a_date(sio: Referentiel) -> None:
    before, after = sio.label_on("E5", date(2024, 6, 1), "SISR"), sio.label_on("E5", date(2025, 6, 1), "SISR")
    assert before is not None
    assert after is not None
    assert before.text == "Administration des systèmes et des réseaux"
    assert after.text == "Support et mise à disposition de services informatiques"
    assert sio.label_on("B1.1", date(2026, 1, 1)) is not None
    assert sio.label_on("E5", date(2024, 6, 1)) is None


def test_on_a_date(sio: Referentiel) -> None:
    then, now = sio.on(date(2023, 6, 1)), sio.on(date(2025, 9, 1))
    assert [text.id for text in then.diplome.textes] == ["ARRETE-2019", "ANNEXE-II.D"]
    assert [sheet.numero for sheet in then.diplome.fiches_rncp] == ["RNCP35340"]
    assert [sheet.numero for sheet in now.diplome.fiches_rncp] == ["RNCP40792"]
    assert {e.code for e in now.epreuves} == {"E5", "E6", "E7"}
    assert then.blocs == sio.blocs


def test_labels_stand_once(sio: Referentiel) -> None:
    found = list(sio.labels())
    assert sum(not label.verified for _code, label in found) == 30
    assert [code for code, _label in found].count("SISR:B2.1") == 1
    assert not any(code.startswith("SLAM") for code, _label in sio.labels("SISR"))
