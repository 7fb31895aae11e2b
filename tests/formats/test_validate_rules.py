"""Every rule of the validator: a case that triggers it, a near miss that does not, and a manual page."""

from __future__ import annotations

import inspect
import io

import pytest

from tm.checks.explain import explain, find_rule
from tm.formats.tmx_rules import RULES
from tm.formats.tmx_rules.rule import HEADINGS
from tm.formats.tmx_validate import Report, validate

HEADER = (
    '<header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x" adminlang="en"'
    ' srclang="zh-CN" datatype="plaintext"/>'
)
UNIT = '<tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv><tuv xml:lang="en"><seg>a</seg></tuv></tu>'


def whole(body: str = UNIT, *, header: str = HEADER, version: str = "1.4", before: str = "") -> str:
    return f'{before}<tmx version="{version}">{header}<body>{body}</body></tmx>'


def unit(
    target: str = "<seg>a</seg>",
    *,
    tu: str = "",
    tuv: str = 'xml:lang="en"',
    source: str = "甲",
    inside: str = "",
) -> str:
    zh = f'<tuv xml:lang="zh-CN"><seg>{source}</seg></tuv>'
    return whole(f"<tu{tu}>{inside}{zh}<tuv {tuv}>{target}</tuv></tu>")


def seg(text: str, source: str = "甲") -> str:
    return unit(f"<seg>{text}</seg>", source=source)


def dated(value: str) -> str:
    return unit(tu=f' creationdate="{value}"')


DECLARED = '<?xml version="1.0" encoding="{}"?>'
PAIR = '<bpt i="1">x</bpt>a<ept i="1">x</ept>'

CASES: dict[str, tuple[str | bytes, str | bytes]] = {
    "V101": (b" \n\0\0", whole(body="")),
    "V102": ("<html><body>404</body></html>", whole()),
    "V103": (
        DECLARED.format("GB18030").encode() + b" " + whole().encode(),
        DECLARED.format("utf8") + whole(),
    ),
    "V104": (whole().encode().replace(b">a<", b">\xff<"), whole()),
    "V105": (seg("a\x0bb"), seg("a\tb\x85\u2028")),
    "V106": (seg("&#x1;"), seg("&#9;&#x10FFFD;")),
    "V107": (seg("R&D"), seg("R&amp;D")),
    "V108": (seg("p < 0.05"), seg("p &lt; 0.05 > 0")),
    "V109": (seg("10&nbsp;km"), seg("10&#160;km &quot;")),
    "V110": ("<!DOCTYPE tmx [<!ENTITY x 'y'>]>" + whole(), "<!DOCTYPE tmx SYSTEM 'tmx14.dtd' []>" + whole()),
    "V111": (whole(UNIT.replace("</seg></tuv></tu>", "</tuv></tu>")), whole(UNIT + "<tu \n></tu >")),
    "V112": (unit(tuv="xml:lang=en"), unit(tuv="\nxml:lang = 'en' ")),
    "V113": (unit(tu=' tuid="1" tuid="1"'), unit(tu=' tuid="1" creationid="1"')),
    "V114": (whole() + "\0\0", whole() + "\n<!-- end -->\n"),
    "V115": (whole()[:-20], whole()),
    "V116": ("\n" + DECLARED.format("UTF-8") + whole(), DECLARED.format("UTF-8") + "\n" + whole()),
    "V117": (whole("<!-- a -- b -->"), whole("<!-- a - b -->")),
    "V118": (unit(tu=' q:a="1"'), unit(tu=' xmlns:q="urn:q" q:a="1"')),
    "V119": (seg("<hi>" * 300 + "</hi>" * 300), seg("<hi>" * 30 + "a" + "</hi>" * 30)),
    "V120": (b"\x1f\x8b\x08broken", whole()),
    "V201": (whole(version="1.4b"), whole(version="1.3")),
    "V202": (whole(header=""), whole()),
    "V203": (f'<tmx version="1.4">{HEADER}{UNIT}</tmx>', whole()),
    "V204": (seg("a <b>bold</b> word"), seg("a <hi>bold</hi> word")),
    "V205": (seg("a<sub>b</sub>"), seg("a<ph><sub>b</sub></ph>")),
    "V206": (unit('<seg>a</seg><prop type="x">y</prop>'), unit('<prop type="x">y</prop><seg>a</seg>')),
    "V207": (unit("<seg>a</seg>b"), unit("\n<seg>a</seg>\t")),
    "V208": (unit(""), unit()),
    "V209": (unit("<seg>a</seg><seg>b</seg>"), unit()),
    "V210": (whole("<tu></tu>"), whole()),
    "V211": (whole(header=HEADER.replace(' o-tmf="x"', "")), whole(header=HEADER.replace('"x"', '""'))),
    "V212": (unit(tu=' foo="1"'), unit(tu=' tuid="1"')),
    "V213": (unit(tu=' segtype="word"'), unit(tu=' segtype="phrase"')),
    "V214": (
        whole(header=HEADER[:-2] + '><ude name="x"><map unicode="#xF8FF" code="#xF0"/></ude></header>'),
        whole(
            header=HEADER[:-2]
            + '><ude name="x" base="mac"><map unicode="#xF8FF" code="#xF0"/></ude></header>'
        ),
    ),
    "V215": (unit(tu=' xmlns:q="urn:q" q:a="1"'), unit(tu=' o-tmf="q:a"')),
    "V301": (unit(tuv=""), unit(tuv='xml:lang="x-own"')),
    "V302": (unit(tuv='lang="en"'), whole(UNIT.replace("xml:lang", "lang"), version="1.1")),
    "V303": (unit(tuv='xml:lang="en_US"'), unit(tuv='xml:lang="EN-us"')),
    "V304": (
        whole(UNIT.replace("zh-CN", "fr")),
        whole(UNIT.replace("zh-CN", "fr"), header=HEADER.replace("zh-CN", "*ALL*")),
    ),
    "V305": (unit(tuv='xml:lang="ZH-cn"'), unit(tuv='xml:lang="zh-TW"')),
    "V306": (dated("20240230T120000Z"), dated("20240229T120000Z")),
    "V307": (dated("2010-01-01T00:00:00"), dated("20100101T000000Z")),
    "V308": (
        unit(tu=' creationdate="20240101T000000Z" changedate="20230101T000000Z"'),
        unit(tu=' creationdate="20240101T000000Z" changedate="20240101T000000Z"'),
    ),
    "V309": (unit(tu=' usagecount="often"'), unit(tu=' usagecount="0"')),
    "V401": (seg('<bpt i="1">x</bpt>a'), seg(PAIR, PAIR)),
    "V402": (seg(PAIR + PAIR), seg(PAIR + PAIR.replace('"1"', '"2"'))),
    "V403": (seg('<ept i="1"/>a<bpt i="1"/>'), seg(PAIR)),
    "V404": (seg("a", "甲<ph x='1'/>"), seg("<ph x='1'/>a<ph x='2'/>", "<ph x='2'/><ph x='1'/>甲")),
    "V405": (seg("a<ut>x</ut>"), whole(UNIT.replace(">a<", "><ut>x</ut><"), version="1.3")),
    "V406": (seg("&lt;b&gt;word&lt;/b&gt;"), seg("a &lt; b &gt; c, &lt;name&gt;")),
    "V501": (seg("\u3000 "), seg("<ph/>")),
    "V502": (seg("Press any key now.", "Press any key now."), seg("ISO 9001", "ISO 9001")),
    "V503": (whole(UNIT * 2), whole(UNIT + UNIT.replace(">a<", ">b<"))),
    "V504": (
        whole(UNIT.replace("<tu>", '<tu tuid="1">') + UNIT.replace("<tu>", '<tu tuid="1">')),
        whole(UNIT.replace("<tu>", '<tu tuid="1">') + UNIT.replace("<tu>", '<tu tuid="01">')),
    ),
    "V505": (unit(inside='<prop type="file">a</prop>'), unit(inside='<prop type="x-file">a</prop>')),
    "V506": (seg("a "), seg("a ", "甲 ")),
    "V507": (whole('<tu><tuv xml:lang="zh-CN"><seg>甲</seg></tuv></tu>'), whole()),
    "V508": (seg("Fran\ufffdais"), seg("Fran\u25a1ais")),
}


def report(raw: str | bytes) -> Report:
    content = raw if isinstance(raw, bytes) else raw.encode()
    return validate(io.BytesIO(content), path="case.tmx")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_finds_its_case_and_leaves_the_near_miss_alone(rule) -> None:
    wrong, right = CASES[rule.id]
    assert rule.id in report(wrong).counts
    assert rule.id not in report(right).counts


def test_every_case_belongs_to_a_rule() -> None:
    assert list(CASES) == [rule.id for rule in RULES]


def test_ids_and_names_are_used_once() -> None:
    assert len({rule.id for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_a_manual_page_with_all_headings(rule) -> None:
    page = explain(rule.id)
    assert [heading for heading in HEADINGS if f"\n{heading}: " in page] == list(HEADINGS)
    assert page.startswith(f"{rule.id} {rule.name} (structure, ")
    assert inspect.cleandoc(rule.manual).partition("\n")[0].endswith(".")
    assert find_rule(rule.name) is rule


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_finding_says_what_and_how_to_mend_it(rule) -> None:
    for fault in report(CASES[rule.id][0]).faults:
        assert fault.message
        assert fault.fix
        assert fault.line >= 1
        assert fault.column >= 1


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("zh_CN", "zh-CN"),
        ("Chinese", "zh"),
        ("English", "en"),
        ("en-UK", "en-GB"),
        ("eng", "en"),
        ("cn", "zh-CN"),
        ("zh-CHS", "zh-Hans"),
        ("简体中文", "zh-Hans"),
        ("en-", ""),
        ("en-XX", "en"),
    ],
)
def test_a_tag_that_is_none_gets_the_one_that_is_meant(tag: str, meant: str) -> None:
    (fault,) = [one for one in report(unit(tuv=f'xml:lang="{tag}"')).faults if one.rule == "V303"]
    assert f"“{tag}”" in fault.message
    assert f"write {meant or 'a tag'}" in fault.fix


@pytest.mark.parametrize(
    "tag", ["zh", "zh-Hans-CN", "cmn", "yue", "sr-Latn-RS", "es-419", "x-own", "i-klingon", "eN-uS"]
)
def test_a_good_tag_is_left_alone(tag: str) -> None:
    assert "V303" not in report(unit(tuv=f'xml:lang="{tag}"')).counts


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("20240230T120000Z", "V306"),
        ("20240101T250000Z", "V306"),
        ("20241301T000000Z", "V306"),
        ("00000101T000000Z", "V306"),
        ("yesterday", "V306"),
        ("", "V306"),
        ("20240101", "V307"),
        ("20240101T000000", "V307"),
        ("20240101T080000+0800", "V307"),
        ("2024-01-01T00:00:00.123Z", "V307"),
        ("20240101t000000z", "V307"),
        ("1704067200000", "V307"),
    ],
)
def test_a_date_is_impossible_or_only_written_otherwise(value: str, rule: str) -> None:
    found = report(dated(value)).counts
    assert {"V306", "V307"} & set(found) == {rule}
