"""``formfill archive``: keep records, find them, hand them over, verify them, eliminate them when their time has come."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formfill.cli import _archive_text as text
from formfill.cli._files import echo_lines, ignored, nothing, write
from formfill.errors import ExitCode, InvalidArchiveRulesError
from formfill.language import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from formfill.archive import Archive
    from formfill.archive.find import Criteria
    from formfill.archive.rules import Rules

_PATH = click.Path(path_type=Path, readable=False)


@click.group(help=_("L’archive : ajouter, chercher, montrer, exporter, vérifier, éliminer."))
def archive() -> None:
    """The archive."""


def _where(command: Callable[..., Any]) -> Callable[..., Any]:
    where = _("Fichier SQLite de l’archive, ou adresse d’une base (postgresql://…).")
    return click.option("--archive", "address", required=True, metavar="A", help=where)(command)


def _criteria(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, metavar, says in reversed(
        (
            ("--candidate", _("NOM"), _("Nom ou numéro du candidat, ou une partie.")),
            ("--session", _("ANNÉE"), _("Session.")),
            ("--form", "ID", _("Formulaire ; « - » pour ce qui n’est aucun formulaire connu.")),
            ("--finding", "CODE", _("Constat de la dernière lecture.")),
        )
    ):
        command = click.option(name, metavar=metavar, help=says)(command)
    return command


def _asked(words: tuple[str, ...], ids: tuple[str, ...] = (), **said: Any) -> Criteria:
    from formfill.archive.find import Criteria

    question = " ".join(words).strip()
    return Criteria(text=question or None, ids=ids, **said)


def _open(address: str, **more: Any) -> Archive:
    from formfill.archive import Archive

    return Archive(address, **more)


@archive.command("add", help=_("Archive des fichiers remis (ils sont lus) et des dossiers de résultats de « formfill run »."))
@click.argument("paths", nargs=-1, required=True, metavar=_("CHEMIN..."), type=_PATH)
@_where
@click.option(
    "--contents",
    metavar=_("DOSSIER"),
    help=_("Où garder les fichiers : dossier ou adresse (s3://…) ; à côté de l’archive par défaut."),
)
@click.option("--session", metavar=_("ANNÉE"), help=_("Session des formulaires qui ne la disent pas."))
@click.option("--candidate", metavar=_("NOM"), help=_("Candidat des formulaires qui ne le disent pas."))
@click.option("--quiet", is_flag=True, help=_("N’affiche que le bilan."))
def add(
    paths: tuple[Path, ...], address: str, *, contents: str | None, session: str | None, candidate: str | None, quiet: bool
) -> int:
    """Archives files and results; one bad file never stops the others."""
    from formfill import intake
    from formfill.supervise import Supervisor

    found = intake.look(paths)
    ignored(found.ignored)
    if not len(found):
        nothing(paths)
        return int(ExitCode.SOURCE)
    with _open(address, contents=contents, create=True) as opened, Supervisor() as see:
        count = 0

        def tick(one: intake.Taken) -> None:
            nonlocal count
            # files are counted, which may hold several forms
            count += one.part is None or one.part.index == 1
            if not quiet or one.put is None:
                click.echo(f"[{count}/{len(found)}] {text.taken(one)}", err=True)

        taken = intake.take(opened, found, session=session, candidate=candidate, see=see, tick=tick)
    echo_lines(text.added(taken))
    return intake.worst_of(taken)


@archive.command(
    "find", help=_("Cherche des enregistrements par les mots écrits, le candidat, la session, le formulaire, un constat.")
)
@click.argument("words", nargs=-1, metavar=_("[TEXTE]..."))
@_where
@_criteria
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help=_("Nombre de réponses au plus."))
@click.option("--json", "as_json", is_flag=True, help=_("Une ligne JSON par enregistrement."))
def find(words: tuple[str, ...], address: str, *, limit: int | None, as_json: bool, **said: Any) -> int:
    """Finds records; every word must be there, ``dupo*`` stands for all that begin so."""
    from formfill.archive.find import find as search

    with _open(address) as opened:
        found = search(opened, _asked(words, **said), limit=limit)
    if as_json:
        echo_lines(json.dumps(text.found_data(one), ensure_ascii=False) for one in found)
    elif found:
        echo_lines(text.found_table(found))
    else:
        click.echo(_("Aucun enregistrement."), err=True)
    return 0


@archive.command("show", help=_("Montre un enregistrement : lectures, fichiers, décisions, gels ; ou en ressort un fichier."))
@click.argument("wanted", metavar="ID")
@_where
@click.option("--json", "as_json", is_flag=True, help=_("Tout en JSON."))
@click.option("--get", "what", type=click.Choice(["original", "docx", "pdf", "xlsx", "record"]), help=_("Ressort ce fichier."))
@click.option("-o", "--output", type=_PATH, metavar=_("FICHIER"), help=_("Fichier à écrire ; « - » pour la sortie standard."))
def show(wanted: str, address: str, *, as_json: bool, what: str | None, output: Path | None) -> int:
    """Shows one record, or writes one of its files."""
    from formfill.archive.show import show as look
    from formfill.archive.show import wanted_file

    if (what is None) != (output is None):
        raise click.UsageError(_("--get et -o vont ensemble."))
    with _open(address) as opened:
        shown = look(opened, wanted)
        if what is not None and output is not None:
            write(output, wanted_file(opened, shown, what))
            return 0
    if as_json:
        click.echo(text.shown_json(shown))
    else:
        echo_lines(text.shown_text(shown))
    return 0


@archive.command("export", help=_("Exporte des enregistrements : BagIt ou SEDA 2.3, dans un dossier ou un fichier .zip."))
@click.argument("target", metavar="DST", type=_PATH)
@_where
@click.option("--bagit", "kind", flag_value="bagit", help=_("Un sac BagIt 1.0."))
@click.option("--seda", "kind", flag_value="seda", help=_("Un transfert SEDA 2.3 : manifest.xml et les fichiers."))
@click.option("--text", "words", multiple=True, metavar=_("MOTS"), help=_("Mots écrits dans le formulaire."))
@click.option("--id", "ids", multiple=True, metavar="ID", help=_("Cet enregistrement ; peut être répétée."))
@_criteria
@click.option("--config", type=_PATH, metavar=_("FICHIER"), help=_("Règles de l’archive ; A.toml par défaut."))
@click.option(
    "--pseudonymise",
    "key",
    type=_PATH,
    metavar=_("CLÉ"),
    help=_("Sans noms ni fichiers ; CLÉ est un fichier de 32 octets au moins."),
)
def export(
    target: Path,
    address: str,
    *,
    kind: str | None,
    words: tuple[str, ...],
    ids: tuple[str, ...],
    config: Path | None,
    key: Path | None,
    **said: Any,
) -> int:
    """Exports; what cannot be read stops everything, and nothing is left at the destination."""
    from formfill.archive.pseudonym import Pseudonyms, load_key
    from formfill.archive.show import full_ids

    if kind is None:
        raise click.UsageError(_("Choisissez --bagit ou --seda."))
    pseudonyms = Pseudonyms(load_key(key)) if key is not None else None
    with _open(address) as opened:
        criteria = _asked(words, full_ids(opened, ids), **said)
        if kind == "bagit":
            from formfill.archive.export_bagit import export_bagit

            count = export_bagit(opened, target, criteria, pseudonyms)
        else:
            from formfill.archive.export_seda import export_seda

            count = export_seda(opened, target, criteria, _rules(opened, config), pseudonyms)
    click.echo(text.exported(count, target))
    return 0


@archive.command(
    "verify", help=_("Relit toute l’archive : empreintes, enregistrements, journal. Sort avec 7 si quelque chose a changé.")
)
@_where
@click.option("--repair", is_flag=True, help=_("Répare ce qu’un arrêt brutal a pu laisser."))
@click.option("--json", "as_json", is_flag=True, help=_("Le résultat en JSON."))
def verify(address: str, *, repair: bool, as_json: bool) -> int:
    """Verifies everything."""
    from formfill.archive.verify import verify as check

    with _open(address) as opened:
        done = check(opened, repair=repair)
    echo_lines([text.verified_json(done)] if as_json else text.verified(done))
    return int(ExitCode.DONE if done.sound else ExitCode.ARCHIVE)


@archive.command("purge", help=_("Élimine ce que les règles ne demandent plus de garder, et en dresse la liste."))
@_where
@click.option("--dry-run", "dry", is_flag=True, help=_("Montre ce qui serait éliminé, ne change rien."))
@click.option("--yes", "sure", is_flag=True, help=_("Élimine. C’est définitif."))
@click.option("--config", type=_PATH, metavar=_("FICHIER"), help=_("Règles de l’archive ; A.toml par défaut."))
@click.option("--visa", metavar=_("RÉFÉRENCE"), help=_("Référence de l’autorisation d’éliminer, gardée avec la liste."))
@click.option("--list", "listed", type=_PATH, metavar=_("FICHIER.csv"), help=_("Écrit la liste d’élimination, sans noms."))
def purge(address: str, *, dry: bool, sure: bool, config: Path | None, visa: str | None, listed: Path | None) -> int:
    """Eliminates, or says what would be."""
    from formfill.archive.purge import purge as eliminate
    from formfill.archive.purge import survey

    if dry == sure:
        raise click.UsageError(_("Choisissez --dry-run (montrer) ou --yes (éliminer)."))
    with _open(address) as opened:
        rules = _rules(opened, config)
        if listed is not None:
            # a list that cannot be written must stop the elimination, not follow it
            write(listed, text.elimination_csv(survey(opened, rules).due))
        found = survey(opened, rules) if dry else eliminate(opened, rules, visa=visa)
    if listed is not None:
        write(listed, text.elimination_csv(found.due))
    echo_lines(text.purged(found, dry=dry))
    return 0


@archive.command("hold", help=_("Gèle des enregistrements : rien d’eux n’est éliminé tant que le gel n’est pas levé."))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_where
@click.option("--reason", required=True, metavar=_("MOTIF"), help=_("Pourquoi : recours, contentieux, enquête."))
def hold(ids: tuple[str, ...], address: str, *, reason: str) -> int:
    """Places a litigation hold."""
    from formfill.archive.settle import place_hold

    with _open(address) as opened:
        echo_lines(place_hold(opened, ids, reason))
    return 0


@archive.command("release", help=_("Lève le gel d’enregistrements."))
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@_where
def release(ids: tuple[str, ...], address: str) -> int:
    """Lifts litigation holds."""
    from formfill.archive.settle import lift_hold

    with _open(address) as opened:
        echo_lines(lift_hold(opened, ids))
    return 0


@archive.command(
    "journal", help=_("Montre le journal : qui a ajouté, vu, exporté ou éliminé quoi, sans noms. Une ligne JSON par action.")
)
@_where
def journal(address: str) -> int:
    """Prints the journal."""
    from formfill.archive.journal import lines

    with _open(address) as opened, opened.begin() as connection:
        # the archive is not held while a pager is read
        found = list(lines(connection))
    echo_lines(json.dumps(line._asdict(), ensure_ascii=False) for line in found)
    return 0


def _rules(opened: Archive, config: Path | None) -> Rules:
    from formfill.archive.rules import load_rules

    if config is None and opened.path is not None:
        beside = Path(f"{opened.path}.toml")
        config = beside if beside.is_file() else None
    if config is None:
        raise InvalidArchiveRulesError(
            where=opened.name,
            seen=_("cette archive n’a pas de règles."),
            advice=_("Écrivez-les dans un fichier TOML (le guide en montre un) et donnez-le par --config."),
        )
    return load_rules(config)
