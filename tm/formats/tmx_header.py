"""Reads a TMX header, and its root element."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tm.formats.safe_xml import Prolog
from tm.formats.tmx_extra import Attributes, HeaderExtra
from tm.formats.tmx_names import attributes
from tm.formats.tmx_scan import Scan
from tm.model import Header
from tm.text.languages import same_language

__all__ = ["UNKNOWN", "of_working_memory", "read_header", "root_attributes"]

UNKNOWN = "unknown"
"""What stands for a required attribute that a file lacks."""
_FIELDS = {
    "srclang": "source_lang",
    "segtype": "segtype",
    "creationtool": "tool",
    "creationtoolversion": "tool_version",
    "datatype": "datatype",
    "adminlang": "adminlang",
}
_MISSING = {
    "srclang": "*all*",
    "segtype": "sentence",
    "creationtool": UNKNOWN,
    "creationtoolversion": UNKNOWN,
    "datatype": UNKNOWN,
    "adminlang": "en",
}
_KIND = frozenset({"kind"})


def read_header(
    element: Any,  # noqa: ANN401 - an lxml element, or None when the file has no header
    prolog: Prolog,
    target_lang: str,
    before: tuple[str, ...] = (),
) -> Header:
    """The header; what the file lacks of the required attributes is filled in as unknown."""
    namespace = f"{{{prolog.namespace}}}" if prolog.namespace else ""
    scan = Scan(namespace, _KIND, spaced=element is not None and bool(element.nsmap))
    own: dict[str, str] = {}
    if element is not None:
        scan.run(element, "-")
        own = dict(attributes(element, spaced=True))
    known = {field: own.pop(name, "") or _MISSING[name] for name, field in _FIELDS.items()}
    version, rest = root_attributes(prolog)
    return Header(
        target_lang=target_lang,
        kind=scan.values.get("kind", ""),
        notes=tuple(scan.notes),
        props=tuple(scan.props),
        extra=HeaderExtra(
            version=version,
            attributes=tuple({"o-tmf": UNKNOWN, **own}.items()),
            root_attributes=rest,
            layout=scan.layout(),
            preamble=prolog.remarks,
            before=before,
        ),
        **known,
    )


def of_working_memory(header: Header, usual: Header) -> Header:
    """The header of a new memory that begins with this file: `usual`, with all that the file's own says more.

    Notes, props, ude, comments, namespaces, segtype, datatype, adminlang and further attributes are its own.
    The memory's are kind, tool and version of TMX; its srclang is the file's only where that means the same.
    """
    extra = header.extra if isinstance(header.extra, HeaderExtra) else HeaderExtra()
    same = same_language(header.source_lang, usual.source_lang)
    return replace(
        header,
        source_lang=header.source_lang if same else usual.source_lang,
        target_lang=usual.target_lang,
        kind=usual.kind,
        tool=usual.tool,
        tool_version=usual.tool_version,
        extra=replace(extra, version=HeaderExtra().version),
    )


def root_attributes(prolog: Prolog) -> tuple[str, Attributes]:
    """The version, and the other attributes of the root with its namespaces."""
    spaces = [(f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in prolog.namespaces]
    prefixes = {uri: prefix for prefix, uri in prolog.namespaces}
    others = []
    version = "1.4"
    for name, value in prolog.attributes:
        uri, _blank, local = name.rpartition(" ")
        if name == "version":
            version = value
        elif uri == "http://www.w3.org/XML/1998/namespace":
            others.append((f"xml:{local}", value))
        else:
            others.append((f"{prefixes[uri]}:{local}" if uri else local, value))
    return version, (*sorted(spaces), *others)
