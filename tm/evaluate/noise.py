"""Documents made worse on purpose, as published pages are: parts missing on a side, lines of the site."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tm.alignment import Alignment
from tm.model import Bead

__all__ = ["HEAVY", "MODERATE", "Level", "noise"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Shares of what is dropped or put in: paragraphs by side, segments, lines of the site a paragraph."""

    zh_paragraphs: float
    en_paragraphs: float
    segments: float
    lines: float


MODERATE = Level(zh_paragraphs=0.06, en_paragraphs=0.10, segments=0.03, lines=0.05)
HEAVY = Level(zh_paragraphs=0.15, en_paragraphs=0.20, segments=0.08, lines=0.12)

# No Chinese line says what an English one says: put in at the same place they must not be a pair.
_ZH_LINES = (
    *(
        "【打印本页】【关闭窗口】",
        "【字体：大 中 小】",
        "打印本页",
        "来源：本网",
        "责任编辑：周某",
        "上一篇：没有了",
    ),
    *("当前位置：首页 > 政务公开", "扫一扫在手机打开当前页", "字号：大 中 小", "图为活动现场。", "（完）"),
)
_EN_LINES = (
    *("Share to: WeChat Weibo", "Back to top", "(Photo by staff reporter)", "Follow us on Facebook and X"),
    *(
        "Skip to main content",
        "Subscribe to our newsletter",
        "Site map",
        "Contact us",
        "Read more",
        "Top stories",
    ),
)
_ZH_FOOTER = (
    *("主办单位：某省人民政府办公厅", "承办单位：某省大数据中心", "网站标识码：5100000000"),
    "蜀ICP备00000000号",
)
_EN_FOOTER = (
    "Hosted by: General Office of the Provincial People's Government",
    "Organized by: Provincial Big Data Center",
    "Website Identification Code: 5100000000",
    "ICP No. 00000000",
)
_BEADS_A_PARAGRAPH = 3


@dataclass(slots=True, kw_only=True)
class _Line:
    """A segment of the worse document: where it stood in the good one, or -1 for a line put in."""

    text: str
    paragraph: tuple[int, int]
    place: int


def noise(document: Alignment, seed: int, level: Level = MODERATE) -> Alignment:
    """The document with parts dropped and lines put in, and the alignment that is right for it.

    The same seed gives the same document. Without paragraph numbers, three beads make a paragraph.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable noise, no secrets
    zh_para, en_para = _paragraphs(document)
    zh = list(_worse(chance, (document.zh, zh_para), (level.zh_paragraphs, level), _ZH_LINES))
    en = list(_worse(chance, (document.en, en_para), (level.en_paragraphs, level), _EN_LINES))
    footer = chance.choice(("both", "zh", "en")) if not _has_footer(document) else "none"
    joined = (
        _append(zh, _ZH_FOOTER if footer in {"both", "zh"} else ()),
        _append(en, _EN_FOOTER if footer in {"both", "en"} else ()),
    )
    beads = list(_renumbered(document.beads, zh, en))
    if footer == "both":
        beads += [Bead(source=(i,), target=(j,)) for i, j in zip(*joined, strict=True)]
    return Alignment(
        zh=tuple(line.text for line in zh),
        en=tuple(line.text for line in en),
        zh_para=_numbers(zh),
        en_para=_numbers(en),
        beads=_complete(beads, len(zh), len(en)),
    )


def _has_footer(document: Alignment) -> bool:
    return any(text.startswith(("主办单位", "Hosted by")) for text in (*document.zh, *document.en))


def _paragraphs(document: Alignment) -> tuple[Sequence[int], Sequence[int]]:
    if document.zh_para is not None and document.en_para is not None:
        return document.zh_para, document.en_para
    zh, en = [0] * len(document.zh), [0] * len(document.en)
    for number, bead in enumerate(document.beads):
        for place in bead.source:
            zh[place] = number // _BEADS_A_PARAGRAPH
        for place in bead.target:
            en[place] = number // _BEADS_A_PARAGRAPH
    return zh, en


def _worse(
    chance: random.Random,
    side: tuple[Sequence[str], Sequence[int]],
    losses: tuple[float, Level],
    lines: Sequence[str],
) -> Iterator[_Line]:
    loss, level = losses
    lost = False
    for place, (text, paragraph) in enumerate(zip(*side, strict=True)):
        if place == 0 or paragraph != side[1][place - 1]:
            if chance.random() < level.lines:
                yield _Line(text=chance.choice(lines), paragraph=(paragraph, 0), place=-1)
            lost = chance.random() < loss
        if not lost and chance.random() >= level.segments:
            yield _Line(text=text, paragraph=(paragraph, 1), place=place)


def _append(lines: list[_Line], footer: Sequence[str]) -> list[int]:
    """Puts the footer's lines at the end; where they stand there."""
    last = lines[-1].paragraph[0] if lines else 0
    places = list(range(len(lines), len(lines) + len(footer)))
    lines.extend(_Line(text=text, paragraph=(last + 1 + n, 0), place=-1) for n, text in enumerate(footer))
    return places


def _numbers(lines: Sequence[_Line]) -> tuple[int, ...]:
    numbers: list[int] = []
    for number, line in enumerate(lines):
        moved = number > 0 and line.paragraph != lines[number - 1].paragraph
        numbers.append(numbers[-1] + moved if numbers else 0)
    return tuple(numbers)


def _renumbered(beads: Sequence[Bead], zh: Sequence[_Line], en: Sequence[_Line]) -> Iterator[Bead]:
    zh_place = {line.place: n for n, line in enumerate(zh) if line.place >= 0}
    en_place = {line.place: n for n, line in enumerate(en) if line.place >= 0}
    for bead in beads:
        source = tuple(zh_place[place] for place in bead.source if place in zh_place)
        target = tuple(en_place[place] for place in bead.target if place in en_place)
        if source and target:
            yield Bead(source=source, target=target)


def _complete(beads: Sequence[Bead], zh: int, en: int) -> tuple[Bead, ...]:
    """The beads, and one-sided ones for all other segments."""
    linked_zh = {place for bead in beads for place in bead.source}
    linked_en = {place for bead in beads for place in bead.target}
    alone = [Bead(source=(n,), target=()) for n in range(zh) if n not in linked_zh]
    alone += [Bead(source=(), target=(n,)) for n in range(en) if n not in linked_en]
    return tuple(sorted([*beads, *alone], key=lambda bead: (bead.source or (zh,), bead.target)))
