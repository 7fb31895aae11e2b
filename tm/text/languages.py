"""Language tags (BCP 47), and which of them mean the same language for a memory.

The policy: Chinese without a script or a region is Simplified Chinese, as are the regions CN, SG and MY;
TW, HK and MO, and the script Hant, are Traditional Chinese. A script always wins over a region. Chinese of
any other region says neither, and is never taken for one silently. Cantonese, Min Nan and the other Chinese
languages with a code of their own are languages of their own; only Mandarin (cmn) is Chinese as such.

Tags are understood in any case, with underscores, with three-letter codes (ISO 639-2 and 639-3), with a
POSIX encoding or modifier behind, and in the old Windows forms zh-CHS and zh-CHT.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["canonical", "is_simplified", "is_traditional", "is_well_formed", "same_language"]

_SIMPLIFIED_REGIONS = frozenset({"CN", "SG", "MY"})
_TRADITIONAL_REGIONS = frozenset({"TW", "HK", "MO"})
_ROMANISED = frozenset({"pinyin", "wadegile", "jyutping", "tongyong"})

_TAG = re.compile(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})(?P<extlang>-[a-z]{3})?(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<rest>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?)"
)
_PRIVATE = re.compile(r"x(?:-[a-z0-9]{1,8})+")
_POSIX_TAIL = re.compile(r"[.@].*\Z", re.DOTALL)
_OLD = {
    "zh-chs": "zh-hans",
    "zh-cht": "zh-hant",
    "zh-guoyu": "zh",
    "zh-hakka": "hak",
    "zh-xiang": "hsn",
    "zh-min-nan": "nan",
    "i-hak": "hak",
    "iw": "he",
    "in": "id",
    "ji": "yi",
}
_THREE_LETTERS = """
aar aa, abk ab, afr af, aka ak, alb sq, amh am, ara ar, arg an, arm hy, asm as, ava av, ave ae, aym ay,
aze az, bak ba, bam bm, baq eu, bel be, ben bn, bih bh, bis bi, bod bo, bos bs, bre br, bul bg, bur my,
cat ca, ces cs, cha ch, che ce, chi zh, chu cu, chv cv, cmn zh, cor kw, cos co, cre cr, cym cy, cze cs,
dan da, deu de, div dv, dut nl, dzo dz, ell el, eng en, epo eo, est et, eus eu, ewe ee, fao fo, fas fa,
fij fj, fin fi, fra fr, fre fr, fry fy, ful ff, geo ka, ger de, gla gd, gle ga, glg gl, glv gv, gre el,
grn gn, guj gu, hat ht, hau ha, heb he, her hz, hin hi, hmo ho, hrv hr, hun hu, hye hy, ibo ig, ice is,
ido io, iii ii, iku iu, ile ie, ina ia, ind id, ipk ik, isl is, ita it, jav jv, jpn ja, kal kl, kan kn,
kas ks, kat ka, kau kr, kaz kk, khm km, kik ki, kin rw, kir ky, kom kv, kon kg, kor ko, kua kj, kur ku,
lao lo, lat la, lav lv, lim li, lin ln, lit lt, ltz lb, lub lu, lug lg, mac mk, mah mh, mal ml, mao mi,
mar mr, may ms, mkd mk, mlg mg, mlt mt, mon mn, mri mi, msa ms, mya my, nau na, nav nv, nbl nr, nde nd,
ndo ng, nep ne, nld nl, nno nn, nob nb, nor no, nya ny, oci oc, oji oj, ori or, orm om, oss os, pan pa,
per fa, pli pi, pol pl, por pt, pus ps, que qu, roh rm, ron ro, rum ro, run rn, rus ru, sag sg, san sa,
sin si, slk sk, slo sk, slv sl, sme se, smo sm, sna sn, snd sd, som so, sot st, spa es, sqi sq, srd sc,
srp sr, ssw ss, sun su, swa sw, swe sv, tah ty, tam ta, tat tt, tel te, tgk tg, tgl tl, tha th, tib bo,
tir ti, ton to, tsn tn, tso ts, tuk tk, tur tr, twi tw, uig ug, ukr uk, urd ur, uzb uz, ven ve, vie vi,
vol vo, wel cy, wln wa, wol wo, xho xh, yid yi, yor yo, zha za, zho zh, zul zu
"""
_SHORT = dict(re.findall(r"([a-z]{3})\s([a-z]{2})", _THREE_LETTERS))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    language: str
    script: str = ""
    region: str = ""
    variants: tuple[str, ...] = ()
    rest: str = ""


@lru_cache(maxsize=4096)
def canonical(tag: str) -> str:
    """The tag as BCP 47 writes it: `zh_CN.UTF-8` is zh-CN, `CMN-hans` is zh-Hans, `eng` is en.

    What is no language tag comes back unchanged but for the white space around it.
    """
    parts = _parse(tag)
    if parts is None:
        return tag.strip()
    pieces = [parts.language, parts.script, parts.region, *parts.variants]
    return "-".join(piece for piece in pieces if piece) + parts.rest


def is_well_formed(tag: str) -> bool:
    """True for a tag that BCP 47 allows as it is written: hyphens, no white space, legal subtags."""
    lower = tag.lower()
    return lower in _OLD or bool(_TAG.fullmatch(lower) or _PRIVATE.fullmatch(lower))


@lru_cache(maxsize=4096)
def is_simplified(tag: str) -> bool:
    """True when the tag means Simplified Chinese."""
    parts = _chinese(tag)
    if parts is None:
        return False
    if parts.script:
        return parts.script == "Hans"
    return not parts.region or parts.region in _SIMPLIFIED_REGIONS


@lru_cache(maxsize=4096)
def is_traditional(tag: str) -> bool:
    """True when the tag means Traditional Chinese."""
    parts = _chinese(tag)
    if parts is None:
        return False
    return parts.script == "Hant" if parts.script else parts.region in _TRADITIONAL_REGIONS


@lru_cache(maxsize=4096)
def same_language(tag: str, wanted: str) -> bool:
    """True when text in `tag` may be used where `wanted` is asked for.

    Chinese goes by script. In other languages a wanted region accepts itself and a tag without a region;
    a wanted language without a region accepts every region; scripts must not contradict each other.
    """
    if is_simplified(wanted):
        return is_simplified(tag)
    if is_traditional(wanted):
        return is_traditional(tag)
    have, want = _parse(tag), _parse(wanted)
    if have is None or want is None:
        return tag.strip().lower() == wanted.strip().lower() != ""
    return (
        have.language == want.language
        and _agree(have.script, want.script)
        and (not want.region or _agree(have.region, want.region))
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _chinese(tag: str) -> _Parts | None:
    parts = _parse(tag)
    if parts is None or parts.language != "zh" or _ROMANISED.intersection(parts.variants):
        return None
    return parts


@lru_cache(maxsize=4096)
def _parse(tag: str) -> _Parts | None:
    lower = _POSIX_TAIL.sub("", tag.strip()).replace("_", "-").lower()
    found = _TAG.fullmatch(_OLD.get(lower, lower))
    if found is None:
        return None
    language: str = found["language"]
    if found["extlang"]:
        language = str(found["extlang"])[1:]  # zh-yue is yue: the extended language alone says it all
    return _Parts(
        language=_SHORT.get(language, language),
        script=(found["script"] or "").title(),
        region=(found["region"] or "").upper(),
        variants=tuple(found["variants"].split("-")[1:]),
        rest=found["rest"],
    )
