"""What a batch says while it works: a bar on a terminal, a line now and then elsewhere, or JSON events."""

from __future__ import annotations

import json
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import click

from formfill.cli._files import ignored as name_ignored
from formfill.language import gettext as _
from formfill.language import ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from formfill.bulk.journal import Tally

EVERY: Final = 10.0
"""Seconds between two lines, where there is no terminal."""
NAMED: Final = 20
"""Files that are no documents, named one by one; the others are counted."""


class Teller:
    """Says events; each kind of output is a subclass."""

    def __init__(self) -> None:
        self._ignored = 0

    def __call__(self, event: Mapping[str, object]) -> None:
        """Says an event of :class:`formfill.bulk.job.Job`."""
        getattr(self, f"_{event['event']}")(event)

    def ignored(self, name: str) -> None:
        """A file of a folder is no document."""
        self._ignored += 1
        if self._ignored <= NAMED:
            name_ignored([name])

    def interrupted(self, tally: Tally) -> None:
        """The batch was asked to stop."""
        words = _("Interrompu : {done} fichiers sur {total} sont faits. Reprenez par la même commande, avec --resume.")
        click.echo(words.format(done=tally.total - tally.left, total=tally.total), err=True)

    def _listing(self, event: Mapping[str, Any]) -> None: ...

    def _start(self, event: Mapping[str, Any]) -> None: ...

    def _file(self, event: Mapping[str, Any]) -> None: ...

    def _end(self, event: Mapping[str, Any]) -> None:
        click.echo(event["report"])


class _Quiet(Teller):
    def ignored(self, name: str) -> None:
        """Nothing is said of it."""


class _Json(Teller):
    def __call__(self, event: Mapping[str, object]) -> None:
        click.echo(json.dumps(event, ensure_ascii=False))

    def ignored(self, name: str) -> None:
        self({"event": "ignored", "name": name})

    def interrupted(self, tally: Tally) -> None:
        super().interrupted(tally)
        self({"event": "interrupted", "total": tally.total, "done": tally.done, "refused": tally.refused})


class _Lines(Teller):
    """A line for each refused file, and now and then how far it is."""

    def __init__(self) -> None:
        super().__init__()
        self._total = self._before = self._count = 0
        self._since = self._said = time.monotonic()

    def _listing(self, event: Mapping[str, Any]) -> None:
        if self._due():
            click.echo(_("{count} fichiers trouvés…").format(count=event["found"]), err=True)

    def _start(self, event: Mapping[str, Any]) -> None:
        if self._ignored > NAMED:
            words = ngettext("… et {count} autre fichier ignoré.", "… et {count} autres fichiers ignorés.", self._ignored - NAMED)
            click.echo(words.format(count=self._ignored - NAMED), err=True)
        self._total = event["total"]
        self._before = self._count = event["done"] + event["refused"]
        self._since = time.monotonic()
        words = ngettext("{total} fichier, dont {count} déjà fait.", "{total} fichiers, dont {count} déjà faits.", self._total)
        click.echo(words.format(total=self._total, count=self._count), err=True)

    def _file(self, event: Mapping[str, Any]) -> None:
        self._count += 1
        if "message" in event:
            click.echo(_("Refusé – {message}").format(message=event["message"]), err=True)
        if self._due():
            click.echo(self._far(), err=True)

    def _due(self) -> bool:
        now = time.monotonic()
        if now - self._said < EVERY:
            return False
        self._said = now
        return True

    def _far(self) -> str:
        rate = (self._count - self._before) / max(time.monotonic() - self._since, 1e-3)
        left = int((self._total - self._count) / rate) if rate else 0
        words = _("[{count}/{total}] {rate} fichiers par seconde, encore {left}")
        return words.format(count=self._count, total=self._total, rate=f"{rate:.1f}", left=_clock(left))

    def _end(self, event: Mapping[str, Any]) -> None:
        words = ngettext("{done} fichier lu, {refused} refusé(s).", "{done} fichiers lus, {refused} refusé(s).", event["done"])
        click.echo(words.format(done=event["done"], refused=event["refused"]), err=True)
        super()._end(event)


class _Bar(_Lines):
    """The same with a bar; it takes the place of the lines."""

    def __init__(self, bar: Any) -> None:
        super().__init__()
        self._bar = bar
        self._task = bar.add_task(_("Recherche des fichiers"), total=None, far="")

    def _listing(self, event: Mapping[str, Any]) -> None:
        self._bar.update(self._task, completed=event["found"])

    def _start(self, event: Mapping[str, Any]) -> None:
        super()._start(event)
        self._bar.reset(self._task, total=self._total, completed=self._count, description=_("Lecture"), far="")

    def _file(self, event: Mapping[str, Any]) -> None:
        self._said = time.monotonic()
        super()._file(event)
        self._bar.update(self._task, completed=self._count, far=self._far())


def _clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


@contextmanager
def teller(*, quiet: bool, as_json: bool) -> Iterator[Teller]:
    """What says the events of a batch."""
    if as_json or quiet:
        yield _Json() if as_json else _Quiet()
        return
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[far]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar)
