"""V1: faults of the file and of its XML, which stop most readers at the first one."""

from __future__ import annotations

from tm.formats.tmx_rules.rule import Level, Said, rule
from tm.formats.tmx_rules.words import _, ngettext

__all__ = [
    "after_root",
    "bare_ampersand",
    "bare_less_than",
    "broken_tag",
    "comment",
    "declared_entity",
    "duplicate_attribute",
    "empty_file",
    "encoding",
    "illegal_character",
    "illegal_reference",
    "limits",
    "not_tmx",
    "packed",
    "prefix",
    "tag_mismatch",
    "truncated",
    "undecodable",
    "undefined_entity",
    "xml_declaration",
]


@rule("V101", "empty-file", Level.ERROR)
def empty_file(*, blank: bool) -> Said:
    """A file without content.

    What it finds: a file of 0 bytes, or with nothing but white space or NUL bytes in it.
    Why it matters: an export or a transfer has failed; every reader stops at once.
    Example: a file of 0 bytes.
    How to fix: export the memory again, or fetch the file again.
    When to allow: never; an empty memory still has a header and a body.
    """
    message = _("the file holds nothing but blanks") if blank else _("the file is empty (0 bytes)")
    return Said(message, _("export the memory again, or fetch the file again"))


@rule("V102", "not-tmx", Level.ERROR)
def not_tmx(what: str, fix: str) -> Said:
    """A file that is no TMX.

    What it finds: another root element than tmx, or no XML at all. It says what the file seems to be: a web
        page, XLIFF, a term base, a spreadsheet, the text export of another program.
    Why it matters: a download that asked for a login gives a web page, which is then called .tmx.
    Example: <html><body>404 Not Found</body></html> in a file called memory.tmx.
    How to fix: fetch the right file, or export it from its program as TMX.
    When to allow: never.
    """
    return Said(_("this is no TMX: {what}").format(what=what), fix)


@rule("V103", "encoding", Level.ERROR)
def encoding(declared: str, actual: str, why: str) -> Said:
    """The declared encoding is not the encoding of the file.

    What it finds: a declaration that contradicts the byte order mark or the bytes themselves, and a name
        that stands for no encoding.
    Why it matters: readers that believe the declaration show wrong characters or refuse the file.
    Example: encoding="UTF-8" in a file that was saved as GB18030.
    How to fix: write the encoding that the file has into its first line.
    When to allow: never.
    """
    message = _("the file declares the encoding {declared}, but {why}").format(declared=declared, why=why)
    return Said(message, _('write encoding="{actual}" into the first line').format(actual=actual))


@rule("V104", "undecodable", Level.ERROR)
def undecodable(raw: str, codec: str) -> Said:
    """Bytes that are no character of the file's encoding.

    What it finds: each place where bytes have no meaning in the encoding of the file.
    Why it matters: text was damaged there, or files of two encodings were put together; readers stop.
    Example: the byte 0xFF in a file in UTF-8.
    How to fix: look up what stood there and write it; if much is unreadable, the encoding is another one.
    When to allow: never.
    """
    return Said(
        _("the bytes {raw} are no text in {codec}").format(raw=raw, codec=codec),
        _("write the character that belongs there; nothing here says which it was"),
    )


@rule("V105", "illegal-character", Level.ERROR)
def illegal_character(code: str, instead: str) -> Said:
    """A character that XML does not allow.

    What it finds: control characters other than tab and line ends, halves of surrogate pairs, U+FFFE, U+FFFF.
    Why it matters: XML readers stop there, and the rest of the file is not read.
    Example: U+000B, which word processors use for a line break inside a paragraph.
    How to fix: remove it, or write a space where it kept words apart.
    When to allow: never; XML 1.0 has no way to write these characters.
    """
    fix = _("remove it") if not instead else _("write {instead} instead").format(instead=instead)
    return Said(_("the character {code} is not allowed in XML").format(code=code), fix)


@rule("V106", "illegal-reference", Level.ERROR)
def illegal_reference(text: str, instead: str) -> Said:
    """A reference to a character that XML does not allow.

    What it finds: references such as &#x1; and &#xD800;, and numbers beyond Unicode. Two references that are
        the halves of a surrogate pair are said to be the one character that they mean.
    Why it matters: writing a forbidden character as a number does not make it legal; readers stop there.
    Example: &#xD83D;&#xDE00; for one emoji.
    How to fix: remove it, or write the one character that both halves mean.
    When to allow: never.
    """
    fix = _("remove it") if not instead else _("write {instead} instead").format(instead=instead)
    return Said(_("{text} stands for no character that XML allows").format(text=text), fix)


@rule("V107", "bare-ampersand", Level.ERROR)
def bare_ampersand() -> Said:
    """An & that begins no reference.

    What it finds: & in text or in an attribute that is not the beginning of &amp;, &lt; or a number.
    Why it matters: & has a meaning of its own in XML; readers stop there.
    Example: <seg>R&D</seg>.
    How to fix: write &amp;.
    When to allow: never.
    """
    return Said(_("an & stands alone"), _("write &amp;"))


@rule("V108", "bare-less-than", Level.ERROR)
def bare_less_than() -> Said:
    """A < that begins no tag.

    What it finds: < in text that is followed by no name, and < inside an attribute.
    Why it matters: < begins a tag in XML; readers stop there.
    Example: <seg>p < 0.05</seg>.
    How to fix: write &lt;.
    When to allow: never.
    """
    return Said(_("a < stands in the text"), _("write &lt;"))


@rule("V109", "undefined-entity", Level.ERROR)
def undefined_entity(name: str, instead: str) -> Said:
    """A reference by a name that XML does not know.

    What it finds: references such as &nbsp;, whose names belong to HTML, and names nobody has declared.
    Why it matters: XML knows five names only: amp, lt, gt, quot, apos. Readers stop at any other.
    Example: 10&nbsp;km.
    How to fix: write the character itself or its number, as &#160;.
    When to allow: never.
    """
    fix = (
        _("write {instead}").format(instead=instead)
        if instead
        else _("write &amp;{name}; if this is text, else the character that is meant").format(name=name)
    )
    return Said(_("XML does not know &{name};").format(name=name), fix)


@rule("V110", "declared-entity", Level.ERROR)
def declared_entity(name: str, kind: str, *, used: bool = False) -> Said:
    """The file declares an entity.

    What it finds: <!ENTITY …> in the document type: internal, external and parameter entities.
    Why it matters: an entity can read files of the machine or fill its memory; careful readers refuse the
        whole file, careless ones do what it says.
    Example: <!ENTITY x SYSTEM "file:///etc/passwd">.
    How to fix: write the text itself where the entity is used, and remove the declaration.
    When to allow: never in a file that goes to others.
    """
    if used:
        return Said(
            _("&{name}; stands for an entity that the file declares itself").format(name=name),
            _("write its text instead"),
        )
    return Said(
        _("the file declares {kind} “{name}”, which careful readers refuse").format(kind=kind, name=name),
        _("write its text where it is used, and remove the declaration"),
    )


@rule("V111", "tag-mismatch", Level.ERROR)
def tag_mismatch(name: str, *, closing: bool, because: str = "") -> Said:
    """Start and end tags that do not belong together.

    What it finds: an element that is not closed where it has to be, and an end tag without a start.
    Why it matters: readers stop there, and the rest of the file is not read.
    Example: <seg>text</tuv>.
    How to fix: write the tag that is missing, or remove the one that is too many.
    When to allow: never.
    """
    if closing:
        return Said(
            _("</{name}> closes nothing that is open").format(name=name),
            _("remove it, or write <{name}> where it begins").format(name=name),
        )
    return Said(
        _("<{name}> is not closed before {because}").format(name=name, because=because),
        _("write </{name}> where it ends").format(name=name),
    )


@rule("V112", "broken-tag", Level.ERROR)
def broken_tag(name: str, what: str, fix: str) -> Said:
    """A tag that is not written as XML wants it.

    What it finds: attributes without quotes, without a value or without a blank before them, quotes that are
        not closed, tags without >, attributes in an end tag.
    Why it matters: readers stop there, and the rest of the file is not read.
    Example: <tuv xml:lang=en>.
    How to fix: write every attribute as name="value".
    When to allow: never.
    """
    return Said(_("the tag <{name}> is broken: {what}").format(name=name, what=what), fix)


@rule("V113", "duplicate-attribute", Level.ERROR)
def duplicate_attribute(name: str, *, same: bool) -> Said:
    """An attribute that stands twice in one tag.

    What it finds: the second one of two attributes of the same name.
    Why it matters: readers stop there.
    Example: <tu tuid="1" tuid="2">.
    How to fix: remove the one that is wrong; where both say the same, either.
    When to allow: never.
    """
    fix = _("remove one of them; both say the same") if same else _("remove the one that is wrong")
    return Said(_("the attribute {name} stands twice").format(name=name), fix)


@rule("V114", "after-root", Level.ERROR)
def after_root(what: str) -> Said:
    """Something stands after the end of the document.

    What it finds: text, tags or NUL bytes behind </tmx>.
    Why it matters: readers refuse the file, though all units stand before.
    Example: a second file that was appended; NUL bytes from a disk image.
    How to fix: remove what stands behind </tmx>; a second TMX belongs into a file of its own.
    When to allow: never.
    """
    fix = (
        _("keep it as a file of its own, or move its units into the body") if "<" in what else _("remove it")
    )
    return Said(_("more stands behind </tmx>: {what}").format(what=what), fix)


@rule("V115", "truncated", Level.ERROR)
def truncated(units: int, where: str) -> Said:
    """The file ends in the middle.

    What it finds: a file without </tmx>. It says how many units are whole.
    Why it matters: readers refuse the file; the units behind the break are lost.
    Example: a download that broke off.
    How to fix: fetch the file again. `tm validate --repair` recovers the whole units.
    When to allow: never.
    """
    recovered = ngettext("{count} whole unit can be recovered", "{count} whole units can be recovered", units)
    return Said(
        _("the file ends in the middle ({where}); {recovered}").format(
            where=where, recovered=recovered.format(count=units)
        ),
        _("fetch it again; --repair recovers the whole units and closes the file"),
    )


@rule("V116", "xml-declaration", Level.ERROR)
def xml_declaration(what: str, fix: str, level: Level | None = None) -> Said:
    """The line <?xml …?> is wrong or in the wrong place.

    What it finds: blanks or text before <?xml, a second declaration, XML 1.1, a declaration without version.
    Why it matters: readers stop at the first byte.
    Example: an empty line before <?xml version="1.0"?>.
    How to fix: let the file begin with <?xml version="1.0" encoding="UTF-8"?>.
    When to allow: never.
    """
    return Said(what, fix, level)


@rule("V117", "comment", Level.ERROR)
def comment(what: str, fix: str) -> Said:
    """A comment, CDATA section or processing instruction that is not written as XML wants it.

    What it finds: -- inside a comment, one that is not closed, ]]> in text, an unknown <! construction.
    Why it matters: readers stop there.
    Example: <!-- old -- new -->.
    How to fix: write - - inside comments and ]]&gt; in text.
    When to allow: never.
    """
    return Said(what, fix)


@rule("V118", "prefix", Level.ERROR)
def prefix(name: str) -> Said:
    """A name with a namespace prefix that nothing declares.

    What it finds: elements and attributes such as ex:note without xmlns:ex.
    Why it matters: most readers refuse the file.
    Example: <tu ex:status="1"> without xmlns:ex on it or around it.
    How to fix: declare the prefix on the root, or remove what uses it.
    When to allow: never.
    """
    return Said(
        _("the prefix of {name} is declared nowhere").format(name=name),
        _("declare it on the root element, or remove what uses it"),
    )


@rule("V119", "limits", Level.ERROR)
def limits(what: str, fix: str) -> Said:
    """Something is so large that readers take it for an attack.

    What it finds: elements more than 256 deep, texts of more than 10 MB, units of more than 4 MiB, tags with
        more than 1000 attributes.
    Why it matters: common readers refuse such files, so that nobody can fill their memory.
    Example: a whole book in one seg.
    How to fix: split it.
    When to allow: never in a file that goes to others.
    """
    return Said(what, fix)


@rule("V120", "packed", Level.ERROR)
def packed(reason: str, hint: str) -> Said:
    """A gzip or zip file that cannot be unpacked to one TMX.

    What it finds: damaged and cut-off packed files, zips with several files, what unpacks to far too much.
    Why it matters: what is behind the damage cannot be read.
    Example: a .tmx.gz whose download broke off.
    How to fix: fetch it again, or pack one TMX anew.
    When to allow: never.
    """
    return Said(reason, hint)
