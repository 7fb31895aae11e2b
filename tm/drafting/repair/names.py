"""Names of persons and places that differ between two sources, found by how they are read.

A stretch that differs is a name when the characters of the old source, with their neighbours, read like
capitalised words of the English; the characters of the new source at the same place are then its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import rjieba

from tm.lexicon.persons import family_name, is_person, joined, person, readings, sure
from tm.lexicon.places import place_names
from tm.text.folding import is_han

__all__ = ["NameChange", "name_changes", "unknown_names"]

_MOST_AROUND = 3
_LONGEST = 8
_GAP = 2  # equal characters between two differences that one name may hold (王克强, 李克勤)
_WORD = re.compile(r"[A-Z]{2,}\b|[A-Z][a-zü]*(?:['’](?!s\b)[a-z]+)?(?:-[a-z]+)*")
_TITLE = re.compile(
    r"(?:(?:Mr|Ms|Mrs|Dr)\.?|Secretary|Governor|President|Minister|Chairman|Mayor|Director|Comrade) $"
)
_DIVISION = re.compile(r" (?:County|City|District|Town|Township|Village|Prefecture|Province|River|Lake)\b")
_MOST_WORDS = 3
_PLACE_ENDS = tuple("省市县区州旗盟镇乡村湖江河山岛湾港路桥站关海")
_NAMES = ("nr", "ns", "nt", "nz", "nrt", "nrfg")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameChange:
    """A name of the old source, where the English has it, and what stands there for the new one.

    `kind` is name or place; `old` and `new` are code points of the two sources. `written` is "" where the
    new name's spelling is not certain. `alone` are the places of the family name by itself, and what is to
    stand there.
    """

    kind: str
    old: tuple[int, int]
    new: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    written: str
    alone: tuple[tuple[int, int], ...] = ()
    family: str = ""


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


def unknown_names(old: str, new: str, rest: _Rest, known: Sequence[NameChange]) -> Iterator[NameChange]:
    """The differences that are names in both sources, but not among those that were found in the English."""
    left = [
        pair
        for pair in _regions(rest)
        if not any(n.old[0] <= pair[0][0] <= n.old[1] and n.new[0] <= pair[1][0] <= n.new[1] for n in known)
    ]
    if not left:
        return
    names = _tagged(old), _tagged(new)
    for before, after in left:
        here = [_over(stretch, places) for stretch, places in zip((before, after), names, strict=True)]
        if here[0] and here[1] and old[slice(*here[0])] != new[slice(*here[1])]:
            yield NameChange(kind="name", old=here[0], new=here[1], places=(), written="")


def _tagged(text: str) -> list[_Stretch]:
    """Where the words stand that are tagged as names."""
    found: list[_Stretch] = []
    start = 0
    for word, tag in rjieba.tag(text):
        if tag in _NAMES and len(word) > 1:
            found.append((start, start + len(word)))
        start += len(word)
    return found


def _over(stretch: _Stretch, names: Sequence[_Stretch]) -> _Stretch | None:
    """The first name that the stretch is in or part of."""
    return next((name for name in names if name[0] < stretch[1] and stretch[0] < name[1]), None)


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
        kind, places = _places_of(was, words, english)
        if places:
            count = english[slice(*places[0])].count(" ")
            places = [place for place in places if english[slice(*place)].count(" ") == count]
            follows = new[after[1] : after[1] + 1]
            written = _written(becomes, was, english[slice(*places[0])], follows, kind)
            change = NameChange(kind=kind, old=before, new=after, places=tuple(places), written=written)
            whole = written and kind == "name" and " " in written
            return _with_family(change, (was, becomes), words, english) if whole else change
    return None


def _with_family(
    change: NameChange, names: tuple[str, str], words: dict[str, list[_Stretch]], english: str
) -> NameChange:
    """The change with the mentions by family name alone: Mr. Peng, Peng said."""
    was, becomes = (family_name(name) for name in names)
    alone = [
        place
        for place in words.get(_letters(was), ())
        if not any(a <= place[0] and place[1] <= b for a, b in change.places)
        and not re.match(r" [A-Z]|-", english[place[1] :])
        and (
            english[: place[0]].endswith(". ")
            or not re.search(r"[A-Z]\w+ $", english[: place[0]])
            or _titled(english, place)
        )
    ]
    return replace(change, alone=tuple(alone), family=becomes)


def _titled(english: str, place: _Stretch) -> bool:
    return _TITLE.search(english[: place[0]]) is not None


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


def _divisions(name: str, found: list[_Stretch], english: str) -> list[_Stretch]:
    """The places found; of one character's reading only those that name a county or the like."""
    if len(name) > 1:
        return found
    return [place for place in found if _DIVISION.match(english, place[1])]


def _places_of(name: str, words: dict[str, list[_Stretch]], english: str) -> tuple[str, list[_Stretch]]:
    """Whether it is a place or another name, and where the English has it; nowhere when it is none."""
    for known in place_names().get(name, ()):
        if found := words.get(_letters(known)):
            return "place", found
    for letters in readings(name):
        if found := _divisions(name, words.get(letters, []), english):
            return ("name" if is_person(name) else "place"), found
    return "", []


# --- The new name ---------------------------------------------------------------------------------------


def _written(name: str, was: str, model: str, follows: str, kind: str) -> str:
    """The new name in the manner of the old one; "" when it may be no name or be read otherwise."""
    known = place_names().get(name)
    if known:
        return known[0] if was in place_names() or len(model.split()) == 1 else ""
    if len(model.split()) > 1:
        whole = kind == "name" and is_person(name) and sure(name, given=True) and _is_name(name, "")
        written = _in_capitals(person(name), model) if whole else ""
        return written if "ü" not in written.lower() or "ü" in model.lower() else ""
    return joined(name) if sure(name) and _is_name(name, follows) else ""


def _in_capitals(name: str, model: str) -> str:
    """The name, all of it or its family name in capitals as the old one is."""
    first, _, rest = name.partition(" ")
    family = model.partition(" ")[0]
    if len(family) > 1 and family.isupper():
        first = first.upper()
    return f"{first} {rest.upper() if model.isupper() else rest}"


def _is_name(name: str, follows: str) -> bool:
    """True for what is a name by itself or by what follows it, and no common word."""
    tags = rjieba.tag(name)
    if len(tags) == 1 and tags[0][1] in _NAMES:
        return True
    if len(tags) == 1 and not follows:
        return False
    return follows in _PLACE_ENDS or (len(tags) > 1 and is_person(name))
