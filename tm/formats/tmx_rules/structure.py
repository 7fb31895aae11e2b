"""V2: elements and attributes against the document types of TMX 1.1 to 1.4."""

from __future__ import annotations

from tm.formats.tmx_rules.rule import Level, Said, rule
from tm.formats.tmx_rules.words import _

__all__ = [
    "attribute_missing",
    "attribute_unknown",
    "attribute_value",
    "body",
    "child_order",
    "foreign",
    "header",
    "misplaced_element",
    "seg_missing",
    "seg_twice",
    "stray_text",
    "tuv_missing",
    "ude_map",
    "unknown_element",
    "version",
]


@rule("V201", "version", Level.ERROR)
def version(found: str, level: Level | None = None) -> Said:
    """The version of TMX is missing or unknown.

    What it finds: a tmx element without version, or with another than 1.1, 1.2, 1.3 and 1.4.
    Why it matters: readers choose by it whether languages stand in lang or xml:lang; some refuse the file.
    Example: <tmx version="1.4b">: the version of the specification, not of the format.
    How to fix: write version="1.4".
    When to allow: never.
    """
    if not found:
        return Said(_("the version of TMX is missing"), _('write version="1.4"'))
    message = _("“{found}” is no version of TMX").format(found=found)
    return Said(message, _('write version="1.4"'), level)


@rule("V202", "header", Level.ERROR)
def header(what: str, fix: str) -> Said:
    """The header is missing, stands twice, or stands in the wrong place.

    What it finds: anything but exactly one header before the body.
    Why it matters: the header says the source language; many readers refuse a file without it.
    Example: <tmx version="1.4"><body>.
    How to fix: write one header before the body.
    When to allow: never.
    """
    return Said(what, fix)


@rule("V203", "body", Level.ERROR)
def body(what: str, fix: str) -> Said:
    """The body is missing, or stands twice.

    What it finds: anything but exactly one body, and units outside it.
    Why it matters: readers look for units in the body only, and only in the first.
    Example: <tmx version="1.4"><header …/><tu>.
    How to fix: put all units between <body> and </body>.
    When to allow: never.
    """
    return Said(what, fix)


@rule("V204", "unknown-element", Level.ERROR)
def unknown_element(name: str, parent: str, near: str) -> Said:
    """An element that TMX does not have.

    What it finds: names that are in no document type of TMX: HTML tags in a seg, the tags of another format,
        misspelt names. What stands inside such an element is not reported again.
    Why it matters: readers drop the element, often with its text, or refuse the file.
    Example: <seg>a <b>bold</b> word</seg>.
    How to fix: write native codes inside bpt, ept, it or ph, and markup that is text with &lt;.
    When to allow: never; what a tool wants to add belongs into a prop.
    """
    if near:
        return Said(_("TMX has no element {name}").format(name=name), _("write <{near}>").format(near=near))
    fix = (
        _("write the code as <ph>&lt;{name}&gt;</ph> or as bpt and ept; &lt;{name}&gt; if it is text")
        if parent in {"seg", "sub", "hi", "bpt", "ept", "ph", "it", "ut"}
        else _("remove it, or keep what it says in a <prop>")
    )
    return Said(_("TMX has no element {name}").format(name=name), fix.format(name=name))


@rule("V205", "misplaced-element", Level.ERROR)
def misplaced_element(name: str, parent: str, allowed: str) -> Said:
    """An element of TMX in a place where it must not stand.

    What it finds: such as sub directly in seg, tuv outside a tu, bpt inside another bpt.
    Why it matters: readers do not look for it there, and lose what it says.
    Example: <seg><sub>note</sub></seg>.
    How to fix: move it to where it belongs.
    When to allow: never.
    """
    return Said(
        _("{name} must not stand in {parent}").format(name=name, parent=parent),
        _("{parent} may hold: {allowed}").format(parent=parent, allowed=allowed),
    )


@rule("V206", "child-order", Level.ERROR)
def child_order(name: str, before: str) -> Said:
    """Notes and props behind what they have to precede.

    What it finds: note and prop after the first tuv of a tu, or after the seg of a tuv.
    Why it matters: validating readers refuse the whole file for it.
    Example: <tuv><seg>…</seg><prop type="x">…</prop></tuv>.
    How to fix: move it before the first tuv, or before the seg.
    When to allow: never.
    """
    return Said(
        _("{name} stands behind {before}").format(name=name, before=before),
        _("move it before the first <{before}>").format(before=before),
    )


@rule("V207", "stray-text", Level.ERROR)
def stray_text(parent: str, text: str) -> Said:
    """Text where only elements may stand.

    What it finds: text directly in tmx, header, body, tu, tuv or ude.
    Why it matters: readers drop it without a word, or refuse the file.
    Example: <tuv xml:lang="en">Hello</tuv>.
    How to fix: put the text into a seg if it is a translation, into a note if it is a remark.
    When to allow: never.
    """
    fix = _("write <seg>…</seg> around it") if parent == "tuv" else _("move it into a <note>, or remove it")
    return Said(_("text stands directly in {parent}: “{text}”").format(parent=parent, text=text), fix)


@rule("V208", "seg-missing", Level.ERROR)
def seg_missing(lang: str) -> Said:
    """A tuv without seg.

    What it finds: variants that have no text at all.
    Why it matters: some readers crash, others skip the unit without a word.
    Example: <tuv xml:lang="en"></tuv>.
    How to fix: write <seg>…</seg> with the text, or remove the tuv.
    When to allow: never.
    """
    return Said(
        _("the tuv {lang} has no seg").format(lang=lang).replace("  ", " "),
        _("write the text as <seg>…</seg>, or remove the tuv"),
    )


@rule("V209", "seg-twice", Level.ERROR)
def seg_twice(lang: str) -> Said:
    """A tuv with more than one seg.

    What it finds: the second seg, and any further one, of a tuv.
    Why it matters: some readers take the first, others the last; one of the texts is lost.
    Example: <tuv xml:lang="en"><seg>a</seg><seg>b</seg></tuv>.
    How to fix: keep one; another translation belongs into a tuv of its own.
    When to allow: never.
    """
    return Said(
        _("the tuv {lang} has more than one seg").format(lang=lang).replace("  ", " "),
        _("put the second text into a tuv of its own, or remove it"),
    )


@rule("V210", "tuv-missing", Level.ERROR)
def tuv_missing() -> Said:
    """A tu without tuv.

    What it finds: units that hold no text in any language.
    Why it matters: validating readers refuse the file.
    Example: <tu tuid="7"></tu>.
    How to fix: remove the unit, or write its texts.
    When to allow: never.
    """
    return Said(_("the unit holds no tuv"), _("remove the unit, or write a tuv for each language"))


@rule("V211", "attribute-missing", Level.ERROR)
def attribute_missing(element: str, name: str, value: str) -> Said:
    """An attribute that TMX requires is missing.

    What it finds: missing attributes of header (all seven), prop, bpt, ept, it, ude and map.
    Why it matters: validating readers refuse the file; without srclang some import nothing.
    Example: <header creationtool="x" srclang="en"/>.
    How to fix: write the attribute; "unknown" is allowed where nothing is known.
    When to allow: never.
    """
    return Said(
        _("{element} lacks the attribute {name}").format(element=element, name=name),
        _('write {name}="{value}"').format(name=name, value=value),
    )


@rule("V212", "attribute-unknown", Level.ERROR)
def attribute_unknown(element: str, name: str, near: str, more: int = 0) -> Said:
    """An attribute that TMX does not have on this element.

    What it finds: names that the document type does not list for the element, misspelt ones among them.
    Why it matters: readers drop it without a word; validating ones refuse the file.
    Example: <tu foo="1">.
    How to fix: correct the name, or keep what it says in a prop.
    When to allow: never.
    """
    fix = _("write {near}").format(near=near) if near else _("remove it, or keep what it says in a <prop>")
    if more:
        message = _("{element} has {more} further attributes that TMX does not know")
        return Said(message.format(element=element, more=more), fix)
    return Said(_("{element} has no attribute {name} in TMX").format(element=element, name=name), fix)


@rule("V213", "attribute-value", Level.ERROR)
def attribute_value(name: str, value: str, allowed: str) -> Said:
    """A value that TMX does not allow for an attribute.

    What it finds: segtype other than block, paragraph, sentence, phrase; pos other than begin, end.
    Why it matters: validating readers refuse the file.
    Example: segtype="undefined".
    How to fix: write one of the values allowed.
    When to allow: never.
    """
    return Said(
        _('{name}="{value}" is not allowed').format(name=name, value=value),
        _("write one of: {allowed}").format(allowed=allowed),
    )


@rule("V214", "ude-map", Level.WARNING)
def ude_map(what: str, fix: str, level: Level | None = None) -> Said:
    """A user-defined encoding that cannot be used.

    What it finds: map with a code in an ude without base, a unicode that is no number such as #xF8FF, and
        (an error) an ude without map.
    Why it matters: nobody can tell which characters are meant.
    Example: <ude name="x"><map unicode="U+F8FF" code="#xF0"/></ude>.
    How to fix: write base="…" on the ude, and numbers as #xF8FF.
    When to allow: when the tool that made the file is the only one that reads it.
    """
    return Said(what, fix, level)


@rule("V215", "foreign", Level.WARNING)
def foreign(name: str) -> Said:
    """Elements or attributes of another vocabulary.

    What it finds: names with a namespace of their own. What stands inside is not reported again.
    Why it matters: TMX has no room for them; validating readers refuse the file, others drop them.
    Example: <tu ex:status="reviewed">.
    How to fix: keep what it says in a prop, as <prop type="x-status">.
    When to allow: when the file stays with tools that know them.
    """
    return Said(
        _("{name} belongs to another vocabulary than TMX").format(name=name),
        _("keep what it says in a <prop>"),
    )
