"""The quick way for units without a fault: those built exactly as one that was found to be clean.

A unit is cut at its tags. Tags that are the same, letter by letter, as those of a clean unit have the same
faults: none. Only ids and dates may differ, and are looked at; so are the texts, for everything that a text
alone can have wrong. Whatever is not plainly clean goes the slow way, which alone finds faults; but for
units that stood before, which are found here too: a memory may hold hundreds of thousands of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from operator import itemgetter

from tm.formats.tmx_fields import parse_date
from tm.formats.tmx_rules import content
from tm.formats.tmx_rules.rule import Problem
from tm.formats.tmx_validate_dates import DATES
from tm.formats.tmx_validate_scan import TAG
from tm.formats.tmx_validate_text import ILLEGAL
from tm.formats.tmx_validate_tree import Node
from tm.formats.tmx_validate_unit import Known, text_mark, tuid_mark
from tm.formats.tmx_validate_window import Window

__all__ = ["Quick"]

_CUT = re.compile(r"(<[^>]*+>)")
_SUSPECT = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)|]]>|\ufffd|锟")
_PAIR = re.compile(r"[ \t\r\n]([A-Za-z:-]+)[ \t\r\n]*=[ \t\r\n]*(?:\"([^\"]*)\"|'([^']*)')")
_TUID = re.compile(r"[ \t\r\n](?=tuid[ \t\r\n]*=)")
_END = re.compile(r"</[a-z]++[ \t\r\n]*+>")
_FREE = frozenset({"tuid", "creationid", "changeid"})
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut", "sub"})
_LONGEST = 1 << 17
_REMEMBERED = 1 << 14
_BLANK = " \t\r\n\u00a0\u3000"


@dataclass(slots=True)
class _Shape:
    """Where in a unit of this build what stands: blanks between tags, and the text of each seg."""

    blanks: Callable[[list[str]], tuple[str, ...]]
    segs: tuple[tuple[int, int, str], ...]
    texts: tuple[tuple[int, ...], ...]
    langs: tuple[str, ...]
    seen: int = 0


class Quick:
    """Takes units from the window as long as they are clean; `learn` teaches it what clean is.

    `found` gets a unit that stood before, with its tuid.
    """

    def __init__(self, window: Window, known: Known, found: Callable[[Problem, str], None]) -> None:
        self._window = window
        self._known = known
        self._found = found
        self._shapes: dict[tuple[str, ...], _Shape] = {}
        self._tags: dict[str, str] = {}
        self._illegal_until = 0

    def take(self, at: int) -> int:
        """The offset behind the unit that begins here, if it is clean; else -1."""
        window = self._window
        text, start = window.text, at - window.base
        end = text.find("</tu>", start, start + _LONGEST) + 5
        if end < 5:
            return -1
        raw = text[start:end]
        parts = _CUT.split(raw)
        first = self._first(parts[1])
        if first is None:
            return -1
        tags = parts[1::2]
        key = self._key(tags, first[0])
        shape = self._shapes.get(key) if key is not None else None
        if shape is None or not self._clean(raw, parts, shape):
            return -1
        self._repeats(parts, shape, first[1], at)
        shape.seen += 1
        return end + window.base

    def counts(self) -> tuple[int, Counter[str]]:
        """How many units were taken, and their tuvs by language."""
        languages: Counter[str] = Counter()
        for shape in self._shapes.values():
            for lang in shape.langs:
                languages[lang] += shape.seen
        return sum(shape.seen for shape in self._shapes.values()), languages

    def learn(self, node: Node) -> None:
        """Remembers how a unit is built that was found to be clean."""
        raw = self._window.slice(node.start, node.end)
        if len(self._shapes) >= _REMEMBERED or not raw.endswith("</tu>") or "<!" in raw or "<?" in raw:
            return
        parts = _CUT.split(raw)
        tags = parts[1::2]
        first = self._first(tags[0])
        if first is None or not all(TAG.fullmatch(tag) or _END.fullmatch(tag) for tag in tags):
            return
        key = self._key(tags, first[0])
        if key is not None and key not in self._shapes:
            self._shapes[key] = _shape(tags, len(parts), node)

    def _first(self, tag: str) -> tuple[str, str] | None:
        """What matters of the tag of a tu, and its tuid."""
        if TAG.fullmatch(tag) is None or "&" in tag:
            return None
        pairs = [(name, one or other) for name, one, other in _PAIR.findall(tag)]
        kept = _kept(pairs)
        if kept is None:
            return None
        tuid = next((value for name, value in pairs if name == "tuid"), "")
        return f"<tu{kept}>", tuid

    def _key(self, tags: list[str], first: str) -> tuple[str, ...] | None:
        """The build of a unit: its tags, without what may differ; None when it cannot be told."""
        known = self._tags
        found = [first]
        for tag in tags[1:]:
            plain = known.get(tag)
            if plain is None:
                plain = _plain(tag)
                if plain is None:
                    return None
                if len(known) > _REMEMBERED:
                    known.clear()
                known[tag] = plain
            found.append(plain)
        return tuple(found)

    def _clean(self, raw: str, parts: list[str], shape: _Shape) -> bool:
        """True when no text of the unit has a fault."""
        if "".join(shape.blanks(parts)).strip(" \t\r\n") or _SUSPECT.search(raw) or ILLEGAL.search(raw):
            return False
        seen = []
        for places in shape.texts:
            text = parts[places[0]] if len(places) == 1 else "".join([parts[place] for place in places])
            if not text or "&lt;" in text or text[0] in _BLANK or text[-1] in _BLANK or text in seen:
                return False
            seen.append(text)
        return True

    def _repeats(self, parts: list[str], shape: _Shape, tuid: str, at: int) -> None:
        """Remembers the texts and the tuid of a unit, and says which of them stood before."""
        texts = [
            (lang, parts[begin] if end == begin + 1 else "".join(parts[begin:end]))
            for begin, end, lang in shape.segs
        ]
        known = self._known
        line = self._window.place(at)[0]
        first = known.texts.first(text_mark(texts), line) if len(texts) > 1 else 0
        if first:
            self._found(content.duplicate_unit(at, first), tuid)
        first = known.tuids.first(tuid_mark(tuid), line) if tuid else 0
        if first and (place := _TUID.search(parts[1])):
            self._found(content.tuid_twice(at + place.end(), tuid, first), tuid)


def _plain(tag: str) -> str | None:
    """A tag as it counts for the build: as it stands, but for ids and dates of a tuv."""
    if not tag.startswith("<tuv"):
        return tag
    if TAG.fullmatch(tag) is None or "&" in tag:
        return None
    kept = _kept([(name, one or other) for name, one, other in _PAIR.findall(tag)])
    return None if kept is None else f"<tuv{kept}>"


def _kept(pairs: list[tuple[str, str]]) -> str | None:
    """The attributes that count for the build, written out; None when one of them has to be looked at."""
    kept = []
    dates = {}
    for name, value in pairs:
        if name in DATES:
            if parse_date(value) is None:
                return None
            dates[name] = value
        if name in dates or name in _FREE:
            kept.append(name)
        else:
            kept.append(f'{name}="{value}"')
    if len(pairs) > 1 and len({name for name, _value in pairs}) < len(pairs):
        return None
    if dates.get("changedate", "9") < dates.get("creationdate", ""):
        return None
    return " " + " ".join(kept) if kept else ""


def _shape(tags: list[str], count: int, node: Node) -> _Shape:
    """Where what stands, told by the tags: part 2k + 2 is the text behind tag k."""
    langs = [tuv.get("xml:lang") or tuv.get("lang") or "" for tuv in node.named("tuv")]
    blanks = [0]
    segs: list[tuple[int, int, str]] = []
    texts: list[tuple[int, ...]] = []
    own: list[int] = []
    inside = coded = begin = 0
    for number, tag in enumerate(tags):
        name, part, step = tag.strip("</>").split(None, 1)[0].rstrip("/"), 2 * number + 2, _step(tag)
        if name == "seg" and step > 0:
            begin, own = part, []
        elif name == "seg":
            segs.append((begin if step else part - 1, part - 1, langs[len(segs)]))
            texts.append(tuple(own))
        coded += step if name in _CODES else 0
        inside += step if name in {"seg", "note", "prop"} else 0
        if inside and not coded:
            own.append(part)
        elif not inside and part < count:
            blanks.append(part)
    return _Shape(itemgetter(*blanks, 0), tuple(segs), tuple(texts), tuple(lang for lang in langs if lang))


def _step(tag: str) -> int:
    """What a tag adds to the depth."""
    return -1 if tag.startswith("</") else 0 if tag.endswith("/>") else 1
