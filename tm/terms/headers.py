"""What the columns of a term table mean, by their titles: our own, and those other tools and people give."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tm.terms.table import COLUMNS
from tm.text.languages import canonical, is_simplified, is_traditional, is_well_formed, same_language

__all__ = ["Column", "is_ours", "meanings", "only_traditional"]

_FIELDS = {
    "concept": "concept conceptid entryid termid id entry 编号 概念 概念编号 条目编号",
    "status": """
        status termstatus state usagestatus approvalstatus administrativestatus usage approval
        状态 术语状态 使用状态
        """,
    "forbidden": "forbidden isforbidden donotuse 禁用 是否禁用 禁止使用",
    "preferred": "preferred ispreferred 首选 是否首选 推荐",
    "sensitive": "casesensitive casesensitivity matchcase 区分大小写 大小写敏感",
    "case": "case 大小写",
    "pos": "pos partofspeech wordclass grammaticalcategory 词性",
    "acronym": "acronym abbreviation abbr shortform 缩写 缩略语 简称",
    "domain": "domain subject subjectfield entrysubject field category area 领域 专业 学科 类别 分类 主题",
    "unless": "unless",
    "note": "note notes comment comments remark remarks description 备注 注释 说明 附注",
    "definition": "definition 定义 释义",
    "context": "context example usageexample sample 例句 语境 上下文 示例",
    "source": "reference sourceofterm origin 来源 出处 参考",
    "synonym": "synonym synonyms alternative alternatives alt variant variants 同义词 其他译法 别名 又译",
    "once": "once",
    "severity": "severity",
    "from": "from validfrom",
    "until": "until validuntil",
    "mono": "mono",
}
_MEANING = {title: name for name, titles in _FIELDS.items() for title in titles.split()}
_FIRST = frozenset(
    [
        "source",
        "sourceterm",
        "sourcelanguage",
        "src",
        "term",
        "terms",
        "entryterm",
        "原文",
        "源语",
        "源术语",
        "术语",
        "词条",
    ]
)
_SECOND = frozenset(
    [
        "target",
        "targetterm",
        "targetlanguage",
        "tgt",
        "translation",
        "translations",
        "translatedterm",
        "译文",
        "译名",
        "译法",
        "翻译",
        "目标语",
    ]
)
_TRADITIONAL = re.compile("traditional|taiwan|hong ?kong|macau|macao|繁|台湾|臺灣|香港")
_ZH = re.compile("chinese|mandarin|中文|汉语|中国语|简体")
_EN = re.compile("english|英文|英语|英译")
_NAMES = re.compile(
    r"chinese|mandarin|english|simplified|prc|china|people'?s republic of china|united states|united kingdom"
    r"|american|british|us\b|uk\b|中文|汉语|英文|英语|英译|简体|中国|术语|名称|\bterms?\b|\btext\b|\bname\b"
)
_TAG = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2})(?![A-Za-z0-9])")
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: a field, and the side it says it of.

    `field` is a column of the term base, or term (the words), synonym (more of them), first and second (the
    words in a language that the title does not tell), forbidden, preferred, sensitive (truth values), or "",
    for a column that is kept under its title. `side` is zh, en or "".
    """

    title: str
    field: str = ""
    side: str = ""


def is_ours(titles: Sequence[str]) -> bool:
    """True for a header of the term base itself: it names zh and en, and something only a term base has."""
    names = {title.strip().lower() for title in titles}
    return {"zh", "en"} <= names and ("concept" in names or names <= set(COLUMNS))


def meanings(titles: Sequence[str]) -> tuple[Column, ...] | None:
    """What every column means; None when no header is recognised, because a side is missing."""
    columns = tuple(_meaning(title) for title in titles)
    sides = {column.side for column in columns if column.field == "term"}
    orders = {column.field for column in columns}
    if {"zh", "en"} <= sides:
        # "Source" beside named languages says where a term comes from.
        return tuple(
            Column(one.title, "source") if one.field == "first" and _plain(one.title) == "source" else one
            for one in columns
        )
    return columns if {"first", "second"} <= orders else None


def only_traditional(titles: Sequence[str]) -> bool:
    """True for a header whose Chinese is Traditional Chinese."""
    return any(_meaning(title).field.startswith("term-zh") for title in titles)


def _meaning(title: str) -> Column:
    plain = _plain(title)
    field = _MEANING.get(plain) or ("first" if plain in _FIRST else "second" if plain in _SECOND else "")
    if field:
        return Column(title, field)
    if is_traditional(title):
        return Column(title, f"term-{canonical(title).lower()}")
    side, rest = _side(title)
    if side == "zh" and _TRADITIONAL.search(_normal(title)):
        return Column(title, "term-zh-hant")
    left = _plain(rest)
    return Column(title, "term" if side and not left else _MEANING.get(left, "") if side else "", side)


def _side(title: str) -> tuple[str, str]:
    """The language that a title names, as zh or en, and what else the title says."""
    normal = _normal(title)
    for found in _TAG.finditer(normal):
        tag = canonical(found[1])
        if is_well_formed(tag) and (side := _side_of(tag, found[1])):
            return side, _NAMES.sub(" ", normal[: found.start()] + " " + normal[found.end() :])
    spaced = normal.replace("_", " ")
    side = "zh" if _ZH.search(spaced) else "en" if _EN.search(spaced) else ""
    return side, _NAMES.sub(" ", spaced)


def _side_of(tag: str, spelt: str) -> str:
    if is_simplified(tag) and spelt.lower().startswith(("zh", "cmn", "cn", "chi", "zho")):
        return "zh"
    return "en" if same_language(tag, "en") and spelt.lower().startswith("en") else ""


def _normal(title: str) -> str:
    return unicodedata.normalize("NFKC", title).strip().casefold()


def _plain(title: str) -> str:
    return _SIGNS.sub("", _normal(title))
