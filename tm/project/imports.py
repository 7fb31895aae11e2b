"""Import of files into a working memory: all or nothing, and every unit accounted for."""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import replace
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import NamedTuple

from tm.errors import ConfigError, ConflictError
from tm.formats import tmx
from tm.formats.registry import format_for
from tm.model import Header, Memory, Prop, Status, Unit
from tm.project.import_gauge import Gauge
from tm.project.import_ids import Ids
from tm.project.import_report import FileReport, ImportReport, Issue, Tally
from tm.project.import_screen import Screen, illegal_character, odd_dates
from tm.store.ledger import Ledger, Policy, Verdict
from tm.store.lock import locked
from tm.store.memory import WORKING, digest, memory_name, open_memory, opened, refuse_built, save_memory
from tm.store.news import News, Told
from tm.store.spool import Pieces, Spool
from tm.version import __version__

__all__ = ["FileReport", "ImportReport", "Issue", "import_files"]

IMPORTED_FROM = "x-imported-from"
"""The prop that names the file a unit came from."""
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What a name of a file may hold and a TMX may not."""
_TELLING = frozenset({Policy.ADD, Policy.OVERWRITE})
"""With these a unit of known texts brings status, notes and later change; with `newest` the date decides."""


def import_files(  # noqa: PLR0913 - what can be said of an import
    paths: Iterable[Path | str],
    into: Path | str,
    *,
    on_conflict: str = "add",
    dry_run: bool = False,
    strict: bool = False,
    timeout: float = 10,
    progress: Callable[[int], None] | None = None,
) -> ImportReport:
    """What became of every unit of the files, which are in the memory now; after an error none of them is.

    `on_conflict` says what happens when the memory knows a source, in the same context, with another
    translation: add (keep both), overwrite, keep, or newest (only what is newer, by the date of change, than
    every translation there takes the place of one). With add and overwrite, a unit of which both texts are
    known brings what it has besides: a higher status (overwrite: any that is not the usual one), notes that
    are not there, a later change. The same files again change nothing. With `strict` a unit
    of a TMX is taken only when the file says that its source language is the memory's. The memory is made
    when it is absent, with the header of the first file; a built one is a ConfigError. One that another
    program is writing is waited for up to `timeout` seconds; then LockedError says who that is. `progress` is
    called with the number of further bytes read of the files.
    """
    into = Path(into)
    policy = _policy(on_conflict)
    hold: AbstractContextManager[None] = nullcontext() if dry_run else locked(into, timeout=timeout)
    with hold, closing(_Merge(into, policy)) as merge:
        for path in paths:
            merge.read(Path(path), strict=strict, progress=progress)
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
    """One import under way. Every file is read once: what is accepted of it is written at once and put aside.

    So nothing of the units is held but a ledger of hashes and the few that replace others.
    """

    def __init__(self, into: Path, policy: Policy) -> None:
        refuse_built(into)
        self._into = into
        self._before = digest(into)
        self._memory = open_memory(into, whole=True) if self._before else _new_memory(into)
        self._begun = bool(self._before)
        self._policy = policy
        self._ledger = Ledger(policy)
        self._ids = Ids()
        self._told = Told(overwrite=policy is Policy.OVERWRITE) if policy in _TELLING else None
        self._news: dict[int, News] = {}
        for place, unit in enumerate(self._memory.units):
            self._ledger.know(unit)
            if self._told:
                self._told.know(unit, place, own=True)
            self._ids.take(unit.id)
        self._tallies: list[Tally] = []
        self._number = 0
        self._updates = Spool()
        self._spooled: dict[int, int] = {}
        self._added = Pieces(into.parent)
        self._numbers = array("q")
        self._revocable: dict[int, _Accepted] = {}
        self.changed = False

    def close(self) -> None:
        """Gives back what was put aside."""
        self._updates.close()
        self._added.close()

    def read(self, path: Path, *, strict: bool, progress: Callable[[int], None] | None = None) -> None:
        """Judges every unit of a file, or of every TMX in a zip; FormatError when one cannot be used."""
        with opened(path) as stream:
            reader = format_for(str(path), "read").reader
            gauge = Gauge(stream, progress)
            foreign = reader is not tmx.read
            members = ("",) if foreign or not stream.seekable() else tmx.members(stream, path=str(path))
            for member in members:
                stream.seek(0)
                name = f"{path}/{member}" if member else str(path)
                tally, screen = Tally(name), Screen()
                self._tallies.append(tally)
                skip = partial(_skip, screen, tally)
                if foreign:
                    memory = _without_extra(reader(stream, path=name))
                else:
                    memory = tmx.read(
                        stream, path=name, member=member, strict=strict, keep=False, on_skip=skip
                    )
                memory = replace(memory, units=gauge.watched(memory.units))
                self._take(memory, tally, screen, foreign=foreign)
                screen.look_at_file(Path(name))

    def _take(self, memory: Memory, tally: Tally, screen: Screen, *, foreign: bool) -> None:
        """Judges every unit of a memory that comes in."""
        self._begin(memory.header, foreign=foreign)
        writer = tmx.TmxWriter(self._memory.header)
        for unit in memory.units:
            self._number += 1
            reason, illegal = screen.reason(unit), foreign and illegal_character(unit)
            if illegal:
                text = _("it has a character that TMX forbids: {character}").format(character=illegal)
                tally.refuse(unit.line, unit.id, text, kind="failed")
            elif reason:
                tally.refuse(unit.line, unit.id, reason)
            else:
                self._judge(unit, tally, writer)

    def save(self) -> None:
        """Writes the memory with what was accepted."""
        memory = replace(self._memory, units=self._merged())
        save_memory(self._into, memory, expected_digest=self._before, ready=self._ready())

    def report(self) -> ImportReport:
        """The numbers so far."""
        return ImportReport.of(tuple(tally.report() for tally in self._tallies))

    def _begin(self, header: Header, *, foreign: bool) -> None:
        """A new memory has the header of the TMX that is the first to come in."""
        if not self._begun and not foreign:
            header = tmx.of_working_memory(header, self._memory.header)
            self._memory = replace(self._memory, header=header)
        self._begun = True

    def _judge(self, unit: Unit, tally: Tally, writer: tmx.TmxWriter) -> None:
        number = self._number - 1
        verdict, displaced = self._ledger.judge(unit, number)
        if verdict is Verdict.UNCHANGED:
            tally.accept(self._amended(unit, tally))
        elif verdict is Verdict.KEPT:
            tally.refuse(unit.line, unit.id, _("the memory has another translation, which is kept"))
        elif verdict is Verdict.OLDER:
            tally.refuse(unit.line, unit.id, _("it has no date that makes it newer than another translation"))
        else:
            tally.accept(verdict)
            self._remark(unit, tally)
            self.changed = True
            if self._told:
                self._told.know(unit, self._ledger.place)
            if self._policy is Policy.NEWEST:
                self._revoke(displaced)
            name = self._put(unit, verdict, writer, tally)
            if self._policy is Policy.NEWEST:
                self._revocable[number] = _Accepted(tally, verdict, unit.line, unit.id, name)

    def _amended(self, unit: Unit, tally: Tally) -> Verdict:
        """The verdict on a unit of which source and target are known: what else it brings is put aside."""
        place = self._ledger.place
        if not self._told or place < 0:
            if self._policy is Policy.NEWEST and (unit.notes or unit.status is not Status.TRANSLATED):
                reason = _("its translation is known and it is not newer: its status and notes are not taken")
                tally.remark(unit.line, unit.id, reason)
            return Verdict.UNCHANGED
        news = self._told.news(unit, place)
        if news is None:
            return Verdict.UNCHANGED
        self._remark(unit, tally)
        earlier = self._news.get(place)
        self._news[place] = news.after(earlier) if earlier else news
        self.changed = True
        return Verdict.UPDATED

    def _remark(self, unit: Unit, tally: Tally) -> None:
        """Says what of a unit is taken as it stands although it cannot be right."""
        for name, text in odd_dates(unit):
            reason = _("{name} is no date: {text}; it is kept as it is").format(name=name, text=text)
            tally.remark(unit.line, unit.id, reason)

    def _put(self, unit: Unit, verdict: Verdict, writer: tmx.TmxWriter, tally: Tally) -> str:
        """The id that a unit has got for itself: "" when it takes the place of another. It is put aside."""
        number = self._number - 1
        if verdict is Verdict.UPDATED:
            self._spooled[number] = len(self._updates)
            self._updates.append(_with_provenance(unit, tally.name, unit.id))
            return ""
        self._numbers.append(number)
        name = self._ids.fresh(unit)
        self._added.append(writer.units((_with_provenance(unit, tally.name, name),)))
        return name

    def _revoke(self, number: int) -> None:
        """Takes back the verdict on a unit that another one has displaced."""
        accepted = self._revocable.pop(number, None)
        if accepted:
            if accepted.name:
                self._ids.release(accepted.name)
            reason = _("a newer translation comes with the same import")
            issue = Issue(file=accepted.tally.file, line=accepted.line, unit=accepted.unit, reason=reason)
            accepted.tally.take_back(accepted.verdict, issue)

    def _merged(self) -> Iterator[Unit]:
        """The units of the memory, those updated in their old places."""
        places = self._ledger.guests()
        count = 0
        for place, unit in enumerate(self._memory.units):
            count += 1
            if place in places:
                stands = tmx.in_place_of(unit, self._updates[self._spooled[places[place]]])
            else:
                stands = unit
            news = self._news.get(place)
            yield news.applied(stands) if news else stands
        if count != len(self._ledger):
            raise _changed(self._into)

    def _ready(self) -> Iterator[bytes]:
        """The units that stand in places of their own, as they were written."""
        if self._policy is not Policy.NEWEST:
            return self._amended_pieces() if self._news else iter(self._added)
        wanted = set(self._ledger.added())
        return self._added.chosen(at for at, number in enumerate(self._numbers) if number in wanted)

    def _amended_pieces(self) -> Iterator[bytes]:
        """The same where later units of the import had news of some of them: those are written again."""
        writer = tmx.TmxWriter(self._memory.header)
        for number, piece in enumerate(self._added.chosen(iter(range(len(self._added))))):
            news = self._news.get(len(self._ledger) + number)
            if news is None:
                yield piece
            else:
                alone = io.BytesIO(b"".join((writer.head(), piece, *writer.end())))
                again = tmx.read(alone, keep=False, known=self._memory.header)
                yield writer.units([news.applied(unit) for unit in again]) or piece


class _Accepted(NamedTuple):
    """A unit that was accepted, and may be displaced by a newer one."""

    tally: Tally
    verdict: Verdict
    line: int
    unit: str
    name: str


def _without_extra(memory: Memory) -> Memory:
    """The memory without what another format knows of its units besides, which means nothing in a TMX."""
    return replace(memory, units=(replace(unit, extra=None) for unit in memory.units))


def _skip(screen: Screen, tally: Tally, skipped: tmx.Skipped) -> None:
    screen.see_languages(skipped.languages)
    tally.refuse(skipped.line, skipped.unit, skipped.reason)


def _changed(path: Path) -> ConflictError:
    return ConflictError(
        _("somebody else has changed it meanwhile"),
        path=path,
        hint=_("Nothing was saved. Run the command again."),
    )


def _new_memory(path: Path) -> Memory:
    header = Header(kind=WORKING, tool="tm", tool_version=__version__)
    return Memory(name=memory_name(path), header=header, units=())


def _with_provenance(unit: Unit, file: str, name: str) -> Unit:
    """The unit with this id and the name of the file it came from first."""
    props = unit.props
    for prop in props:
        if prop.type == IMPORTED_FROM:
            break
    else:
        props = (*props, Prop(type=IMPORTED_FROM, text=_UNWRITABLE.sub("\ufffd", file)))
    return Unit(  # `replace` would take twice as long, for every unit of a million
        id=name,
        source=unit.source,
        target=unit.target,
        origin=unit.origin,
        context=unit.context,
        status=unit.status,
        notes=unit.notes,
        props=props,
        others=unit.others,
        extra=unit.extra,
        line=unit.line,
    )
