"""Names of persons and places that differ between two sources, found by how they are read.

A stretch that differs is a name when the characters of the old source, with their neighbours, read like
capitalised words of the English; the characters of the new source at the same place are then its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import rjieba

from tm.lexicon.persons import is_person, joined, person, readings
from tm.lexicon.places import place_names
from tm.text.folding import is_han

__all__ = ["NameChange", "name_changes"]

_MOST_AROUND = 3
_LONGEST = 8
_GAP = 2  # equal characters between two differences that one name may hold (王克强, 李克勤)
_WORD = re.compile(r"[A-Z][a-zü]*(?:['’][a-z]+)?(?:-[a-z]+)*")
_MOST_WORDS = 3
_PLACE_ENDS = tuple("省市县区州旗盟镇乡村湖江河山岛湾港路桥站关湖海")
_NAMES = ("nr", "ns", "nt", "nz", "nrt", "nrfg")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChange:
    """A name of the old source, where the English has it, and what stands there for the new one.

    `kind` is name or place; `old` and `new` are code points of the two sources. `written` is "" where the
    new name's spelling is not certain.
    """

    kind: str
    old: tuple[int, int]
    new: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    written: str


_Stretch = tuple[int, int]
_Rest = Sequence[tuple[_Stretch, _Stretch]]


def name_changes(old: str, new: str, rest: _Rest, english: str) -> list[NameChange]:
    """The differences of the two sources that are names, with their places in the English."""
    if not rest:
        return []
    words = _english_names(english)
    found: list[NameChange] = []
    regions = _regions(rest)
    n = 0
    while n < len(regions):
        change, taken = _longest(old, new, regions[n:], words, english)
        if change:
            found.append(change)
        n += taken
    return found


def _longest(
    old: str, new: str, regions: _Rest, words: dict[str, list[_Stretch]], english: str
) -> tuple[NameChange | None, int]:
    """The name that begins with the first difference, over as many differences as it may hold."""
    for count in range(len(regions), 0, -1):
        span = regions[:count]
        if all(b[0][0] - a[0][1] <= _GAP for a, b in pairwise(span)):
            stretch = ((span[0][0][0], span[-1][0][1]), (span[0][1][0], span[-1][1][1]))
            change = _name(old, new, stretch, words, english)
            if change:
                return change, count
    return None, 1


def _name(
    old: str, new: str, stretch: tuple[_Stretch, _Stretch], words: dict[str, list[_Stretch]], english: str
) -> NameChange | None:
    for before, after in _windows(old, new, stretch):
        was, becomes = old[slice(*before)], new[slice(*after)]
        kind, places = _places_of(was, words)
        if places:
            follows = new[after[1] : after[1] + 1]
            written = _written(becomes, was, english[slice(*places[0])], follows, kind)
            return NameChange(kind=kind, old=before, new=after, places=tuple(places), written=written)
    return None


def _windows(old: str, new: str, stretch: tuple[_Stretch, _Stretch]) -> Iterator[tuple[_Stretch, _Stretch]]:
    """The stretch with its neighbours, which are the same in both sources, the longest window first."""
    (a, b), (c, d) = stretch
    left = _shared(old[max(0, a - _MOST_AROUND) : a][::-1], new[max(0, c - _MOST_AROUND) : c][::-1])
    right = _shared(old[b : b + _MOST_AROUND], new[d : d + _MOST_AROUND])
    sizes = sorted(
        ((one, other) for one in range(left + 1) for other in range(right + 1)), key=lambda s: (-sum(s), s)
    )
    for one, other in sizes:
        before, after = (a - one, b + other), (c - one, d + other)
        least = 1 if old[b + other : b + other + 1] in _PLACE_ENDS else 2
        short = all(least <= stop - start <= _LONGEST for start, stop in (before, after))
        if short and all(map(is_han, old[slice(*before)] + new[slice(*after)])):
            yield before, after


def _shared(one: str, other: str) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs or not is_han(mine):
            break
        count += 1
    return count


def _regions(rest: _Rest) -> list[tuple[_Stretch, _Stretch]]:
    return [pair for pair in rest if pair[0][0] < pair[0][1] or pair[1][0] < pair[1][1]]


# --- The English ----------------------------------------------------------------------------------------


def _english_names(english: str) -> dict[str, list[_Stretch]]:
    """Capitalised words and runs of up to three of them by their letters, with their places."""
    words = list(_WORD.finditer(english))
    found: dict[str, list[_Stretch]] = {}
    for first in range(len(words)):
        for last in range(first, min(first + _MOST_WORDS, len(words))):
            if last > first and english[words[last - 1].end() : words[last].start()] != " ":
                break
            stretch = (words[first].start(), words[last].end())
            found.setdefault(_letters(english[slice(*stretch)]), []).append(stretch)
    return found


def _letters(name: str) -> str:
    return re.sub(r"[^a-zü]", "", name.lower()).replace("ü", "u")


def _places_of(name: str, words: dict[str, list[_Stretch]]) -> tuple[str, list[_Stretch]]:
    """Whether it is a place or another name, and where the English has it; nowhere when it is none."""
    for known in place_names().get(name, ()):
        if found := words.get(_letters(known)):
            return "place", found
    for letters in readings(name):
        if found := words.get(letters):
            kind = "name" if is_person(name) and found[0] else "place"
            return kind, found
    return "", []


# --- The new name ---------------------------------------------------------------------------------------


def _written(name: str, was: str, model: str, follows: str, kind: str) -> str:
    """The new name in the manner of the old one; "" when it may be no name or be read otherwise."""
    known = place_names().get(name)
    if known:
        return known[0] if was in place_names() or len(model.split()) == 1 else ""
    if len(model.split()) > 1:
        return person(name) if kind == "name" and is_person(name) and _is_name(name, "") else ""
    return joined(name) if _is_name(name, follows) else ""


def _is_name(name: str, follows: str) -> bool:
    """True for what is a name by itself or by what follows it, and no common word."""
    tags = rjieba.tag(name)
    if len(tags) == 1 and tags[0][1] in _NAMES:
        return True
    if len(tags) == 1 and not follows:
        return False
    return follows in _PLACE_ENDS or (len(tags) > 1 and is_person(name))
