"""V4: inline codes."""

from __future__ import annotations

from tm.formats.tmx_rules.rule import Level, Said, rule
from tm.formats.tmx_rules.words import _

__all__ = [
    "code_repeated",
    "code_unpaired",
    "codes_crossed",
    "codes_differ",
    "markup_in_text",
    "ut_deprecated",
]


@rule("V401", "code-unpaired", Level.ERROR)
def code_unpaired(kind: str, number: str) -> Said:
    """A bpt without ept, or an ept without bpt.

    What it finds: codes of a pair whose other half, with the same i, is not in the segment.
    Why it matters: tools that put the codes back write a document with open tags.
    Example: <seg><bpt i="1">&lt;b&gt;</bpt>word</seg>.
    How to fix: write the other half, or <it pos="begin"> for a code whose end stands in another segment.
    When to allow: never.
    """
    other, pos = ("ept", "begin") if kind == "bpt" else ("bpt", "end")
    return Said(
        _('{kind} i="{number}" has no {other} in this segment').format(kind=kind, number=number, other=other),
        _('write the {other}, or <it pos="{pos}"> instead if the pair spans segments').format(
            other=other, pos=pos
        ),
    )


@rule("V402", "code-repeated", Level.ERROR)
def code_repeated(kind: str, number: str) -> Said:
    """A number i that is used for two pairs of a segment.

    What it finds: a second bpt, or a second ept, with the same i in one segment.
    Why it matters: nobody can tell which halves belong together.
    Example: two <bpt i="1"> in one seg.
    How to fix: give every pair of a segment a number of its own.
    When to allow: never.
    """
    return Said(
        _('{kind} i="{number}" stands twice in this segment').format(kind=kind, number=number),
        _("give every pair of the segment a number i of its own"),
    )


@rule("V403", "codes-crossed", Level.ERROR)
def codes_crossed(number: str) -> Said:
    """An ept before its bpt.

    What it finds: pairs whose end stands before the beginning.
    Why it matters: the codes cannot be put back into a document.
    Example: <seg><ept i="1"/>word<bpt i="1"/></seg>.
    How to fix: put them into the right order.
    When to allow: never.
    """
    return Said(
        _('ept i="{number}" stands before its bpt').format(number=number),
        _("put the beginning before the end"),
    )


@rule("V404", "codes-differ", Level.WARNING)
def codes_differ(ours: str, theirs: str, lang: str) -> Said:
    """The segments of a unit do not have the same codes.

    What it finds: codes, by kind and by x, that one language has and the source has not, or the reverse.
    Why it matters: when the translation is used, formatting, links or placeholders are lost or made up.
    Example: a source with <ph x="1"/> and a target without.
    How to fix: put the missing code into the translation, or take out the one too many.
    When to allow: where the languages need different codes.
    """
    return Said(
        _("codes differ from those in {lang}: here {ours}, there {theirs}").format(
            lang=lang, ours=ours, theirs=theirs
        ),
        _("give both sides the same codes, with the same x"),
    )


@rule("V405", "ut-deprecated", Level.INFO)
def ut_deprecated() -> Said:
    """The element ut, which TMX 1.4 advises against.

    What it finds: ut in files of version 1.4.
    Why it matters: it does not say whether a code begins, ends or stands alone, so tools cannot pair it.
    Example: <ut>&lt;br&gt;</ut>.
    How to fix: write bpt and ept, it or ph.
    When to allow: in old memories that are only searched.
    """
    return Said(_("ut is deprecated in TMX 1.4"), _("write bpt and ept, it, or ph"))


@rule("V406", "markup-in-text", Level.INFO)
def markup_in_text(text: str) -> Said:
    """Formatting tags as text of a segment.

    What it finds: pairs such as &lt;b&gt;…&lt;/b&gt;, <br/> and RTF groups, in the text of a seg.
    Why it matters: codes that leaked into the text spoil matches and are shown to readers.
    Example: <seg>&lt;b&gt;word&lt;/b&gt;</seg>.
    How to fix: put native codes into bpt, ept and ph.
    When to allow: where the text speaks about markup, and in tools that work on raw text.
    """
    return Said(
        _("markup stands in the text: {text}").format(text=text),
        _("put native codes into bpt and ept, it or ph"),
    )
