"""Official wordings and how far each may be relied upon.

What a file says is kept as it is; whether a wording may be relied upon is asked of its :class:`Label`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from formfill.language import gettext as _


class Niveau(StrEnum):
    """The nature of the best proof of a wording."""

    OFFICIEL = "officiel"
    """An official text or an official blank form."""
    FORMULAIRE = "formulaire"
    """A real completed form, compared with another source."""
    TRANSCRIPTION = "transcription"
    """Someone's copy, not compared with an official text."""


@dataclass(frozen=True, slots=True)
class Label:
    """A wording and how far it may be relied upon."""

    text: str
    """The wording of reference, empty for an indicateur that is only a list."""
    verified: bool
    """True when it was read in an official text or form: never for a mere transcription, whatever the file says."""
    niveau: Niveau | None = None
    """Nature of the proof, None when the file gives none."""
    variants: tuple[str, ...] = ()
    """Other wordings really met."""
    sources: tuple[str, ...] = ()
    """Ids of the sources."""

    @property
    def mention(self) -> str:
        """What must stand beside an unverified wording wherever it is shown; empty for a verified one."""
        if self.verified:
            return ""
        if self.niveau is Niveau.TRANSCRIPTION:
            return _("libellé non vérifié (transcription)")
        return _("libellé non vérifié")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sourced:
    """What every entry carries: whether it is verified, and where it was read."""

    verified: bool
    """True when read in an official text, an official blank or a real form compared with another source."""
    sources: tuple[str, ...]
    """Ids of the entries of ``sources`` it comes from."""
    niveau: Niveau | None = None
    """Nature of the best proof."""
    note: str | None = None
    """A remark for people."""

    def _label(self, text: str, variants: tuple[str, ...] = ()) -> Label:
        reliable = self.verified and self.niveau is not Niveau.TRANSCRIPTION
        return Label(text, reliable, self.niveau, variants, self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled(Sourced):
    """An entry with a code and an official wording."""

    code: str
    libelle: str
    """The official wording, without spaces at its ends."""
    variants: tuple[str, ...] = ()
    """Other wordings really met."""

    @property
    def label(self) -> Label:
        """The official wording with its proof."""
        return self._label(self.libelle, self.variants)
