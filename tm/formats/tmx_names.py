"""Names of elements and attributes as they are written: with a prefix, without braces."""

from __future__ import annotations

from typing import Any

from lxml import etree

__all__ = ["XML_LANG", "attributes", "declared", "inner_xml", "local", "raw_xml", "spelt", "written"]

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_XML = "{http://www.w3.org/XML/1998/namespace}"


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


def written(name: str, element: Any) -> str:  # noqa: ANN401 - an lxml element of any parser
    """The name as the file spells it where this element stands: `{uri}status` is `ex:status`."""
    if name[0] != "{":
        return name
    if name.startswith(_XML):
        return f"xml:{name[len(_XML) :]}"
    uri, _brace, bare = name[1:].partition("}")
    for prefix, known in sorted((pair for pair in element.nsmap.items() if pair[0]), key=str):
        if known == uri:
            return f"{prefix}:{bare}"
    return bare


def attributes(element: Any, *, spaced: bool) -> list[tuple[str, str]]:  # noqa: ANN401 - as above
    """The attributes in document order; `spaced` adds the namespaces declared on the element itself."""
    pairs = [(written(name, element), value) for name, value in element.items()]
    return [*declared(element), *pairs] if spaced else pairs


def declared(element: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - as above
    """The namespaces declared on this very element, as attributes sorted by prefix."""
    parent = element.getparent()
    outer = {} if parent is None else parent.nsmap
    own = ((prefix, uri) for prefix, uri in element.nsmap.items() if outer.get(prefix) != uri)
    return sorted((f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in own)


def spelt(element: Any) -> str:  # noqa: ANN401 - as above
    """The element's name with its prefix."""
    return f"{element.prefix}:{local(element.tag)}" if element.prefix else local(element.tag)


def raw_xml(node: Any) -> str:  # noqa: ANN401 - as above, or a comment or processing instruction
    """The node as XML, without the text after it."""
    xml: str = etree.tostring(node, encoding="unicode", with_tail=False)
    return xml.replace("\r", "&#13;")


def inner_xml(element: Any) -> str:  # noqa: ANN401 - as above
    """The content of an element as XML."""
    text = (element.text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    inside = "".join(etree.tostring(child, encoding="unicode") for child in element)
    return (text + inside).replace("\r", "&#13;")
