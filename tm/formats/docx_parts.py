"""The parts of a review table in Word besides its text: styles, settings, properties, and their package.

Everything is fixed or follows from the text: no clock, no random numbers, so equal tables are equal bytes.
"""

from __future__ import annotations

import io
import zipfile

from tm.formats.docx_package import W
from tm.formats.docx_record import SPACE
from tm.formats.docx_xml import attribute_xml, text_xml

__all__ = ["HEADER", "NAMESPACES", "packed"]

HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{_OFFICE}/relationships"'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"

_PARTS = (
    ("word/styles.xml", f"{_WORD}.styles+xml", "styles"),
    ("word/settings.xml", f"{_WORD}.settings+xml", "settings"),
    ("word/fontTable.xml", f"{_WORD}.fontTable+xml", "fontTable"),
    ("word/footer1.xml", f"{_WORD}.footer+xml", "footer"),
    ("word/comments.xml", f"{_WORD}.comments+xml", "comments"),
)
"""Parts of the document in the order of their relationships, which are rId1, rId2 …"""

_ROMAN = "Times New Roman"
_FONTS = f'<w:rFonts w:ascii="{_ROMAN}" w:hAnsi="{_ROMAN}" w:eastAsia="SimSun" w:cs="{_ROMAN}"/>'


def _style(name: str, title: str, inside: str, *, kind: str = "paragraph", base: str = "Normal") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/>{based}'
        f"<w:qFormat/>{inside}</w:style>"
    )


def _small(color: str, half_points: int = 16) -> str:
    return f'<w:rPr><w:color w:val="{color}"/><w:sz w:val="{half_points}"/></w:rPr>'


_BOLD = '<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:sz w:val="18"/></w:rPr>'
_TIGHT = '<w:pPr><w:spacing w:before="20" w:after="20"/></w:pPr>'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'


def _styles(target_lang: str) -> str:
    english = "en-US" if target_lang == "en" else attribute_xml(target_lang)
    return (
        f"{HEADER}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}"
        f'<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="{english}" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{_MARGINS}</w:tblPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:keepNext/><w:spacing w:after="60"/><w:outlineLvl w:val="0"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="30"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
        f'<w:pPr><w:jc w:val="center"/></w:pPr>{_small("595959")}</w:style>'
        '<w:style w:type="paragraph" w:styleId="CommentText"><w:name w:val="annotation text"/>'
        '<w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="20"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="CommentReference"><w:name w:val="annotation reference"/>'
        '<w:rPr><w:sz w:val="16"/></w:rPr></w:style>'
        + _style("tmGuide", "tm guide", f'<w:pPr><w:spacing w:after="120"/></w:pPr>{_small("404040", 18)}')
        + _style(
            "tmHeader", "tm header", '<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:sz w:val="18"/></w:rPr>'
        )
        + _style("tmId", "tm id", f"{_TIGHT}{_small('7F7F7F', 14)}")
        + _style(
            "tmSource",
            "tm source",
            f'{_TIGHT}<w:rPr><w:lang w:val="zh-CN" w:eastAsia="zh-CN"/></w:rPr>',
        )
        + _style("tmTarget", "tm target", _TIGHT)
        + _style("tmMatch", "tm match", f"{_TIGHT}{_small('262626')}")
        + _style("tmFrom", "tm from", f"{_TIGHT}{_small('7F7F7F', 14)}")
        + _style("tmComment", "tm comment", f'{_TIGHT}<w:rPr><w:sz w:val="18"/></w:rPr>')
        + _style("tmCode", "tm code", _small("C00000", 18), kind="character", base="DefaultParagraphFont")
        + '<w:style w:type="table" w:customStyle="1" w:styleId="tmTable"><w:name w:val="tm table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_BORDERS}</w:tblBorders>{_MARGINS}'
        "</w:tblPr></w:style></w:styles>"
    )


_SETTINGS = (
    f'{HEADER}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:trackRevisions/>'
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    '<w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"'
    ' w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)
_FONT_TABLE = (
    f'{HEADER}<w:fonts {NAMESPACES}><w:font w:name="SimSun"><w:altName w:val="宋体"/><w:charset w:val="86"/>'
    '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font><w:font w:name="Times New Roman">'
    '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)


def _number_field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


_FOOTER = (
    f'{HEADER}<w:ftr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{_number_field("PAGE")}'
    f'<w:r><w:t xml:space="preserve"> / </w:t></w:r>{_number_field("NUMPAGES")}</w:p></w:ftr>'
)


def packed(document: str, *, comments: str, record: str, title: str, langs: tuple[str, str]) -> bytes:
    """The Word file of these parts; `comments` and `record` may be empty. Equal parts give equal bytes."""
    contents = {
        "word/styles.xml": _styles(langs[1]),
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": _FONT_TABLE,
        "word/footer1.xml": _FOOTER,
        "word/comments.xml": comments,
    }
    parts = [part for part in _PARTS if contents[part[0]]]
    files = {
        "[Content_Types].xml": _types(parts, record=bool(record)),
        "_rels/.rels": _relations(
            (f"{_OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{_OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/core.xml": _core(title, langs),
        "docProps/app.xml": f'{HEADER}<Properties xmlns="{_OFFICE}/extended-properties">'
        "<Application>tm</Application></Properties>",
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relations(
            *((f"{_OFFICE}/relationships/{kind}", name.removeprefix("word/")) for name, _type, kind in parts),
            *([(f"{_OFFICE}/relationships/customXml", "../customXml/item1.xml")] if record else []),
        ),
        **{name: contents[name] for name, _type, _kind in parts},
    }
    if record:
        files |= {
            "customXml/item1.xml": record,
            "customXml/_rels/item1.xml.rels": _relations(
                (f"{_OFFICE}/relationships/customXmlProps", "itemProps1.xml")
            ),
            "customXml/itemProps1.xml": _RECORD_PROPERTIES,
        }
    return _zipped(files)


_RECORD_PROPERTIES = (
    f'{HEADER}<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" '
    'ds:itemID="{6B1F4E0A-2C53-4D7E-9A86-0F3D5C7E1B24}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{SPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def _types(parts: list[tuple[str, str, str]], *, record: bool) -> str:
    known = [
        ("word/document.xml", f"{_WORD}.document.main+xml"),
        *((name, content) for name, content, _kind in parts),
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", f"{_OFFICE_TYPE}.extended-properties+xml"),
        *([("customXml/itemProps1.xml", f"{_OFFICE_TYPE}.customXmlProperties+xml")] if record else []),
    ]
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{content}"/>' for name, content in known)
    return (
        f'{HEADER}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEADER}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str, langs: tuple[str, str]) -> str:
    return (
        f'{HEADER}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{text_xml(title)}</dc:title>'
        f"<dc:language>{text_xml(', '.join(langs))}</dc:language></cp:coreProperties>"
    )


def _zipped(files: dict[str, str]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same on every system
            archive.writestr(info, content.encode())
    return result.getvalue()
