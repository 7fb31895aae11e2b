"""Import of files into a working memory: all or nothing, and every unit accounted for."""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO

from tm.errors import ConfigError, ConflictError
from tm.formats import tmx
from tm.formats.registry import format_for
from tm.model import Header, Memory, Prop, Unit
from tm.project.import_report import FileReport, ImportReport, Issue, Tally
from tm.project.import_screen import Screen, illegal_character
from tm.store.ledger import Ledger, Policy, Verdict
from tm.store.lock import locked
from tm.store.memory import WORKING, digest, memory_name, open_memory, opened, refuse_built, save_memory
from tm.store.spool import Spool
from tm.version import __version__

__all__ = ["FileReport", "ImportReport", "Issue", "import_files"]

IMPORTED_FROM = "x-imported-from"
"""The prop that names the file a unit came from."""


def import_files(
    paths: Iterable[Path | str], into: Path | str, *, on_conflict: str = "add", dry_run: bool = False
) -> ImportReport:
    """What became of every unit of the files, which are in the memory now; after an error none of them is.

    `on_conflict` says what happens when the memory knows a source, in the same context, with another
    translation: add (keep both), overwrite, keep, or newest (by the date of change). The same files again
    change nothing. The memory is made when it is absent; a built one is a ConfigError.
    """
    into = Path(into)
    policy = _policy(on_conflict)
    hold: AbstractContextManager[None] = nullcontext() if dry_run else locked(into)
    with hold, closing(_Merge(into, policy)) as merge:
        for path in paths:
            merge.read(Path(path))
        if merge.changed and not dry_run:
            merge.save()
        return merge.report()


def _policy(name: str) -> Policy:
    try:
        return Policy(name)
    except ValueError as error:
        raise ConfigError(
            _("there is no way to solve conflicts by the name {name}").format(name=name),
            hint=_("Choose one of: {names}").format(names=", ".join(Policy)),
        ) from error


class _Merge:
    """One import under way: the memory's ledger, and the units accepted so far."""

    def __init__(self, into: Path, policy: Policy) -> None:
        refuse_built(into)
        self._into = into
        self._before = digest(into)
        self._memory = open_memory(into, whole=True) if self._before else _new_memory(into)
        self._ledger = Ledger(policy)
        self._ids = _Ids()
        for unit in self._memory.units:
            self._ledger.know(unit)
            self._ids.take(unit.id)
        self._tallies: list[Tally] = []
        self._accepted = Spool()
        self._verdicts: list[Verdict] = []
        self._files = array("L")

    def close(self) -> None:
        """Gives back what was put aside."""
        self._accepted.close()

    @property
    def changed(self) -> bool:
        """True when there is anything to save."""
        return len(self._accepted) > 0

    def read(self, path: Path) -> None:
        """Judges every unit of a file; FormatError when the file or its languages cannot be used."""
        tally, screen = Tally(str(path)), Screen(self._memory.header)
        self._tallies.append(tally)
        with opened(path) as stream:
            for unit in _units(stream, path, screen, tally):
                reason, illegal = screen.reason(unit), illegal_character(unit)
                if illegal:
                    text = _("it has a character that TMX forbids: {character}").format(character=illegal)
                    tally.refuse(unit.line, unit.id, text, kind="failed")
                elif reason:
                    tally.refuse(unit.line, unit.id, reason)
                else:
                    self._judge(unit, tally)
        screen.look_at_file(path)

    def save(self) -> None:
        """Writes the memory with what was accepted."""
        save_memory(self._into, replace(self._memory, units=self._merged()), expected_digest=self._before)

    def report(self) -> ImportReport:
        """The numbers so far."""
        return ImportReport.of(tuple(tally.report() for tally in self._tallies))

    def _judge(self, unit: Unit, tally: Tally) -> None:
        verdict, displaced = self._ledger.judge(unit, len(self._accepted))
        if verdict is Verdict.KEPT:
            tally.refuse(unit.line, unit.id, _("the memory has another translation, which is kept"))
        elif verdict is Verdict.OLDER:
            tally.refuse(unit.line, unit.id, _("nothing says that it is newer than another translation"))
        else:
            tally.accept(verdict)
        if verdict in {Verdict.ADDED, Verdict.UPDATED}:
            self._accepted.append(_with_provenance(replace(unit, id=self._ids.fresh(unit)), tally.file))
            self._verdicts.append(verdict)
            self._files.append(len(self._tallies) - 1)
        if displaced >= 0:
            reason = _("a newer translation comes with the same import")
            earlier = self._tallies[self._files[displaced]]
            earlier.take_back(self._verdicts[displaced], self._accepted[displaced], reason)

    def _merged(self) -> Iterator[Unit]:
        """The units of the memory, those updated in their old places, and then those added."""
        updates = self._ledger.guests()
        count = 0
        for place, unit in enumerate(self._memory.units):
            count += 1
            yield replace(self._accepted[updates[place]], id=unit.id) if place in updates else unit
        if count != len(self._ledger):
            raise ConflictError(
                _("somebody else has changed it meanwhile"), path=self._into, hint=_("Nothing was saved.")
            )
        for number in self._ledger.added():
            yield self._accepted[number]


class _Ids:
    """The unit ids of a memory, which stay unique."""

    def __init__(self) -> None:
        self._taken: set[int] = set()  # of hashes: a million texts are too many
        self._repeats: Counter[str] = Counter()

    def take(self, name: str) -> None:
        """Notes an id that is in use."""
        self._taken.add(hash(name))

    def fresh(self, unit: Unit) -> str:
        """The unit's id, with a number when it is in use; made from the source where there is none."""
        base = unit.id or _made_id(unit)
        name = base
        while hash(name) in self._taken:
            self._repeats[base] += 1
            name = f"{base}.{self._repeats[base] + 1}"
        self.take(name)
        return name


def _units(stream: BinaryIO, path: Path, screen: Screen, tally: Tally) -> Iterator[Unit]:
    """The units of a file in the memory's languages; what the reader itself leaves out is counted."""
    known = format_for(str(path), "read")
    if known.reader is not tmx.read:
        for unit in known.reader(stream, path=str(path)):
            yield replace(unit, extra=None)  # what another format knows of it means nothing in a TMX
        return

    def skip(skipped: tmx.Skipped) -> None:
        screen.see_languages(skipped.languages)
        tally.refuse(skipped.line, skipped.unit, skipped.reason)

    yield from tmx.read(stream, path=str(path), on_skip=skip)


def _new_memory(path: Path) -> Memory:
    header = Header(kind=WORKING, tool="tm", tool_version=__version__)
    return Memory(name=memory_name(path), header=header, units=())


def _with_provenance(unit: Unit, file: str) -> Unit:
    """The unit with the name of the file it came from first."""
    if any(prop.type == IMPORTED_FROM for prop in unit.props):
        return unit
    return replace(unit, props=(*unit.props, Prop(type=IMPORTED_FROM, text=Path(file).name)))


def _made_id(unit: Unit) -> str:
    made = hashlib.sha256(unit.source.text.encode("utf-8")).hexdigest()[:8]
    return f"{unit.origin.release}/{made}" if unit.origin.release else made
