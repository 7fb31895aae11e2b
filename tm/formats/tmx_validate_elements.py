"""The elements of a unit or a header against the document type: attributes, children, values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from tm.formats.safe_xml import ATTRIBUTE_LIMIT
from tm.formats.tmx_fields import parse_date
from tm.formats.tmx_rules import codes, values, xml
from tm.formats.tmx_rules import structure as say
from tm.formats.tmx_rules.rule import Edit, Level, Problem
from tm.formats.tmx_rules.words import _
from tm.formats.tmx_validate_dates import DATES, date_fault
from tm.formats.tmx_validate_languages import tag_fault
from tm.formats.tmx_validate_schema import Element, Schema
from tm.formats.tmx_validate_tree import Attribute, Node

__all__ = ["check_attributes", "check_tree"]

_LANGUAGES = frozenset({"xml:lang", "lang"})
_SPEAKING = frozenset({"tuv", "note", "prop"})
_TAGS = frozenset({"srclang", "adminlang"})
_NUMBERS = frozenset({"usagecount", "i", "x"})
_NUMBER = re.compile(r"[0-9]+")
_CODE_POINT = re.compile(r"#x[0-9A-Fa-f]+")
_LISTED = 10
_UNKNOWN = {
    "creationtool": "unknown",
    "creationtoolversion": "unknown",
    "segtype": "sentence",
    "o-tmf": "unknown",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "unknown",
}
"""What may stand for an attribute of the header of which nothing is known."""


def check_tree(root: Node, schema: Schema, raw: Callable[[int, int], str]) -> Iterator[Problem]:
    """Everything that is wrong with these elements by themselves; `raw` gives the file's text."""
    for node in root.walk():
        model = schema.elements.get(node.name)
        if model is None:
            continue
        if node.attributes or model.required:
            yield from check_attributes(node, model, schema)
        if node.children:
            yield from _order(node, model, raw)
        if node.name == "ude":
            yield from _ude(node)
        elif node.name == "ut" and schema.version == "1.4":
            yield _deprecated(node)


def check_attributes(node: Node, model: Element, schema: Schema) -> Iterator[Problem]:
    """What is wrong with the attributes of one element."""
    if len(node.attributes) > ATTRIBUTE_LIMIT:
        what = _("an element has {count} attributes, and common readers stop at {limit}")
        said = what.format(count=len(node.attributes), limit=ATTRIBUTE_LIMIT)
        yield xml.limits(node.start, said, _("remove those that have no meaning"))
    names = {one.name for one in node.attributes}
    for name in model.required:
        if name not in names and node.name != "tmx":
            yield _missing(node, name)
    unknown = []
    for one in node.attributes:
        if one.name in _LANGUAGES and node.name in _SPEAKING:
            yield from _language(one, node, schema)
        elif one.name not in model.required and one.name not in model.optional:
            unknown.append(one)
        else:
            yield from _value(one, model)
    yield from _unknown(unknown, node, model)
    yield from _date_order(node)


def _missing(node: Node, name: str) -> Problem:
    value = _UNKNOWN.get(name, "…") if node.name == "header" else "…"
    problem = say.attribute_missing(node.start, node.name, name, value)
    if value == "…":
        return problem
    return problem.mended(Edit(node.name_end, node.name_end, f' {name}="{value}"'))


def _unknown(found: list[Attribute], node: Node, model: Element) -> Iterator[Problem]:
    names = (*model.attributes, *(("xml:lang",) if node.name in _SPEAKING else ()))
    for one in found[:_LISTED]:
        if one.name == "xmlns" or ":" in one.name:
            yield say.foreign(one.start, one.name)
            continue
        near = _near(one.name, names)
        problem = say.attribute_unknown(one.start, node.name, one.name, near)
        if near and near.lower() == one.name.lower() and node.find(near) is None:
            problem = problem.mended(Edit(one.start, one.start + len(one.name), near))
        yield problem
    if len(found) > _LISTED:
        more = len(found) - _LISTED
        yield say.attribute_unknown(found[_LISTED].start, node.name, "", "", more)


@lru_cache(maxsize=1024)
def _near(name: str, names: tuple[str, ...]) -> str:
    if len(name) > 40:
        return ""
    near = get_close_matches(name.lower(), names, 1, cutoff=0.8)
    return near[0] if near else ""


def _language(one: Attribute, node: Node, schema: Schema) -> Iterator[Problem]:
    """Which of lang and xml:lang belongs here, and whether the tag is one."""
    other = node.find("lang" if one.name == "xml:lang" else "xml:lang")
    if one.name == "lang" and schema.xml_lang:
        yield _deprecated_lang(one, other)
    elif one.name == "xml:lang" and not schema.xml_lang and other is None:
        fix = _("write lang, or version 1.4 in the first tag")
        what = _("xml:lang is unknown to TMX {version}").format(version=schema.version)
        yield values.lang_attribute(one.start, what, fix)
    if one.value or node.name != "tuv":
        yield from _tag(one)


def _deprecated_lang(one: Attribute, other: Attribute | None) -> Problem:
    if other is None:
        what = _("lang is deprecated since TMX 1.3")
        problem = values.lang_attribute(one.start, what, _("write xml:lang"))
        return problem.mended(Edit(one.start, one.start + 4, "xml:lang"))
    if other.value.lower() == one.value.lower():
        what = _("the language stands in xml:lang already")
        problem = values.lang_attribute(one.start, what, _("remove lang"))
        return problem.mended(Edit(one.start - 1, one.value_end + 1, ""))
    what = _("lang says {one}, and xml:lang says {other}").format(one=one.value, other=other.value)
    return values.lang_attribute(one.start, what, _("remove the one that is wrong; xml:lang counts"))


def _tag(one: Attribute) -> Iterator[Problem]:
    fault = tag_fault(one.value)
    if fault is None:
        return
    problem = values.language_tag(one.value_start, one.value, fault.why, fault.instead, fault.level)
    if fault.certain:
        problem = problem.mended(Edit(one.value_start, one.value_end, fault.instead))
    yield problem


def _value(one: Attribute, model: Element) -> Iterator[Problem]:
    """Whether an attribute that belongs here has a value that it may have."""
    if one.name in DATES:
        yield from _date(one)
    elif one.name in _TAGS:
        if one.value.lower() != "*all*" or one.name == "adminlang":
            yield from _tag(one)
    elif one.name in _NUMBERS and not _NUMBER.fullmatch(one.value):
        yield values.not_a_number(one.value_start, one.name, one.value)
    elif one.name == "unicode" and not _CODE_POINT.fullmatch(one.value):
        what = _('unicode="{value}" is no number of a character').format(value=one.value)
        yield say.ude_map(one.value_start, what, _("write it as #xF8FF"))
    else:
        yield from _enumerated(one, model)


def _enumerated(one: Attribute, model: Element) -> Iterator[Problem]:
    allowed = dict(model.values).get(one.name)
    if allowed is None or one.value in allowed:
        return
    problem = say.attribute_value(one.value_start, one.name, one.value, ", ".join(allowed))
    plain = one.value.strip().lower()
    yield problem.mended(Edit(one.value_start, one.value_end, plain)) if plain in allowed else problem


def _date(one: Attribute) -> Iterator[Problem]:
    fault = date_fault(one.value)
    if fault is None:
        return
    if not fault.possible:
        yield values.date_impossible(one.value_start, one.name, one.value, fault.why)
        return
    problem = values.date_form(one.value_start, one.name, one.value, fault.why, fault.instead)
    certain = fault.instead
    yield problem.mended(Edit(one.value_start, one.value_end, certain)) if certain else problem


def _date_order(node: Node) -> Iterator[Problem]:
    created, changed = node.find("creationdate"), node.find("changedate")
    if created is None or changed is None:
        return
    first, second = parse_date(created.value), parse_date(changed.value)
    if first and second and second < first:
        yield values.date_order(changed.value_start, created.value, changed.value)


def _order(node: Node, model: Element, raw: Callable[[int, int], str]) -> Iterator[Problem]:
    """Children of the first sort behind those of the second are moved before them."""
    if not model.then:
        return
    anchor = next((child for child in node.children if child.name in model.then), None)
    if anchor is None:
        return
    before = node.inner
    for child in node.children:
        if child.start > anchor.start and child.name in model.first:
            problem = say.child_order(child.start, child.name, anchor.name)
            gap = raw(before, child.start)
            begin = before if not gap.strip() else child.start
            text = raw(child.start, child.end) + (gap if not gap.strip() else "")
            move = (Edit(anchor.start, anchor.start, text), Edit(begin, child.end, ""))
            yield problem.mended(*move) if child.closed else problem
        before = child.end


def _ude(node: Node) -> Iterator[Problem]:
    coded = next((one for one in node.named("map") if one.find("code")), None)
    if coded and node.find("base") is None:
        what = _("a map has a code, and the ude has no base")
        yield say.ude_map(node.start, what, _('write base="…": the encoding that the codes belong to'))
    if not node.named("map"):
        what = _("the ude has no map")
        yield say.ude_map(node.start, what, _("write its maps, or remove it"), Level.ERROR)


def _deprecated(node: Node) -> Problem:

    return codes.ut_deprecated(node.start)
