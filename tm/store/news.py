"""What a unit that is known already brings besides its texts: a higher status, notes, a later change."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tm.model import Note, Status, Unit

__all__ = ["News", "Told", "instant"]

_RANKS = {status: rank for rank, status in enumerate(Status)}
_USUAL = _RANKS[Status.TRANSLATED]
_NEVER = -(1 << 62)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is to change in a unit: None and () = nothing of the kind."""

    status: Status | None = None
    notes: tuple[Note, ...] = ()
    changed: datetime.datetime | None = None
    changer: str = ""

    def after(self, earlier: News) -> News:
        """The news of both, where this one is the later."""
        dated = self if self.changed else earlier
        return News(
            status=self.status or earlier.status,
            notes=(*earlier.notes, *self.notes),
            changed=dated.changed,
            changer=dated.changer,
        )

    def applied(self, unit: Unit) -> Unit:
        """The unit with the news in it."""
        origin = unit.origin
        if self.changed:
            origin = replace(origin, changed=self.changed, changer=self.changer)
        return replace(
            unit, status=self.status or unit.status, notes=(*unit.notes, *self.notes), origin=origin
        )


class Told:
    """What is known of the unit in each place: in few bytes, and of the texts of notes only hashes.

    A status counts when it is higher; with `overwrite`, the first one of an import that is not the usual
    counts whatever it is, and no later one does. So the same units a second time bring nothing.
    """

    def __init__(self, *, overwrite: bool) -> None:
        self._overwrite = overwrite
        self._ranks = bytearray()
        self._moments = array("q")
        self._notes: dict[int, set[int]] = {}
        self._decided: set[int] = set()

    def know(self, unit: Unit, place: int, *, own: bool = False) -> None:
        """Takes in the unit that stands in a place now; `own` = the memory had it before."""
        rank, moment = _RANKS[unit.status], instant(unit)
        if place == len(self._ranks):
            self._ranks.append(rank)
            self._moments.append(moment)
        else:
            self._ranks[place], self._moments[place] = rank, moment
            self._notes.pop(place, None)
        if unit.notes:
            self._notes[place] = {_content(note) for note in unit.notes}
        if self._overwrite and not own and rank != _USUAL:
            self._decided.add(place)

    def news(self, unit: Unit, place: int) -> News | None:
        """What a unit of the same texts brings to the one in this place, which has it from now on."""
        status = self._status(_RANKS[unit.status], place)
        notes = self._new_notes(unit.notes, place) if unit.notes else ()
        origin = unit.origin
        if not (origin.changed and instant(unit) > self._moments[place]):
            return News(status=status, notes=notes) if status or notes else None
        self._moments[place] = instant(unit)
        return News(status=status, notes=notes, changed=origin.changed, changer=origin.changer)

    def _status(self, rank: int, place: int) -> Status | None:
        known = self._ranks[place]
        wanted = rank > known
        if self._overwrite:
            wanted = place not in self._decided and (wanted or (rank not in (_USUAL, known)))
            if rank != _USUAL:
                self._decided.add(place)
        if not wanted:
            return None
        self._ranks[place] = rank
        return tuple(Status)[rank]

    def _new_notes(self, notes: Iterable[Note], place: int) -> tuple[Note, ...]:
        known = self._notes.get(place, set())
        found = {_content(note): note for note in notes if note.text.strip()}
        new = {key: note for key, note in found.items() if key not in known}
        if new:
            self._notes[place] = known | new.keys()
        return tuple(new.values())


def instant(unit: Unit) -> int:
    """Seconds of the last change, before all others where it is not known; without a zone it is UTC."""
    moment = unit.origin.changed or unit.origin.created
    if moment is None:
        return _NEVER
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=datetime.UTC)
    return int(moment.timestamp())


def _content(note: Note) -> int:
    """A note by its words: what else is said of it does not outlast every format."""
    return hash(" ".join(note.text.split()))
