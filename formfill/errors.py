"""Every way formfill can say that it cannot do the job, and the exit code of each.

    FormfillError
    ├─ SourceError            3   UnsupportedFormatError · UnreadableSourceError · EncryptedSourceError · SourceTooLargeError
    ├─ RecognitionError       4   UnknownFormError · AmbiguousFormError
    ├─ DefinitionError        5   InvalidFormError · InvalidReferentielError · MissingTemplateError
    ├─ RenderError            6   UnprintableTextError · UnwritableOutputError · BusyOutputError · InconsistentRecordError ·
    │                             UnknownEditionError
    └─ ArchiveError           7   UnreachableArchiveError · ArchiveTooNewError · RecordNotFoundError · AlteredContentError ·
                                  ReadOnlyArchiveError · InvalidArchiveRulesError · InvalidKeyError

A form that is badly filled in is not an error: it is a :class:`~formfill.model.report.Finding`.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar

from formfill.language import gettext as _


class ExitCode(IntEnum):
    """What the shell is told; the contract of every command."""

    DONE = 0
    """Done, no finding of severity error."""
    FINDINGS = 1
    """Done, with findings of severity error."""
    USAGE = 2
    """The command line is wrong (Click's own)."""
    SOURCE = 3
    """A source cannot be read: damaged, encrypted, over a limit, not a supported format."""
    RECOGNITION = 4
    """No known form recognised, or a tie."""
    DEFINITION = 5
    """One of our own definitions is wrong."""
    RENDER = 6
    """A rendition cannot be made or written."""
    ARCHIVE = 7
    """The archive refused."""


class FormfillError(Exception):
    """The job cannot be done. Says what was seen, where, what was expected and what to do next.

    Args:
        where: the file, field or place the message is about, as the user would name it.
        seen: what was found there.
        advice: what to do next, a whole sentence.
    """

    code: ClassVar[str] = "formfill-error"
    exit_code: ClassVar[ExitCode] = ExitCode.SOURCE

    def __init__(self, *, where: str, seen: str, advice: str) -> None:
        super().__init__(where, seen, advice)
        self.where = where
        self.seen = seen
        self.advice = advice

    def __str__(self) -> str:
        return _("{where} : {seen} {advice}").format(where=self.where, seen=self.seen, advice=self.advice)


class SourceError(FormfillError):
    """A source cannot be read."""

    code = "source-error"
    exit_code = ExitCode.SOURCE


class UnsupportedFormatError(SourceError):
    """The bytes are of no format that formfill reads."""

    code = "unsupported-format"


class UnreadableSourceError(SourceError):
    """The file is missing, forbidden, empty or damaged."""

    code = "unreadable-source"


class UnreachableSourceError(UnreadableSourceError):
    """The system gave no byte of the file: missing, forbidden, on a share that does not answer. What it holds is not known."""


class EncryptedSourceError(SourceError):
    """The file asks for a password."""

    code = "encrypted-source"


class SourceTooLargeError(SourceError):
    """The file passes one of the limits that protect against hostile files."""

    code = "source-too-large"


class RecognitionError(FormfillError):
    """No form, or more than one, answers to what was read."""

    code = "recognition-error"
    exit_code = ExitCode.RECOGNITION


class UnknownFormError(RecognitionError):
    """No known form answers to what was read."""

    code = "unknown-form"


class AmbiguousFormError(RecognitionError):
    """Two forms answer equally well."""

    code = "ambiguous-form"


class DefinitionError(FormfillError):
    """One of our own files is wrong."""

    code = "definition-error"
    exit_code = ExitCode.DEFINITION


class InvalidFormError(DefinitionError):
    """A form definition does not follow its schema."""

    code = "invalid-form"


class InvalidReferentielError(DefinitionError):
    """A référentiel does not follow its schema."""

    code = "invalid-referentiel"


class MissingTemplateError(DefinitionError):
    """A form or an edition has no template for the format that was asked."""

    code = "missing-template"


class RenderError(FormfillError):
    """A rendition cannot be made."""

    code = "render-error"
    exit_code = ExitCode.RENDER


class UnprintableTextError(RenderError):
    """A text cannot be written in the format that was asked."""

    code = "unprintable-text"


class TextDoesNotFitError(RenderError):
    """A text is longer than its place in the format can hold."""

    code = "text-does-not-fit"


class UnwritableOutputError(RenderError):
    """The output cannot be written where it was asked: rights, space, a folder in its place."""

    code = "unwritable-output"


class BusyOutputError(RenderError):
    """Another run works in the output folder."""

    code = "busy-output"


class InconsistentRecordError(RenderError):
    """The record names what its form has not, or contradicts itself."""

    code = "inconsistent-record"


class SeveralCandidatesError(RenderError):
    """Records that are to make one portfolio are of several candidates."""

    code = "several-candidates"


class UnknownEditionError(RenderError):
    """The form has no such edition."""

    code = "unknown-edition"


class ArchiveError(FormfillError):
    """The archive refused."""

    code = "archive-error"
    exit_code = ExitCode.ARCHIVE


class UnreachableArchiveError(ArchiveError):
    """The archive does not exist, is no archive, is locked, or its server does not answer."""

    code = "unreachable-archive"


class ReadOnlyArchiveError(ArchiveError):
    """The archive cannot be written: not even who saw it could be noted."""

    code = "read-only-archive"


class ArchiveTooNewError(ArchiveError):
    """The archive was written by a later version of formfill."""

    code = "archive-too-new"


class RecordNotFoundError(ArchiveError):
    """The archive has no such record, or several."""

    code = "record-not-found"


class AlteredContentError(ArchiveError):
    """Kept bytes are no longer those that were archived, or are gone."""

    code = "altered-content"


class InvalidArchiveRulesError(ArchiveError):
    """The configuration of an archive (retention, transfer) is missing or wrong."""

    code = "invalid-archive-rules"


class InvalidKeyError(ArchiveError):
    """The key of a pseudonymised export is missing or too short."""

    code = "invalid-key"
