"""The rules of the TMX validator, letter V: one file a family; the docstring of each rule is its manual page.

RULES is the explicit list of all rules, in the order of their ids. Ids are never used again.
"""

from __future__ import annotations

from typing import Any

from tm.formats.tmx_rules import codes, content, structure, values, xml
from tm.formats.tmx_rules.rule import Rule

__all__ = ["RULES"]

RULES: tuple[Rule[Any], ...] = (
    xml.empty_file,
    xml.not_tmx,
    xml.encoding,
    xml.undecodable,
    xml.illegal_character,
    xml.illegal_reference,
    xml.bare_ampersand,
    xml.bare_less_than,
    xml.undefined_entity,
    xml.declared_entity,
    xml.tag_mismatch,
    xml.broken_tag,
    xml.duplicate_attribute,
    xml.after_root,
    xml.truncated,
    xml.xml_declaration,
    xml.comment,
    xml.prefix,
    xml.limits,
    xml.packed,
    structure.version,
    structure.header,
    structure.body,
    structure.unknown_element,
    structure.misplaced_element,
    structure.child_order,
    structure.stray_text,
    structure.seg_missing,
    structure.seg_twice,
    structure.tuv_missing,
    structure.attribute_missing,
    structure.attribute_unknown,
    structure.attribute_value,
    structure.ude_map,
    structure.foreign,
    values.language_missing,
    values.lang_attribute,
    values.language_tag,
    values.source_language,
    values.language_twice,
    values.date_impossible,
    values.date_form,
    values.date_order,
    values.not_a_number,
    codes.code_unpaired,
    codes.code_repeated,
    codes.codes_crossed,
    codes.codes_differ,
    codes.ut_deprecated,
    codes.markup_in_text,
    content.segment_empty,
    content.same_text,
    content.duplicate_unit,
    content.tuid_twice,
    content.prop_misread,
    content.edge_space,
    content.one_language,
    content.damaged_text,
)
