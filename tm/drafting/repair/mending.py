"""A matched translation mended for a new source: what differs is exchanged where its place is certain."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tm.drafting.repair.agreement import with_article, with_noun
from tm.drafting.repair.names import NameChange, name_changes, unknown_names
from tm.drafting.repair.slots import Change, Changes, Kind, changes
from tm.model import Edit
from tm.text.numbers import Kind as ValueKind
from tm.text.numbers import Value
from tm.text.quantities_compare import compare_texts

__all__ = ["Repair", "repair"]

_TERM = "term"
_COUNTED = frozenset({ValueKind.COUNT, ValueKind.MEASURE, ValueKind.DURATION, ValueKind.POINT})

_RANGE = re.compile(r"[至到—–~～－-]{1,2}")
_VALUES = frozenset({"number", "date"})

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What became of a matched translation.

    `edits` were made in `target`; `missed` are changes that the source asks for and that could not be placed
    with certainty (Chinese before and after). `complete` is true when nothing else differs between the
    sources and nothing was missed.
    """

    target: str
    edits: tuple[Edit, ...] = ()
    missed: tuple[Edit, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mend:
    """One stretch of the English and what is to stand there."""

    kind: str
    place: Stretch
    written: str


def repair(source: str, matched: str, english: str, kinds: Sequence[Kind]) -> Repair:
    """The English of the matched source, mended for the source; unchanged when nothing can be exchanged.

    Values, terms and names that differ are exchanged where the English says the old one at a place that is
    certain; everything else is left as it is, and what should have been exchanged is listed.
    """
    found = changes(matched, source, kinds)
    names = name_changes(matched, source, found.rest, english)
    mends: list[_Mend] = []
    missed: list[Edit] = []
    for groups in _together(list(_groups(found)), matched):
        each = [_mended(group, found, english) for group in groups]
        for group, mended in zip(groups, each, strict=True):
            mends += mended if all(each) else []
            missed += [] if all(each) else _missed_slots(group)
    for change in names:
        made = _named(change, english)
        mends += made
        if not made:
            missed.append(_missed_name(change, matched, source))
    missed += [
        _missed_name(change, matched, source) for change in unknown_names(matched, source, found.rest, names)
    ]
    mends, lost = _apart(mends, english)
    missed += lost
    if _makes_wrong((matched, source), english, mends, missed, other=bool(found.rest or found.loose)):
        mends = [mend for mend in mends if mend.kind not in _VALUES]
        missed += [edit for group in _groups(found) for edit in _missed_slots(group) if edit.kind in _VALUES]
    whole = not missed and _nothing_else(found, names)
    if not whole and any(mend.kind == _TERM for mend in mends):  # a term fits only where all else fits
        mends = [mend for mend in mends if mend.kind != _TERM]
        missed += [edit for group in _groups(found) for edit in _missed_slots(group) if edit.kind == _TERM]
    edits = tuple(Edit(kind=m.kind, before=english[slice(*m.place)], after=m.written) for m in mends)
    return Repair(
        target=_applied(english, mends),
        edits=edits,
        missed=tuple(dict.fromkeys(missed)),
        complete=bool(edits) and whole,
    )


def _nothing_else(found: Changes, names: Iterable[NameChange]) -> bool:
    """True when all that differs outside of slots is inside names that were exchanged."""
    inside = [change for change in names if change.written]
    return all(
        any(n.old[0] <= a and b <= n.old[1] and n.new[0] <= c and d <= n.new[1] for n in inside)
        for (a, b), (c, d) in found.rest
    )


def _makes_wrong(
    both: tuple[str, str], english: str, mends: Sequence[_Mend], missed: Sequence[Edit], *, other: bool
) -> bool:
    """True when the values of the mended English agree with the source less than they must.

    With nothing missed and no `other` difference of the sources, as well as those of the matched pair did;
    else better than without the mends.
    """
    matched, source = both
    if not any(mend.kind in _VALUES for mend in mends):
        return False
    after = _faults(source, _applied(english, mends))
    if other or any(edit.kind in _VALUES for edit in missed):
        return after > 0 and after >= _faults(source, english)
    return after > 0 and after > _faults(matched, english)


def _faults(source: str, english: str) -> int:
    """How many values of the two texts do not agree."""
    found = compare_texts(source, english)
    return len(found.missing) + len(found.extra) + len(found.differing) + len(found.swapped) // 2


# --- Slots ----------------------------------------------------------------------------------------------


def _groups(found: Changes) -> Iterator[list[Change]]:
    """The changes of one old meaning together, those that need something; they share their places."""
    groups: dict[object, list[Change]] = defaultdict(list)
    for change in found.pairs:
        groups[change.old.key].append(change)
    for group in groups.values():
        if any(change.needed for change in group):
            yield group


def _together(groups: list[list[Change]], matched: str) -> list[list[list[Change]]]:
    """The groups, with those together that are the ends of one range: both are exchanged or none."""
    joined: list[list[list[Change]]] = []
    for group in groups:
        near = [one for one in joined if _ends_of_a_range(one, group, matched)]
        joined = [one for one in joined if one not in near]
        joined.append([*(part for one in near for part in one), group])
    return joined


def _ends_of_a_range(groups: list[list[Change]], group: list[Change], matched: str) -> bool:
    others = [change.old for one in groups for change in one]
    return any(
        _RANGE.fullmatch(matched[min(a.end, b.end) : max(a.start, b.start)]) is not None
        for a in others
        for b in (change.old for change in group)
    )


def _missed_slots(group: Iterable[Change]) -> list[Edit]:
    return [Edit(kind=c.old.name, before=c.old.text, after=c.new.text) for c in group if c.needed]


def _mended(group: list[Change], found: Changes, english: str) -> list[_Mend]:
    """What to write for a group of changes from one meaning; nothing unless all of it is certain."""
    old = group[0].old
    places = sorted(old.kind.places(old, english))
    if not places or any(slot.key == old.key for slot in found.loose):
        return []
    wanted = {change.new.key for change in group}
    if len(wanted) == 1:
        pairs = [(group[0], place) for place in places] if _all_meant(group, places) else []
    elif len(places) == len(group) and _in_order(found, english):
        pairs = list(zip(group, places, strict=True))
    else:
        pairs = []
    mends = [_written(change, place, english) for change, place in pairs if change.needed]
    return [mend for mend in mends if mend] if all(mends) else []


def _all_meant(group: list[Change], places: Sequence[Stretch]) -> bool:
    """True when every place must mean these slots: there are as many, or the value is unmistakable."""
    if len(places) == len(group):
        return True
    value = group[0].old.thing
    if len(places) < len(group) or not isinstance(value, Value):
        return len(places) < len(group) or not isinstance(value, Value)
    return value.kind is ValueKind.DATE or value.figure >= 100 or value.figure.denominator != 1


def _in_order(found: Changes, english: str) -> bool:
    """True when the slots that stand at one place each stand in the same order in both languages."""
    last = -1
    for change in found.pairs:
        places = change.old.kind.places(change.old, english)
        if len(places) == 1:
            if places[0][0] < last:
                return False
            last = places[0][0]
    return True


def _written(change: Change, place: Stretch, english: str) -> _Mend | None:
    written = change.old.kind.write(change.old, change.new, english, place)
    if written is None:
        return None
    old, new = change.old.thing, change.new.thing
    if isinstance(old, Value) and isinstance(new, Value) and old.kind in _COUNTED:
        fitted = with_noun(english, place, written, old=old.figure, new=new.figure)
        if fitted is None:
            return None
        place, written = fitted
    place, written = with_article(english, place, written)
    return _Mend(kind=change.old.name, place=place, written=written)


# --- Names ----------------------------------------------------------------------------------------------


def _named(change: NameChange, english: str) -> list[_Mend]:
    if not change.written:
        return []
    mends = []
    for place in change.places:
        where, written = with_article(english, place, change.written)
        mends.append(_Mend(kind=change.kind, place=where, written=written))
    mends += [_Mend(kind=change.kind, place=place, written=change.family) for place in change.alone]
    return mends


def _missed_name(change: NameChange, matched: str, source: str) -> Edit:
    return Edit(kind=change.kind, before=matched[slice(*change.old)], after=source[slice(*change.new)])


# --- All of them ----------------------------------------------------------------------------------------


def _apart(mends: Iterable[_Mend], english: str) -> tuple[list[_Mend], list[Edit]]:
    """The mends in order; those that overlap are one where they change other words, else none is made."""
    kept: list[_Mend] = []
    lost: list[Edit] = []
    for mend in sorted(dict.fromkeys(mends), key=lambda one: one.place):
        if not kept or mend.place[0] >= kept[-1].place[1]:
            kept.append(mend)
        elif both := _both(kept[-1], mend, english):
            kept[-1] = both
        else:
            spoilt = [each for each in (kept.pop(), mend) if each.kind]
            lost += [Edit(kind=m.kind, before=english[slice(*m.place)], after=m.written) for m in spoilt]
            stop = max(mend.place[1], *(each.place[1] for each in spoilt))
            kept.append(_Mend(kind="", place=(mend.place[0], stop), written=""))
    return [mend for mend in kept if mend.kind], lost


def _both(one: _Mend, other: _Mend, english: str) -> _Mend | None:
    """Two mends of one place as one, if each changes other words of it: the month and the year."""
    words = [text.split(" ") for text in (english[slice(*one.place)], one.written, other.written)]
    if one.place != other.place or len({len(each) for each in words}) > 1:
        return None
    chosen = []
    for was, mine, theirs in zip(*words, strict=True):
        if was not in (mine, theirs):
            return None
        chosen.append(theirs if mine == was else mine)
    return replace(one, written=" ".join(chosen))


def _applied(english: str, mends: Sequence[_Mend]) -> str:
    parts: list[str] = []
    last = 0
    for mend in mends:
        parts += [english[last : mend.place[0]], mend.written]
        last = mend.place[1]
    return "".join([*parts, english[last:]])
