"""V3: languages, dates and numbers."""

from __future__ import annotations

from tm.formats.tmx_rules.rule import Level, Said, rule
from tm.formats.tmx_rules.words import _

__all__ = [
    "date_form",
    "date_impossible",
    "date_order",
    "lang_attribute",
    "language_missing",
    "language_tag",
    "language_twice",
    "not_a_number",
    "source_language",
]


@rule("V301", "language-missing", Level.ERROR)
def language_missing() -> Said:
    """A tuv that does not say its language.

    What it finds: tuv without xml:lang, and without lang where that is allowed; empty ones too.
    Why it matters: nobody can tell which side it is. A common tool drops the whole file for one.
    Example: <tuv><seg>Hello</seg></tuv>.
    How to fix: write xml:lang="en".
    When to allow: never.
    """
    return Said(_("the tuv does not say its language"), _('write xml:lang="…", as in xml:lang="en"'))


@rule("V302", "lang-attribute", Level.WARNING)
def lang_attribute(what: str, fix: str) -> Said:
    """The language stands in the wrong attribute for this version.

    What it finds: lang in TMX 1.3 and 1.4, where it is deprecated; xml:lang in TMX 1.1 and 1.2, where it is
        unknown; both with different values.
    Why it matters: readers look for one of them only, and then find units without a language.
    Example: <tuv lang="en"> in a file of version 1.4.
    How to fix: write xml:lang in TMX 1.3 and 1.4.
    When to allow: when the file stays with a tool that reads both.
    """
    return Said(what, fix)


@rule("V303", "language-tag", Level.ERROR)
def language_tag(tag: str, why: str, instead: str, level: Level | None = None) -> Said:
    """A language that is no language tag.

    What it finds: tags that BCP 47 does not allow (zh_CN, Chinese, en-UK) are errors; warnings: three
        letters where there are two, and regions and languages that do not exist.
    Why it matters: tools compare tags letter by letter; with zh_CN a common tool imports nothing.
    Example: xml:lang="zh_CN".
    How to fix: write the tag with hyphens: zh-CN, en-US.
    When to allow: for tags that two parties have agreed on, in the form x-….
    """
    fix = (
        _("write {instead}").format(instead=instead)
        if instead
        else _("write a tag such as zh-CN, zh-Hant, en or en-US")
    )
    return Said(_("“{tag}” is no language tag: {why}").format(tag=tag, why=why), fix, level)


@rule("V304", "source-language", Level.WARNING)
def source_language(lang: str, found: str) -> Said:
    """No tuv in the source language.

    What it finds: units without a tuv in the language that srclang of the unit, else of the header, names.
        Case is of no matter, and en-US will do for en.
    Why it matters: readers skip the unit, or take another language for its source.
    Example: srclang="en" with tuvs in fr and de only.
    How to fix: correct srclang, or write srclang="*all*" where every language may be the source.
    When to allow: in files of many languages that are meant for several sources.
    """
    return Said(
        _("no tuv is in the source language {lang}; there are: {found}").format(lang=lang, found=found),
        _('correct srclang, or write srclang="*all*" in the header'),
    )


@rule("V305", "language-twice", Level.WARNING)
def language_twice(lang: str, line: int) -> Said:
    """Two tuvs of one language in a unit.

    What it finds: the second tuv of a language, and any further one.
    Why it matters: TMX allows it, but some tools keep the first and others the last, without a word.
    Example: <tuv xml:lang="en">…</tuv><tuv xml:lang="en">…</tuv>.
    How to fix: give the second translation a unit of its own.
    When to allow: when every tool that reads the file keeps both.
    """
    return Said(
        _("a tuv in {lang} stands already on line {line}").format(lang=lang, line=line),
        _("give the second translation a unit of its own"),
    )


@rule("V306", "date-impossible", Level.ERROR)
def date_impossible(name: str, value: str, why: str) -> Said:
    """A date that cannot be.

    What it finds: days, months and hours that do not exist, and values that are no date at all.
    Why it matters: tools turn 30 February into 1 March, refuse the file, or lose the date.
    Example: creationdate="20240230T120000Z".
    How to fix: find out which day was meant and write it as 20240229T120000Z, or remove the attribute.
    When to allow: never.
    """
    return Said(
        _('{name}="{value}" is no date: {why}').format(name=name, value=value, why=why),
        _("write a day that exists as YYYYMMDDThhmmssZ, in UTC, or remove the attribute"),
    )


@rule("V307", "date-form", Level.WARNING)
def date_form(name: str, value: str, why: str, instead: str) -> Said:
    """A date in another form than TMX asks for.

    What it finds: dates that can be understood but are not written as YYYYMMDDThhmmssZ: with hyphens and
        colons, without Z, without a time, with another time zone, with fractions of seconds, in lower case.
    Why it matters: many tools read the one form only and lose the date, or refuse the file.
    Example: creationdate="2010-01-01T00:00:00Z".
    How to fix: write 20100101T000000Z, in UTC. Without a zone, find out which one is meant.
    When to allow: when the dates are of no use to anybody.
    """
    fix = (
        _("write {instead}").format(instead=instead) if instead else _("write it as YYYYMMDDThhmmssZ, in UTC")
    )
    return Said(_('{name}="{value}": {why}').format(name=name, value=value, why=why), fix)


@rule("V308", "date-order", Level.INFO)
def date_order(created: str, changed: str) -> Said:
    """A change before the creation.

    What it finds: changedate earlier than creationdate in the same tag.
    Why it matters: imports that keep the newest translation decide wrongly.
    Example: creationdate="20240101T000000Z" changedate="20230101T000000Z".
    How to fix: find out which date is right.
    When to allow: when a tool copies units and gives the copy a new creation date.
    """
    return Said(
        _("changed ({changed}) before it was created ({created})").format(created=created, changed=changed),
        _("correct one of the dates"),
    )


@rule("V309", "not-a-number", Level.WARNING)
def not_a_number(name: str, value: str) -> Said:
    """An attribute that should be a number and is none.

    What it finds: usagecount, i and x with anything but digits.
    Why it matters: strict readers refuse the unit; others count it as 0.
    Example: usagecount="often".
    How to fix: write a whole number.
    When to allow: when the tool that reads the file pairs codes by any text.
    """
    return Said(
        _('{name}="{value}" should be a whole number').format(name=name, value=value),
        _("write a whole number, or remove the attribute if it is optional"),
    )
