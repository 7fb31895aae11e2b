"""V5: what units say."""

from __future__ import annotations

from tm.formats.tmx_rules.rule import Level, Said, rule
from tm.formats.tmx_rules.words import _

__all__ = [
    "damaged_text",
    "duplicate_unit",
    "edge_space",
    "one_language",
    "prop_misread",
    "same_text",
    "segment_empty",
    "tuid_twice",
]


@rule("V501", "segment-empty", Level.WARNING)
def segment_empty(lang: str) -> Said:
    """A segment without text.

    What it finds: seg that is empty or holds white space only, and no code.
    Why it matters: tools offer it as a match of 100 percent, and an empty translation is put in.
    Example: <tuv xml:lang="en"><seg></seg></tuv>.
    How to fix: translate it, or remove the tuv.
    When to allow: in files that are sent out to be translated.
    """
    return Said(_("the segment in {lang} is empty").format(lang=lang), _("translate it, or remove the tuv"))


@rule("V502", "same-text", Level.INFO)
def same_text(lang: str) -> Said:
    """A translation that is its source.

    What it finds: segments of more than one word that are the same in both languages.
    Why it matters: it is probably not translated, and will be offered as a translation.
    Example: <seg>Press the button.</seg> in en and in fr.
    How to fix: translate it, or remove the tuv.
    When to allow: names, addresses, formulas; en-US beside en-GB.
    """
    return Said(
        _("the segment in {lang} is the same as the source").format(lang=lang),
        _("translate it, or remove the tuv"),
    )


@rule("V503", "duplicate-unit", Level.INFO)
def duplicate_unit(line: int) -> Said:
    """A unit whose texts stand in the file already.

    What it finds: units with the same languages and the same texts as an earlier one.
    Why it matters: tools show the same match twice, and corrections reach only one of them.
    Example: the same pair exported from two memories.
    How to fix: remove one of them.
    When to allow: where each is needed for its own context or release.
    """
    return Said(_("the same texts stand on line {line}").format(line=line), _("remove one of them"))


@rule("V504", "tuid-twice", Level.INFO)
def tuid_twice(tuid: str, line: int) -> Said:
    """A tuid that an earlier unit has too.

    What it finds: the second unit with the same tuid, and any further one.
    Why it matters: TMX does not ask for unique ids, but imports that update by id keep only the last.
    Example: <tu tuid="1">…</tu><tu tuid="1">…</tu>.
    How to fix: give each unit an id of its own.
    When to allow: where no tool uses the ids.
    """
    return Said(
        _("the tuid {tuid} stands on line {line} already").format(tuid=tuid, line=line),
        _("give each unit an id of its own"),
    )


@rule("V505", "prop-misread", Level.INFO)
def prop_misread(kind: str) -> Said:
    """A prop that some tools read as context.

    What it finds: props of type file and path.
    Why it matters: OmegaT binds a unit with a prop file to that document, and uses it nowhere else.
    Example: <prop type="file">old.docx</prop>.
    How to fix: call it x-file if it only tells where the unit came from.
    When to allow: in files made for OmegaT, where the name is that of the document.
    """
    return Said(
        _("some tools use a unit with the prop “{kind}” only in the document of that name").format(kind=kind),
        _("call it x-{kind} if it only tells where the unit came from").format(kind=kind),
    )


@rule("V506", "edge-space", Level.INFO)
def edge_space(where: str, lang: str) -> Said:
    """White space at an edge of one segment and not of the other.

    What it finds: leading or trailing white space that only one language has.
    Why it matters: tools cut it off or keep it, so that words run together or apart.
    Example: <seg>Total: </seg> beside <seg>总计：</seg>.
    How to fix: make both sides alike.
    When to allow: where the languages differ, as after a Chinese colon.
    """
    return Said(
        _("white space {where} differs from that in {lang}").format(where=where, lang=lang),
        _("make both sides alike"),
    )


@rule("V507", "one-language", Level.INFO)
def one_language() -> Said:
    """A unit in one language only.

    What it finds: units with a single tuv.
    Why it matters: there is nothing to offer as a translation; imports skip it.
    Example: <tu><tuv xml:lang="en"><seg>Hello</seg></tuv></tu>.
    How to fix: add the translation, or remove the unit.
    When to allow: in files that are sent out to be translated.
    """
    return Said(_("the unit has one language only"), _("add the translation, or remove the unit"))


@rule("V508", "damaged-text", Level.WARNING)
def damaged_text(text: str) -> Said:
    """Text that was damaged when it was converted.

    What it finds: the replacement character U+FFFD, and 锟斤拷, what becomes of it in a second conversion.
    Why it matters: what stood there is lost, and is offered as a translation.
    Example: <seg>Fran\ufffdais</seg>.
    How to fix: look up what stood there and write it.
    When to allow: where the text speaks about the character itself.
    """
    return Said(
        _("the text is damaged: {text}").format(text=text),
        _("look up what stood there and write it"),
    )
