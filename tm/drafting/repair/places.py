"""Places that the gazetteer knows as slots: provinces, cities and what is not spelt as it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tm.drafting.repair.slots import Slot
from tm.lexicon.places import place_names

__all__ = ["Places"]

_DIVISION = re.compile(r"(?:[\u4e00-\u9fff]{1,4}族|维吾尔){0,2}自治[区州县旗]|[省市县区州盟旗镇]")
_NATIONAL = re.compile(r"(?: [A-Z]\w+(?: and [A-Z]\w+)?)? Autonomous")
_LED = re.compile(r"(?:[-–—/]|\b(?:[Tt]he|[Aa]n?|[Ii]ts|[A-Z]\w+) )$")


class Places:
    """The known places of a Chinese text, without province, city or county, each as one slot."""

    def find(self, text: str) -> Iterator[Slot]:
        """The places, the longest name at each."""
        for found in _chinese().finditer(text):
            division = _DIVISION.match(text, found.end())
            yield Slot(
                name="place",
                start=found.start(),
                end=found.end(),
                text=found[0],
                key=place_names()[found[0]],
                kind=self,
                thing=division[0] if division else "",
            )

    def places(self, slot: Slot, english: str) -> Sequence[tuple[int, int]]:
        """Where one of the place's English names stands."""
        found = _english()[slot.text].finditer(english)
        return [match.span() for match in found]

    def write(self, old: Slot, new: Slot, english: str, place: tuple[int, int]) -> str | None:
        """The first English name of the new place; None where an article would come or go inside a name."""
        was, becomes = english[slice(*place)], place_names()[new.text][0]
        if old.thing != new.thing and re.match(r" [A-Z]", english[place[1] :]):
            return None
        if (old.thing != new.thing or "族" not in str(old.thing)) and _NATIONAL.match(english, place[1]):
            return None
        if _article(was) != _article(becomes) and _inside_a_name(english, place):
            return None
        first = was[0].isupper() and (_article(was) or place[0] == 0)
        return becomes[0].upper() + becomes[1:] if first else becomes


def _article(name: str) -> bool:
    return name[:4].lower() == "the "


def _inside_a_name(english: str, place: tuple[int, int]) -> bool:
    """True for what goes with the word before or after it: China-Germany, Germany Week, Germany's."""
    before, after = english[: place[0]], english[place[1] :]
    return _LED.search(before) is not None or re.match(r"[-–—/’']|\s[A-Z]", after) is not None


@cache
def _chinese() -> re.Pattern[str]:
    return re.compile("|".join(sorted(place_names(), key=len, reverse=True)))


@cache
def _english() -> Mapping[str, re.Pattern[str]]:
    return {
        zh: re.compile("|".join(rf"(?<!\w){_either_case(en)}(?!\w)" for en in names))
        for zh, names in place_names().items()
    }


def _either_case(name: str) -> str:
    """The name as a pattern, whose article may begin a sentence."""
    return f"[Tt]he {re.escape(name[4:])}" if _article(name) else re.escape(name)
