"""Where one form of a document ends and the next begins: the runs of atoms that are a form. Pure.

The shortest run that is a form by itself is found first; a run that shows again what the one before shows is another copy. Then
each takes what is around it: what shows more of its form, tables that begin as its first one does, and what goes on after it.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from formfill.errors import AmbiguousFormError
from formfill.recognise import Recognised, recognise
from formfill.text import normalise

if TYPE_CHECKING:
    from formfill.model.form import Form
    from formfill.parts._atoms import Atoms
    from formfill.parts._signs import Signs

LONGEST: Final = 12
"""Most atoms over which a form is looked for before it is known: its tables, or its pages."""
SAME: Final = 0.85
"""Share of what a run shows that the one before shows too, from which it is another copy of the form and not the rest of it."""
LEAST: Final = 1e-9
"""Score from which something shows more of a form."""
TELLING: Final = 20
"""Characters of a printed text from which it is the form's own, and no page number."""


class Run(NamedTuple):
    """Atoms that follow each other and are one form."""

    first: int
    last: int
    form: Form
    copies: int = 1
    """How many times over it shows what the form prints."""
    begun: int = 0
    """The first atom of the last of these."""


class Cut:
    """Finds the runs of one document."""

    def __init__(self, atoms: Atoms, signs: Signs, name: str) -> None:
        self.atoms = atoms
        self.known = signs.forms
        self.name = name
        self.alive = [bool(shown) for shown in signs.shown]

    def runs(self) -> list[Run]:
        """The runs, each with the atoms around it that are its own."""
        runs = self._found()
        if len(runs) == 1:
            whole = self._look(0, self.atoms.count - 1).form
            if whole is not None and whole.id != runs[0].form.id:
                return []
        if runs:
            runs[0] = self._rest_before(self._more_before(runs[0], -1, 0), -1, 0)
        for index in range(1, len(runs)):
            runs[index - 1 : index + 1] = self._shared(runs[index - 1], self._from_page(runs[index - 1], runs[index]))
        # what shows more of a form is its own, on either side; then what goes on belongs to the form before
        for step in (self._more_after, self._more_before, self._rest_after, self._rest_before):
            for index in range(len(runs)):
                before = runs[index - 1].last if index else -1
                after = runs[index + 1].first if index + 1 < len(runs) else self.atoms.count
                runs[index] = step(runs[index], before, after)
        return [part for run in runs for part in self._by_heads(run)]

    def _by_heads(self, run: Run) -> list[Run]:
        """A run cut where a table begins as its first one does, when each part is the form and shows what the others show."""
        head = self.atoms.head(run.first)
        begins = [index for index in range(run.first, run.last + 1) if head and self.atoms.head(index) == head]
        ends = [*(index - 1 for index in begins[1:]), run.last]
        parts = [run._replace(first=first, last=last, begun=first) for first, last in zip(begins, ends, strict=False)]
        for one, two in pairwise(parts):
            if self._overlap(one, two.first, two.last) < SAME:
                return [run]
        forms = [self._look(part.first, part.last).form for part in parts]
        copies = run.form.recognition.copies
        if len(parts) <= copies or len(parts) % copies or any(form is None or form.id != run.form.id for form in forms):
            return [run]
        return [parts[at]._replace(last=parts[at + copies - 1].last) for at in range(0, len(parts), copies)]

    def _look(self, first: int, last: int) -> Recognised:
        try:
            return recognise(self.atoms.document(set(range(first, last + 1))), self.known, name=self.name)
        except AmbiguousFormError:
            # more of it may tell
            return Recognised(None, None, 1.0, None)

    def _score(self, form: Form, first: int, last: int) -> float:
        return recognise(self.atoms.document(set(range(first, last + 1))), [form], name=self.name).score

    def _found(self) -> list[Run]:
        runs: list[Run] = []
        for last in range(self.atoms.count):
            run = self._ending(last, runs[-1].last + 1 if runs else 0)
            if run is None:
                continue
            before = runs[-1] if runs else None
            if before is None or before.form.id != run.form.id:
                runs.append(run)
            elif not self._again(before, run):
                runs[-1] = before._replace(last=last)
            elif before.copies < run.form.recognition.copies:
                runs[-1] = before._replace(last=last, copies=before.copies + 1, begun=run.first)
            else:
                runs.append(run)
        return runs

    def _ending(self, last: int, low: int) -> Run | None:
        """The shortest run that ends here and is a form."""
        if not self.alive[last]:
            return None
        for first in range(last, max(low, last - LONGEST + 1) - 1, -1):
            if not self.alive[first] and (first == last or self.atoms.page(first) != self.atoms.page(first + 1)):
                continue
            if (form := self._look(first, last).form) is not None:
                while first < last and not self.alive[first + 1] and self._is(form, first + 1, last):
                    # a title that says nothing by itself was passed over
                    first += 1
                return Run(first, last, form, begun=first)
        return None

    def _is(self, form: Form, first: int, last: int) -> bool:
        found = self._look(first, last).form
        return found is not None and found.id == form.id

    def _again(self, before: Run, run: Run) -> bool:
        """Whether a run shows again nearly all that the run before shows, or the other way round.

        A run that begins a table is looked at with the rest of that table too: its titles may be better written than those before.
        """
        ends = dict.fromkeys((run.last, self.atoms.table_end(run.first, run.last)))
        return any(self._overlap(before, run.first, last) >= SAME for last in ends)

    def _overlap(self, before: Run, first: int, last: int) -> float:
        """The share of what some atoms show of the form that those before show too, or the other way round."""
        one, two = self._score(before.form, before.begun, first - 1), self._score(before.form, first, last)
        least = min(one, two)
        return (one + two - self._score(before.form, before.begun, last)) / least if least > 0 else 0.0

    def _shared(self, one: Run, two: Run) -> tuple[Run, Run]:
        """Two runs with what ends the first given to the second, when it begins so and the first shows no less without it."""
        left, right = self._score(one.form, one.first, one.last), self._beginning(two, two.first)
        if one.form.id == two.form.id and (head := self.atoms.head(one.first)):
            # the same form begins with the same words
            for first in range(two.first, one.begun, -1):
                if self.atoms.head(first) == head and self._score(one.form, one.first, first - 1) >= left - LEAST:
                    return one._replace(last=min(one.last, first - 1)), two._replace(first=first)
        for first in range(min(one.last, two.first - 1), one.first, -1):
            if self._score(one.form, one.first, first - 1) < left - LEAST:
                break
            if self.alive[first] and (more := self._beginning(two, first)) > right + LEAST:
                one, two, right = one._replace(last=first - 1), two._replace(first=first), more
        return one, two

    def _from_page(self, one: Run, two: Run) -> Run:
        """The second of two runs with what stands above it on its first page, unless the first run reaches that page.

        A form begins on a page of its own, but where a table goes on from the page before, or shows more of the form before.
        """
        page = self.atoms.page(two.first)
        if page is None or page == self.atoms.page(one.last):
            return two
        top = next(index for index in range(one.last + 1, two.first + 1) if self.atoms.page(index) == page)
        left = self._score(one.form, one.first, top - 1)
        for first in range(two.first - 1, top - 1, -1):
            if self.atoms.is_cut_before(first):
                break
            more = self._beginning(two, first) > self._beginning(two, two.first) + LEAST
            if not more and self._score(one.form, one.first, first) > left + LEAST:
                break
            two = two._replace(first=first)
        return two

    def _beginning(self, run: Run, first: int) -> float:
        """What the first copy of a run shows when it begins with an atom."""
        return self._score(run.form, first, run.last if run.copies == 1 else run.begun - 1)

    def _more_after(self, run: Run, _before: int, after: int) -> Run:
        own = self._score(run.form, run.first, run.last)
        for last in range(run.last + 1, after):
            if self.alive[last] and (more := self._score(run.form, run.first, last)) > own + LEAST:
                run, own = run._replace(last=last), more
        return run

    def _more_before(self, run: Run, before: int, _after: int) -> Run:
        own = self._beginning(run, run.first)
        for first in range(run.first - 1, before, -1):
            if self.alive[first] and (more := self._beginning(run, first)) > own + LEAST:
                run, own = run._replace(first=first), more
        return run

    def _rest_after(self, run: Run, _before: int, after: int) -> Run:
        while run.last + 1 < after and self._goes_on(run):
            run = run._replace(last=run.last + 1)
        return run

    def _rest_before(self, run: Run, before: int, _after: int) -> Run:
        while run.first - 1 > before and self.atoms.page(run.first - 1) == self.atoms.page(run.first):
            run = run._replace(first=run.first - 1)
        return run

    def _goes_on(self, run: Run) -> bool:
        """Whether what follows a run belongs to it, though it shows nothing of the form."""
        page = self.atoms.page(run.last + 1)
        if page == self.atoms.page(run.last) or not run.form.recognition.closed:
            return True
        return self.atoms.is_cut_before(run.last + 1) or any(self._prints(run.form, text) for text in self.atoms.text_of(page))

    def _prints(self, form: Form, text: str) -> bool:
        key = normalise(text)
        return len(key) >= TELLING and any(fnmatchcase(key, pattern) for pattern in form.printed)
