"""What is wrong with a language tag, and the tag that was meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tm.formats.tmx_rules.rule import Level
from tm.formats.tmx_rules.words import _, language
from tm.text.languages import canonical, is_well_formed

__all__ = ["TagFault", "related", "tag_fault"]

_TWO_LETTERS_LIST = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz
ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik
in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg
mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro
ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty
ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_TWO_LETTERS = frozenset(_TWO_LETTERS_LIST.split())
_REGIONS_LIST = """
AC AD AE AF AG AI AL AM AN AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BU BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CR CS CU CV CW CX CY CZ DD DE DG DJ DK DM DO DZ EA
EC EE EG EH ER ES ET EU EZ FI FJ FK FM FO FR FX GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY
HK HM HN HR HT HU IC ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF
NG NI NL NO NP NR NT NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE
SG SH SI SJ SK SL SM SN SO SR SS ST SU SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM TN TO TP TR TT TV TW TZ
UA UG UM UN US UY UZ VA VC VE VG VI VN VU WF WS XK YD YE YT YU ZA ZM ZR ZW
"""
_REGIONS = frozenset(_REGIONS_LIST.split())
_OLD_TAG = re.compile(r"[iI](?:-[A-Za-z0-9]{1,8})+")
_NO_CODES = {
    "cn": "zh-CN",
    "jp": "ja",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "us": "en-US",
    "ua": "uk",
    "vn": "vi",
    "eng": "en",
    "chs": "zh-Hans",
    "cht": "zh-Hant",
}
_NAMES = {
    "chinese": "zh",
    "english": "en",
    "french": "fr",
    "german": "de",
    "spanish": "es",
    "italian": "it",
    "portuguese": "pt",
    "russian": "ru",
    "japanese": "ja",
    "korean": "ko",
    "arabic": "ar",
    "dutch": "nl",
    "vietnamese": "vi",
    "mandarin": "zh",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "chinese (simplified)": "zh-Hans",
    "chinese (traditional)": "zh-Hant",
    "中文": "zh",
    "汉语": "zh",
    "简体中文": "zh-Hans",
    "繁体中文": "zh-Hant",
    "英语": "en",
    "英文": "en",
}


@dataclass(frozen=True, slots=True)
class TagFault:
    """Why a tag is none, and the tag to write; `certain` when nothing else can be meant."""

    why: str
    instead: str
    level: Level
    certain: bool


def tag_fault(tag: str) -> TagFault | None:
    """What is wrong with a language tag; None for one that can be used."""
    return _tag_fault(tag, language())


@lru_cache(maxsize=4096)
def _tag_fault(tag: str, _language: str) -> TagFault | None:
    if not tag.strip():
        return TagFault(_("it is empty"), "", Level.ERROR, certain=False)
    if _OLD_TAG.fullmatch(tag):
        return None
    if not is_well_formed(tag):
        return _malformed(tag)
    first, *rest = tag.lower().split("-")
    if first in {"x", "cmn"}:
        return None
    return _unknown_language(tag, first) or _unknown_region(tag, rest)


def related(tag: str, wanted: str) -> bool:
    """True when one of the two tags is the other, or the other without its region or script."""
    one, other = canonical(tag).lower(), canonical(wanted).lower()
    return one == other or one.startswith(f"{other}-") or other.startswith(f"{one}-")


def _malformed(tag: str) -> TagFault:
    name = _NAMES.get(tag.strip().lower())
    if name:
        return TagFault(_("it is the name of a language"), name, Level.ERROR, certain=name != "zh")
    plain = canonical(tag)
    usable = is_well_formed(plain) and tag_fault(plain) is None
    instead = plain if usable else ""
    if "_" in tag and usable:
        return TagFault(_("_ stands where - belongs"), instead, Level.ERROR, certain=usable)
    if tag != tag.strip():
        return TagFault(_("there is white space around it"), instead, Level.ERROR, certain=usable)
    return TagFault(_("it is not built as BCP 47 wants it"), instead, Level.ERROR, certain=False)


def _unknown_language(tag: str, first: str) -> TagFault | None:
    name = _NAMES.get(first)
    if name or len(first) >= 5:
        why = _("it is the name of a language") if name else _("no language has this code")
        alone = "-" not in tag
        return TagFault(why, name or "", Level.ERROR, certain=alone and name not in {None, "zh"})
    if len(first) == 2 and first not in _TWO_LETTERS:
        instead = _NO_CODES.get(first, "") if "-" not in tag else ""
        return TagFault(_("no language has this code"), instead, Level.ERROR, certain=False)
    plain = canonical(tag)
    if len(first) == 3 and len(plain.split("-", maxsplit=1)[0]) == 2:
        return TagFault(_("the language has a code of two letters"), plain, Level.WARNING, certain=True)
    if first in _NO_CODES:
        return TagFault(_("no language has this code"), _NO_CODES[first], Level.WARNING, certain=False)
    if tag.lower() in {"zh-chs", "zh-cht"}:
        return TagFault(_("this is an old name of Windows"), plain, Level.WARNING, certain=True)
    return None


def _unknown_region(tag: str, rest: list[str]) -> TagFault | None:
    region = next((part for part in rest if len(part) in {1, 2}), "")
    if len(region) != 2 or not region.isalpha() or region.upper() in _REGIONS:
        return None
    if region == "uk":
        instead = "-".join("GB" if part.lower() == "uk" else part for part in tag.split("-"))
        return TagFault(_("the region UK is called GB"), instead, Level.WARNING, certain=True)
    first = tag.split("-", maxsplit=1)[0]
    return TagFault(
        _("no region has the code {region}").format(region=region.upper()),
        first,
        Level.WARNING,
        certain=False,
    )
