"""One unit, whole: its elements, its languages, its codes, and what its texts say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tm.formats.safe_xml import UNIT_LIMIT
from tm.formats.tmx_rules import codes, content, structure, values, xml
from tm.formats.tmx_rules.rule import Edit, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_codes import check_pairs, differing, inventory
from tm.formats.tmx_validate_elements import check_tree
from tm.formats.tmx_validate_languages import related
from tm.formats.tmx_validate_schema import Schema
from tm.formats.tmx_validate_seen import Seen
from tm.formats.tmx_validate_tree import Node
from tm.formats.tmx_validate_window import Window

__all__ = ["Known", "Tuv", "check_unit", "text_mark", "tuid_mark", "tuvs_of"]

_BLANK = " \t\r\n\u00a0\u3000"
_WORDS = re.compile(r"[^\W\d_]{2,}")
_HAN = re.compile(r"[\u3400-\u9fff]")
_MARKUP = re.compile(
    r"</?(?:b|i|u|em|strong|span|a|br|p|font|sup|sub|div|img|li|ul|td|tr|bpt|ept|ph|g|x)\b(?![^<>]{0,3}[=+]\s)[^<>]{0,120}>"
)
_DAMAGED = re.compile("\ufffd+|锟斤拷")
_MISREAD = frozenset({"file", "path"})


@dataclass(slots=True)
class Known:
    """What is known of the file while its units are checked; lines are those where something stood first."""

    schema: Schema
    srclang: str = ""
    texts: Seen = field(default_factory=Seen)
    tuids: Seen = field(default_factory=Seen)


@dataclass(slots=True)
class Tuv:
    """A variant of a unit: its language as spelt, its first seg, and the seg's text without codes."""

    node: Node
    lang: str
    seg: Node | None
    text: str = ""
    raw: str = ""


def check_unit(node: Node, known: Known, window: Window, line: int) -> Iterator[Problem]:
    """Everything that is wrong with a unit that begins on this line."""
    size = node.end - node.start
    if size > UNIT_LIMIT or (size > UNIT_LIMIT // 4 and _bytes(node, window) > UNIT_LIMIT):
        yield too_large(node)
    yield from check_tree(node, known.schema, window.slice)
    tuvs = tuvs_of(node, window)
    if not tuvs:
        problem = structure.tuv_missing(node.start)
        bare = node.closed and not node.children and not node.text.strip()
        begin = max(window.before(node.start), window.hold)
        yield problem.mended(Edit(begin, node.end, "")) if bare else problem
    yield from _shape(tuvs)
    yield from _languages(node, tuvs, known, window)
    texts = [tuv for tuv in tuvs if tuv.seg is not None]
    yield from _codes(texts, node, known)
    yield from _contents(texts, node, known)
    yield from _repeats(node, tuvs, known, line)


def tuvs_of(node: Node, window: Window) -> list[Tuv]:
    """The variants of a unit."""
    found = []
    for tuv in node.named("tuv"):
        lang = tuv.get("xml:lang") or tuv.get("lang") or ""
        segs = tuv.named("seg")
        one = Tuv(tuv, lang, segs[0] if segs else None)
        if one.seg is not None:
            one.text = _flat(one.seg)
            one.raw = window.slice(one.seg.inner, one.seg.inner_end)
        found.append(one)
    return found


def too_large(node: Node) -> Problem:
    """A unit beyond what readers take."""
    what = _("the unit is larger than {size} MiB").format(size=UNIT_LIMIT >> 20)
    return xml.limits(node.start, what, _("split it into segments"))


def text_mark(texts: list[tuple[str, str]]) -> int:
    """A mark of languages and raw texts."""
    return hash(tuple(texts))


def tuid_mark(tuid: str) -> int:
    """A mark of a unit's id."""
    return hash(tuid)


def _bytes(node: Node, window: Window) -> int:
    return len(window.slice(node.start, node.end).encode("utf-8", "replace"))


def _flat(seg: Node) -> str:
    """The text of a seg with that of its hi, in order, without codes."""
    pieces = [piece for node in seg.walk() if _plain(node, seg) for piece in node.pieces]
    if len(pieces) == 1:
        return pieces[0][2]
    return "".join(text for _start, _end, text in sorted(pieces))


def _plain(node: Node, seg: Node) -> bool:
    """True for text of the segment itself: not native code, not a sub-flow."""
    while node is not seg:
        if node.name in {"bpt", "ept", "it", "ph", "ut", "sub"} or node.parent is None:
            return False
        node = node.parent
    return True


def _shape(tuvs: list[Tuv]) -> Iterator[Problem]:
    for tuv in tuvs:
        segs = tuv.node.named("seg")
        if not segs:
            yield structure.seg_missing(tuv.node.start, tuv.lang)
        for extra in segs[1:]:
            yield structure.seg_twice(extra.start, tuv.lang)


def _languages(node: Node, tuvs: list[Tuv], known: Known, window: Window) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    doubled = len({tuv.lang.lower() for tuv in tuvs}) < len(tuvs)
    for tuv in tuvs:
        if not tuv.lang.strip():
            yield values.language_missing(tuv.node.start)
        elif doubled:
            first = lines.get(tuv.lang.lower())
            if first is None:
                lines[tuv.lang.lower()] = window.place(tuv.node.start)[0]
            else:
                yield values.language_twice(tuv.node.start, tuv.lang, first)
    wanted = _source_language(node, known)
    spoken = sorted({tuv.lang for tuv in tuvs if tuv.lang.strip()})
    if wanted and spoken and not any(related(lang, wanted) for lang in spoken):
        yield values.source_language(node.start, wanted, ", ".join(spoken))


def _source_language(node: Node, known: Known) -> str:
    """The source language of the unit, "" when every one may be it or none is named."""
    named = (node.get("srclang") or known.srclang).strip()
    return "" if named.lower() == "*all*" else named


def _source(texts: list[Tuv], node: Node, known: Known) -> Tuv:
    wanted = _source_language(node, known)
    if wanted:
        for tuv in texts:
            if related(tuv.lang, wanted):
                return tuv
    return texts[0]


def _codes(texts: list[Tuv], node: Node, known: Known) -> Iterator[Problem]:
    coded = [tuv for tuv in texts if tuv.seg is not None and tuv.seg.children]
    for tuv in coded:
        if tuv.seg is not None:
            yield from check_pairs(tuv.seg)
    if not coded or len(texts) < 2:
        return
    source = _source(texts, node, known)
    if source.seg is None or (not source.text.strip() and not source.seg.children):
        return
    theirs = inventory(source.seg)
    for tuv in texts:
        if tuv is source or tuv.seg is None or not (tuv.text.strip() or tuv.seg.children):
            continue
        found = differing(inventory(tuv.seg), theirs)
        if found:
            yield codes.codes_differ(tuv.seg.start, *found, source.lang)


def _contents(texts: list[Tuv], node: Node, known: Known) -> Iterator[Problem]:
    for prop in node.named("prop"):
        kind = prop.get("type") or ""
        if kind in _MISREAD:
            yield content.prop_misread(prop.start, kind)
    if not texts:
        return
    source = _source(texts, node, known)
    for tuv in texts:
        yield from _text(tuv)
        if tuv is not source:
            yield from _against(tuv, source)
    if len(node.named("tuv")) == 1:
        yield content.one_language(node.start)


def _text(tuv: Tuv) -> Iterator[Problem]:
    seg, text = tuv.seg, tuv.text
    if seg is None:
        return
    if not text.strip(_BLANK) and not any(child.name != "hi" for child in seg.children):
        yield content.segment_empty(seg.start, tuv.lang)
        return
    if "<" in text and (markup := _MARKUP.search(text)):
        yield codes.markup_in_text(seg.start, markup[0][:60])
    if damaged := _DAMAGED.search(text):
        around = text[max(damaged.start() - 10, 0) : damaged.end() + 10]
        yield content.damaged_text(seg.start, around)


def _against(tuv: Tuv, source: Tuv) -> Iterator[Problem]:
    seg, ours, theirs = tuv.seg, tuv.text, source.text
    if seg is None or not ours.strip(_BLANK) or not theirs.strip(_BLANK):
        return
    if ours == theirs and not related(tuv.lang[:2], source.lang[:2]) and _wordy(ours):
        yield content.same_text(seg.start, tuv.lang)
    if _outer(ours[:1]) != _outer(theirs[:1]):
        yield content.edge_space(seg.start, _("before the text"), source.lang)
    if _outer(ours[-1:]) != _outer(theirs[-1:]):
        yield content.edge_space(seg.start, _("behind the text"), source.lang)


def _outer(char: str) -> bool:
    return char in _BLANK


def _wordy(text: str) -> bool:
    """True for more than a name or a number."""
    return len(_WORDS.findall(text)) >= 3 or len(_HAN.findall(text)) >= 5


def _repeats(node: Node, tuvs: list[Tuv], known: Known, line: int) -> Iterator[Problem]:
    tuid = node.find("tuid")
    if tuid is not None and tuid.value:
        first = known.tuids.first(tuid_mark(tuid.value), line)
        if first:
            yield content.tuid_twice(tuid.start, tuid.value, first)
    if len(tuvs) < 2 or not all(tuv.raw.strip() for tuv in tuvs):
        return
    first = known.texts.first(text_mark([(tuv.lang, tuv.raw) for tuv in tuvs]), line)
    if first:
        yield content.duplicate_unit(node.start, first)
