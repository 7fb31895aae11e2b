"""The children of a header, tu or tuv as the document type of TMX allows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from gettext import gettext as _
from typing import Any, NamedTuple

from lxml import etree

from tm.formats.tmx_escape import attribute
from tm.formats.tmx_extra import Attributes, Layout, RawSeg, Slot
from tm.formats.tmx_names import attributes, inner_xml, local, raw_xml
from tm.model import Note, Prop, Segment

__all__ = ["Children", "Tell", "allowed", "is_remark"]

Tell = Callable[[str], None]
_PROP = frozenset({"xml:lang", "o-encoding", "lang"})
_UDE = frozenset({"name", "base"})
_MAP = frozenset({"unicode", "code", "ent", "subst"})
_NO_TYPE = "x-unknown"
"""The type of a prop that has none."""
_BARE = (Slot("seg", 0),)


class Inside(NamedTuple):
    """What stands in an element: notes, props, and their places where these are not the usual ones."""

    notes: tuple[Note, ...]
    props: tuple[Prop, ...]
    layout: Layout


def allowed(pairs: Attributes, names: frozenset[str], element: str, tell: Tell) -> Attributes:
    """The attributes with these names; the others are told."""
    for name, _value in pairs:
        if name not in names:
            tell(_("TMX has no attribute {name} in {element}").format(name=name, element=element))
    return tuple(pair for pair in pairs if pair[0] in names)


def is_remark(xml: str) -> bool:
    """True for a comment or a processing instruction."""
    return xml.startswith(("<!--", "<?"))


class Children:
    """The children of one element; `segment` is that of a tuv, `ude` says that ude may be among them."""

    def __init__(  # noqa: PLR0913 - what an element has
        self,
        layout: Layout,
        notes: Sequence[Note],
        props: Sequence[Prop],
        tell: Tell,
        segment: Segment | None = None,
        *,
        ude: bool = False,
    ) -> None:
        self._layout = layout
        self._notes = list(notes)
        self._props = [_typed(prop) for prop in props]
        self._tell = tell
        if any(not prop.type for prop in props):
            tell(_("a prop without a type gets one: {type}").format(type=_NO_TYPE))
        self._segment = segment
        self._ude = ude

    def valid(self) -> Inside:
        """Notes and props before tuv or seg, and of raw XML only what may stand there."""
        lead: list[Slot] = []
        rest: list[Slot] = []
        for slot in self._slots():
            is_part = slot.kind in {"tuv", "seg"}
            later = is_part or (rest and slot.kind == "raw" and is_remark(str(slot.value)))
            (rest if later else lead).append(slot)
            if rest and not later:
                self._tell(_("a note or prop behind the text is put before it"))
        layout = (*lead, *rest)
        return Inside(tuple(self._notes), tuple(self._props), () if layout == _BARE else layout)

    def _slots(self) -> Iterator[Slot]:
        for slot in self._layout:
            if slot.kind == "raw":
                yield from self._raw(slot)
            elif slot.kind == "seg":
                yield self._seg(slot)
            elif slot.kind == "tuv":
                yield slot
            else:
                value = _typed(slot.value) if isinstance(slot.value, Prop) else slot.value
                element = "note" if slot.kind == "note" else "prop"
                yield slot._replace(
                    value=value, attributes=allowed(slot.attributes, _PROP, element, self._tell)
                )

    def _seg(self, slot: Slot) -> Slot:
        """The seg without attributes; as it was read, with its comments, only where all of it is valid."""
        raw = slot.value
        if isinstance(raw, RawSeg) and (raw.segment != self._segment or "xmlns" in raw.xml):
            self._tell(_("comments inside the text are left out"))
            raw = 0
        return Slot("seg", raw, "", allowed(slot.attributes, frozenset(), "seg", self._tell))

    def _raw(self, slot: Slot) -> Iterator[Slot]:
        xml = str(slot.value)
        if is_remark(xml):
            yield slot
            return
        element = _parsed(xml)
        name = local(str(element.tag)) if element is not None else ""
        if name == "ude" and self._ude:
            yield from self._valid_ude(element)
        elif name in {"note", "prop"}:
            self._tell(_("the elements inside a {element} are written as text").format(element=name))
            yield from self._flat(name, element, slot)
        elif name:
            self._tell(_("TMX has no element {name} there; it is left out").format(name=name))
        else:
            self._tell(_("text between the elements is left out: {text}").format(text=xml[:40]))

    def _flat(self, name: str, element: Any, slot: Slot) -> Iterator[Slot]:  # noqa: ANN401 - an lxml element
        """A note or prop whose content was markup."""
        said = dict(attributes(element, spaced=False))
        lang, encoding = said.get("xml:lang", ""), said.get("o-encoding", "")
        if name == "note":
            note = Note(text=inner_xml(element), lang=lang, encoding=encoding)
            self._notes.append(note)
            yield Slot("note", note)
            return
        text = dict(slot.attributes).get("", "") if slot.field else inner_xml(element)
        prop = Prop(type=said.get("type") or _NO_TYPE, text=text, lang=lang, encoding=encoding)
        if slot.field:
            yield Slot("field", prop, slot.field)
            return
        self._props.append(prop)
        yield Slot("prop", prop)

    def _valid_ude(self, ude: Any) -> Iterator[Slot]:  # noqa: ANN401 - an lxml element
        maps = [child for child in ude if not isinstance(child.tag, str) or local(child.tag) == "map"]
        whole = [child for child in maps if isinstance(child.tag, str) and child.get("unicode")]
        if not ude.get("name") or not whole:
            self._tell(_("a ude without a name or a map is left out"))
            return
        inside = "".join(
            f"<map{self._named(child, _MAP)}/>" if child in whole else raw_xml(child)
            for child in maps
            if child in whole or not isinstance(child.tag, str)
        )
        yield Slot("raw", f"<ude{self._named(ude, _UDE)}>{inside}</ude>")

    def _named(self, element: Any, names: frozenset[str]) -> str:  # noqa: ANN401 - an lxml element
        pairs = tuple(attributes(element, spaced=False))
        return "".join(attribute(*pair) for pair in allowed(pairs, names, local(element.tag), self._tell))


def _typed(prop: Prop) -> Prop:
    return prop if prop.type else Prop(type=_NO_TYPE, text=prop.text, lang=prop.lang, encoding=prop.encoding)


def _parsed(xml: str) -> Any:  # noqa: ANN401 - an lxml element, or None for text
    if not xml.startswith("<"):
        return None
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None
