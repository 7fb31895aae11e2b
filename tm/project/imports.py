"""Import of files into a working memory: all or nothing, and every unit accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import BinaryIO

from tm.errors import ConfigError, ConflictError
from tm.formats import tmx
from tm.formats.registry import format_for
from tm.model import Header, Memory, Prop, Unit
from tm.project.import_report import FileReport, ImportReport, Issue, Tally
from tm.project.import_screen import Screen, illegal_character
from tm.store.cache import Stamp, stamp
from tm.store.ledger import Ledger, Policy, Verdict
from tm.store.lock import locked
from tm.store.memory import WORKING, digest, memory_name, open_memory, opened, refuse_built, save_memory
from tm.store.spool import Spool
from tm.version import __version__

__all__ = ["FileReport", "ImportReport", "Issue", "import_files"]

IMPORTED_FROM = "x-imported-from"
"""The prop that names the file a unit came from."""


def import_files(
    paths: Iterable[Path | str],
    into: Path | str,
    *,
    on_conflict: str = "add",
    dry_run: bool = False,
    timeout: float = 10,
) -> ImportReport:
    """What became of every unit of the files, which are in the memory now; after an error none of them is.

    `on_conflict` says what happens when the memory knows a source, in the same context, with another
    translation: add (keep both), overwrite, keep, or newest (only what is newer, by the date of change, than
    every translation there takes the place of one). The same files again change nothing. The memory is made
    when it is absent; a built one is a ConfigError. One that another program is writing is waited for up to
    `timeout` seconds; then LockedError says who that is.
    """
    into = Path(into)
    policy = _policy(on_conflict)
    hold: AbstractContextManager[None] = nullcontext() if dry_run else locked(into, timeout=timeout)
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


@dataclass(slots=True)
class _File:
    """A file of the import: what its units are counted by, and what it looked like when it was read."""

    path: Path
    tally: Tally
    stamp: Stamp
    first: int
    """The number of its first unit among all that come in."""


class _Merge:
    """One import under way. Files are read twice: once to judge their units, once to write them.

    So nothing of the units is held but a ledger of digests and the few that replace others.
    """

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
        self._files: list[_File] = []
        self._number = 0
        self._updates = Spool()
        self._spooled: dict[int, int] = {}
        self._revocable: dict[int, tuple[Tally, Verdict, Issue]] | None = (
            {} if policy is Policy.NEWEST else None
        )
        self.changed = False

    def close(self) -> None:
        """Gives back what was put aside."""
        self._updates.close()

    def read(self, path: Path) -> None:
        """Judges every unit of a file; FormatError when the file or its languages cannot be used."""
        tally, screen = Tally(str(path)), Screen(self._memory.header)
        with opened(path) as stream:
            self._files.append(_File(path, tally, stamp(path), self._number))
            foreign = not _is_tmx(path)  # a TMX that was read has no character that it may not have
            for unit in _units(stream, path, partial(_skip, screen, tally)):
                self._number += 1
                reason, illegal = screen.reason(unit), foreign and illegal_character(unit)
                if illegal:
                    text = _("it has a character that TMX forbids: {character}").format(character=illegal)
                    tally.refuse(unit.line, unit.id, text, kind="failed")
                elif reason:
                    tally.refuse(unit.line, unit.id, reason)
                else:
                    self._judge(unit, self._number - 1, tally)
        screen.look_at_file(path)

    def save(self) -> None:
        """Writes the memory with what was accepted."""
        save_memory(self._into, replace(self._memory, units=self._merged()), expected_digest=self._before)

    def report(self) -> ImportReport:
        """The numbers so far."""
        return ImportReport.of(tuple(file.tally.report() for file in self._files))

    def _judge(self, unit: Unit, number: int, tally: Tally) -> None:
        verdict, displaced = self._ledger.judge(unit, number)
        if verdict is Verdict.KEPT:
            tally.refuse(unit.line, unit.id, _("the memory has another translation, which is kept"))
            return
        if verdict is Verdict.OLDER:
            tally.refuse(unit.line, unit.id, _("it has no date that makes it newer than another translation"))
            return
        tally.accept(verdict)
        if verdict is Verdict.UPDATED:
            self._spooled[number] = len(self._updates)
            self._updates.append(_with_provenance(unit, Path(tally.file).name))
        self.changed = self.changed or verdict is not Verdict.UNCHANGED
        if self._revocable is not None and verdict is not Verdict.UNCHANGED:
            self._revoke(displaced)
            reason = _("a newer translation comes with the same import")
            issue = Issue(file=tally.file, line=unit.line, unit=unit.id, reason=reason)
            self._revocable[number] = (tally, verdict, issue)

    def _revoke(self, number: int) -> None:
        """Takes back the verdict on a unit that another one has displaced."""
        if self._revocable and number in self._revocable:
            tally, verdict, issue = self._revocable.pop(number)
            tally.take_back(verdict, issue)

    def _merged(self) -> Iterator[Unit]:
        """The units of the memory, those updated in their old places, and then those added."""
        places = self._ledger.guests()
        count = 0
        for place, unit in enumerate(self._memory.units):
            count += 1
            yield (
                replace(self._updates[self._spooled[places[place]]], id=unit.id) if place in places else unit
            )
        if count != len(self._ledger):
            raise _changed(self._into)
        yield from self._added()

    def _added(self) -> Iterator[Unit]:
        """The units that come in and stand in places of their own, from their files."""
        wanted = self._ledger.added()
        following = next(wanted, None)
        for file in self._files:
            with opened(file.path) as stream:
                if stamp(file.path) != file.stamp:
                    raise _changed(file.path)
                for number, unit in enumerate(_units(stream, file.path, _forget), start=file.first):
                    if number == following:
                        following = next(wanted, None)
                        yield _with_provenance(unit, file.path.name, self._ids.fresh(unit))
                if stamp(file.path) != file.stamp:
                    raise _changed(file.path)


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


def _units(stream: BinaryIO, path: Path, skip: Callable[[tmx.Skipped], None]) -> Iterator[Unit]:
    """The units of a file; what the TMX reader itself leaves out goes to `skip`."""
    if _is_tmx(path):
        yield from tmx.read(stream, path=str(path), on_skip=skip)
        return
    for unit in format_for(str(path), "read").reader(stream, path=str(path)):
        yield replace(unit, extra=None)  # what another format knows of it means nothing in a TMX


def _is_tmx(path: Path) -> bool:
    return format_for(str(path), "read").reader is tmx.read


def _skip(screen: Screen, tally: Tally, skipped: tmx.Skipped) -> None:
    screen.see_languages(skipped.languages)
    tally.refuse(skipped.line, skipped.unit, skipped.reason)


def _forget(_skipped: tmx.Skipped) -> None:
    """Nothing: it was counted when the file was read first."""


def _changed(path: Path) -> ConflictError:
    return ConflictError(
        _("somebody else has changed it meanwhile"),
        path=path,
        hint=_("Nothing was saved. Run the command again."),
    )


def _new_memory(path: Path) -> Memory:
    header = Header(kind=WORKING, tool="tm", tool_version=__version__)
    return Memory(name=memory_name(path), header=header, units=())


def _with_provenance(unit: Unit, file: str, name: str = "") -> Unit:
    """The unit with the name of the file it came from first, and with an id if one is given."""
    props = unit.props
    if not any(prop.type == IMPORTED_FROM for prop in props):
        props = (*props, Prop(type=IMPORTED_FROM, text=file))
    return replace(unit, id=name or unit.id, props=props)


def _made_id(unit: Unit) -> str:
    made = hashlib.sha256(unit.source.text.encode("utf-8")).hexdigest()[:8]
    return f"{unit.origin.release}/{made}" if unit.origin.release else made
