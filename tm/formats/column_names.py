"""What the titles of a table's columns mean: our own and those that people and other tools write.

Blanks, case, signs and full width do not matter: "Source segment", "source_segment" and "SourceSegment" are
one title. A language code, alone or behind another word ("Source (en-US)"), decides which side it is.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["lang_of", "meaning_of", "names_language"]

_TITLES = {
    "zh": """
        zh source src chinese chinesetext chinesesource simplifiedchinese chinesesimplified chineseprc
        chinesechina chinesesimplifiedchina chinesesimplifiedprc mandarin sourcetext sourcesegment
        sourcelanguage sourcestring sourcechinese original originaltext 中 中文 汉语 汉文 简体中文 中文简体
        简中 原文 原句 源文 源句 源语 源语言 源文本 源语句段 中文原文 原文中文 中文源文 源文中文
        中文文本 中文内容
        traditionalchinese chinesetraditional chinesetaiwan chinesehongkong 繁体中文 中文繁体 繁中
        """,
    "en": """
        en target tgt english englishtext englishtranslation englishtarget englishus englishuk
        englishunitedstates englishunitedkingdom translation translationtext translated translatedtext
        targettext targetsegment targetlanguage targetstring targetenglish 英 英文 英语 译文 译句 译语 目标语
        目标语言 目标文 目标文本 目标语句段 英译 英译文 英文译文 译文英文 英语译文 英文文本 英文内容 翻译
        """,
    "id": "id tuid unit unitid segmentid segid stringid no 编号 序号 标识 标识符 句段编号 句段号 段号",
    "status": "status state segmentstatus translationstatus 状态 翻译状态 句段状态 审校状态",
    "note": "note notes comment comments remark remarks 备注 注释 批注 说明 评论 附注",
    "release": "release 文件",
    "index": "index",
    "date": "date created creationdate creationtime datecreated 日期 创建日期 创建时间 发布日期",
    "creator": "creator creationid author createdby translator 创建者 创建人 作者 译者",
    "changed": """
        changed changedate modified lastmodified lastchanged modificationdate datemodified
        修改日期 修改时间 更新日期 更新时间
        """,
    "changer": "changer changeid changedby modifiedby lastmodifiedby 修改者 修改人 更新者 更新人",
    "previous": "previous prev contextprev contextprevious 上文 前文",
    "next": "next contextnext 下文 后文",
    "key": "key context contextkey",
}
_MEANING = {title: name for name, titles in _TITLES.items() for title in titles.split()}
_TAG = r"(?:zh|cmn|zho|chi|en|eng)(?:[-_][A-Za-z]{2,4})*"
_ALONE = re.compile(rf"({_TAG})", re.IGNORECASE)
_BEHIND = re.compile(rf"\w[\w ]*(?:\(\s*({_TAG})\s*\)|:\s*({_TAG}))", re.IGNORECASE)
_SIGNS = re.compile(r"[\W_]+")
_TRADITIONAL = re.compile("traditional|taiwan|hongkong|繁")
_LANGUAGE_NAME = re.compile("chinese|mandarin|english|[中汉英繁]")


def meaning_of(title: str) -> str:
    """The field that a title stands for: zh, en, id, status …; "" when it is none of them."""
    tag = _tag(title)
    if tag:
        return "en" if tag.casefold().startswith("en") else "zh"
    return _MEANING.get(_plain(title), "id" if title.strip() in ("#", "＃") else "")


def names_language(title: str) -> bool:
    """True when the title of a column of texts says their language, and not only their side."""
    return bool(_tag(title) or _LANGUAGE_NAME.search(_plain(title)))


def lang_of(title: str, default: str) -> str:
    """The language of the column as its title spells it; `default` where that is zh, en or nothing."""
    tag = _tag(title)
    if tag:
        return default if tag.casefold() in ("zh", "en") else tag
    return "zh-Hant" if _TRADITIONAL.search(_plain(title)) else default


def _tag(title: str) -> str:
    normal = unicodedata.normalize("NFKC", title).strip()
    found = _ALONE.fullmatch(normal) or _BEHIND.fullmatch(normal)
    return next(filter(None, found.groups())) if found else ""


def _plain(title: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", title).casefold())
