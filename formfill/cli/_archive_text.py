"""What the commands of the archive print."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from formfill.files import shown as on_one_line
from formfill.language import gettext as _
from formfill.language import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from formfill.archive.find import Found
    from formfill.archive.purge import Due, Survey
    from formfill.archive.show import Shown
    from formfill.archive.verified import Verified
    from formfill.intake import Taken


def _done_words() -> dict[str, str]:
    return {
        "added": _("archivé"),
        "version": _("archivé : une lecture de plus"),
        "completed": _("complété"),
        "same": _("déjà archivé"),
    }


def taken(one: Taken) -> str:
    """What became of a file, on one line."""
    if one.put is None:
        return _("{name} : {text}").format(name=one.name, text=_("refusé – {message}").format(message=one.message or ""))
    words = _done_words()[one.put.done.value]
    if not one.put.original:
        words += _(" (sans l’original)")
    if one.message:
        words += f" – {one.message}"
    name = one.name if one.part is None else _("{name} (partie {n})").format(name=one.name, n=one.part.index)
    return _("{name} : {text}").format(name=name, text=words)


def added(done: Sequence[Taken]) -> Iterator[str]:
    """The balance of an addition."""
    counts = {word: sum(1 for one in done if one.put is not None and one.put.done.value == word) for word in _done_words()}
    refused = sum(1 for one in done if one.put is None)
    yield _("Archivés : {added}, lectures de plus : {more}, complétés : {completed}, déjà là : {same}, refusés : {refused}").format(
        added=counts["added"], more=counts["version"], completed=counts["completed"], same=counts["same"], refused=refused
    )
    bare = len({one.put.id for one in done if one.put is not None and not one.put.original})
    # the last word about a record that was given twice, as a result and as a source
    bare -= len({one.put.id for one in done if one.put is not None and one.put.original} & _bare(done))
    if bare:
        yield ngettext(
            "{count} enregistrement sans l’original : ajoutez aussi le fichier remis.",
            "{count} enregistrements sans l’original : ajoutez aussi les fichiers remis.",
            bare,
        ).format(count=bare)


def _bare(done: Sequence[Taken]) -> set[str]:
    return {one.put.id for one in done if one.put is not None and not one.put.original}


def found_data(one: Found) -> dict[str, Any]:
    """A record that was found, for programs."""
    return {key: value for key, value in one._asdict().items() if key != "key"}


def found_table(found: Sequence[Found]) -> Iterator[str]:
    """Records that were found, a line each."""
    headings = (_("Identifiant"), _("Formulaire"), _("Session"), _("Candidat"), _("Fichier"))
    rows = [
        (
            one.id[:12] + one.id[64:] + (" ❄" if one.held else ""),
            one.form or _("inconnu"),
            one.session or "–",
            " ".join(filter(None, (one.candidate, one.number))) or "–",
            one.name,
        )
        for one in found
    ]
    widths = [max(len(row[at]) for row in (headings, *rows)) for at in range(4)]
    for row in (headings, *rows):
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row[:4], widths, strict=True)), row[4]])
    cut = sum(1 for one in found if not one.whole_index)
    if cut:
        yield _("Trop longs pour être cherchés en entier : {count}").format(count=cut)


def shown_json(one: Shown) -> str:
    """A record whole, for programs: its history, its last reading as ``record``."""
    from formfill.archive.package import history

    return json.dumps({**history(one), "record": json.loads(one.last.json)}, ensure_ascii=False, indent=1)


def shown_text(one: Shown) -> Iterator[str]:
    """A record whole, for people."""
    from formfill.cli._text import record_text
    from formfill.model.codec import loads

    yield _("Enregistrement {id}").format(id=one.id)
    pairs = (
        (_("fichiers remis"), ", ".join(one.names)),
        (_("candidat"), " ".join(filter(None, (one.candidate, one.candidate_number)))),
        (_("session"), one.session),
        (_("archivé le"), one.added),
    )
    for name, value in pairs:
        if value:
            yield "  " + _("{name} : {text}").format(name=name, text=value)
    for kept in one.files:
        name = _("original") if kept.number == 0 else _("exemplaire de la lecture {number}").format(number=kept.number)
        yield f"  {name}, {kept.format}, {kept.size} o, SHA-512 {kept.sha512[:16]}…"
    if one.original is None:
        yield "  " + _("l’original n’est pas dans l’archive")
    for version in one.versions:
        yield "  " + _("lecture {number}, {made}, formfill {program}").format(**version._asdict())
    for decision in one.decisions:
        where = ".".join(str(part) for part in (decision["field"], decision["row"], decision["option"]) if part is not None)
        said = _("décision sur {where} : {value} – {reason} ({by}, {made})").format(**{**decision, "where": where})
        yield "  " + on_one_line(said)
    for hold in one.holds:
        until = _(", levé le {date}").format(date=hold["lifted"]) if hold["lifted"] else ""
        yield "  " + _("gelé le {date} : {reason}").format(date=hold["placed"], reason=hold["reason"]) + until
    yield ""
    yield from record_text(loads(one.last.json, name=one.id))


def exported(count: int, target: Path) -> str:
    """What was exported."""
    said = ngettext("{count} enregistrement exporté : {path}", "{count} enregistrements exportés : {path}", count)
    return said.format(count=count, path=on_one_line(str(target)))


def verified(done: Verified) -> Iterator[str]:
    """What a verification found."""
    words = {
        "altered": _("ALTÉRÉ"),
        "lost": _("PERDU"),
        "left-over": _("reste"),
        "not-indexed": _("non indexé"),
    }
    for problem in done.problems:
        repaired = _(" – réparé") if problem.repaired else ""
        yield _("{name} : {text}").format(name=f"{words[problem.trouble.value]} {problem.where}", text=problem.message) + repaired
    yield _("Vérifiés : {records} enregistrements, {contents} fichiers ({bytes} octets), {lines} lignes de journal").format(
        records=done.records, contents=done.contents, bytes=done.bytes, lines=done.lines
    )
    yield _("Empreinte du journal : {digest}").format(digest=done.head)
    if not done.sound:
        yield _("L’archive a été altérée. Reprenez d’une sauvegarde ce qui est nommé plus haut.")
    elif any(not one.repaired for one in done.problems):
        yield _("Rien d’altéré ni de perdu. « formfill archive verify --repair » range ce qu’un arrêt brutal a laissé.")
    else:
        yield _("Rien d’altéré ni de perdu.")


def verified_json(done: Verified) -> str:
    """What a verification found, for programs."""
    return json.dumps(
        {
            "sound": done.sound,
            "records": done.records,
            "contents": done.contents,
            "bytes": done.bytes,
            "journal": {"lines": done.lines, "head": done.head},
            "problems": [one._asdict() for one in done.problems],
        },
        ensure_ascii=False,
    )


def purged(found: Survey, *, dry: bool) -> Iterator[str]:
    """What was eliminated, or would be, and what stays."""
    for one in found.due:
        yield f"{one.id}  {one.form or '–'}  {one.session or '–'}  {one.due}  {one.rule}"
    for one in found.held:
        yield _("gelé, gardé : {id}").format(id=one.id)
    count = len(found.due)
    if dry:
        said = ngettext("{count} enregistrement serait éliminé", "{count} enregistrements seraient éliminés", count)
    else:
        said = ngettext("{count} enregistrement éliminé", "{count} enregistrements éliminés", count)
    yield said.format(count=count)
    yield _("Gardés : {kept} dans leur délai, {held} gelés, {no_rule} sans règle, {no_session} sans session").format(
        kept=found.kept, held=len(found.held), no_rule=found.no_rule, no_session=found.no_session
    )


def elimination_csv(due: Sequence[Due]) -> bytes:
    """The list of eliminations, as Excel and LibreOffice open it: UTF-8 with a mark, semicolons; no text becomes a formula."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        (
            *(_("Identifiant"), _("Formulaire"), _("Session"), _("Archivé le"), _("Éliminable le"), _("Règle"), _("Texte")),
            *(_("Fichiers"), _("Octets")),
        )
    )
    for one in due:
        cells = (one.id, one.form or "", one.session or "", one.added[:10], one.due, one.rule, one.reference)
        writer.writerow((*map(_inert, cells), one.files, one.bytes))
    return target.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
