"""Where Chinese segments end."""

from __future__ import annotations

import re

from tm.segment.engine import Stop
from tm.segment.pairs import matched_pairs
from tm.segment.rulebook import ChineseRules, chinese_rules

__all__ = ["Chinese"]

_HAN = r"㐀-䶿一-鿿豈-﫿"
_STOPS = re.compile(
    rf"(?P<stop>[。！？｡!?…]+|(?<=[{_HAN}”）》])[.．](?![.\w]))[”’」』）)】》〉〕］\]\"]*",
)
_HEAD = re.compile(
    r"[（(]?(?:[一二三四五六七八九十百]{1,4}|[0-9０-９]{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|第[一二三四五六七八九十百0-9]{1,4}[条章节款项])[）)]?"
)
_RUNS_ON = frozenset("，、,（(“「『—")
_QUOTES = frozenset('“「『"‘')
_BEFORE_SPEECH = frozenset("：:，,说道。！？…；;")


class Chinese:
    """Chinese, simplified or traditional."""

    stops = _STOPS

    def __init__(self, rules: ChineseRules | None = None) -> None:
        self.rules = rules or chinese_rules()
        self._lines = re.compile(rf"[\n\r\v\f\x85\u2028\u2029]+|(?=[{self.rules.bullets}]\s?[\w“《])")
        self._continuation = re.compile("|".join(map(re.escape, self.rules.continuations)))
        speaker = rf"(?P<speaker>[^，。！？：；“”\s]{{0,{self.rules.longest_speaker}}}?)"
        tags, reports = "|".join(self.rules.tags), "|".join(self.rules.reports)
        self._tag = re.compile(rf"{speaker}(?:(?:{tags})(?=[，。：！,:])|(?:{reports})(?=。|！|[，：]“))")

    def starts(self, text: str) -> list[int]:
        """Lines (unless a comma or the like shows that they run on) and bullets."""
        places = [found.span() for found in self._lines.finditer(text) if found.end()]
        return [end for start, end in places if start == end or text[start - 1 : start] not in _RUNS_ON]

    def pairs(self, text: str) -> dict[int, int]:
        """Brackets and quotation marks."""
        longest = self.rules.longest_quotation
        return {
            opener: closer for opener, closer in matched_pairs(text).items() if closer - opener <= longest
        }

    def holds(self, text: str, opener: int, start: int) -> bool:
        """True for every pair but a bracket around whole sentences."""
        return opener != start or text[opener] not in "（("

    def ends(self, stop: Stop) -> bool:
        """True unless a head, a quotation inside a sentence, or who spoke it goes on."""
        if stop.marks in {".", "．"} and self._is_head(stop):
            return False
        if stop.opened >= 0:
            return self._ends_after_pair(stop)
        if "…" in stop.marks and self._continuation.match(stop.text, stop.following):
            return False
        return not self._only_marks(stop)

    def _is_head(self, stop: Stop) -> bool:
        return bool(_HEAD.fullmatch(stop.text, stop.start, stop.mark))

    def _only_marks(self, stop: Stop) -> bool:
        return stop.mark == stop.start and stop.end - stop.start < 2

    def _ends_after_pair(self, stop: Stop) -> bool:
        opener = stop.text[stop.opened]
        if opener not in _QUOTES:
            return stop.opened <= stop.start and opener in "（("
        following = stop.following
        if following >= len(stop.text):
            return True
        if self._continuation.match(stop.text, following) or self._is_tagged(stop.text, following):
            return False
        return "。" in stop.marks or self._is_speech(stop)

    def _is_tagged(self, text: str, position: int) -> bool:
        tag = self._tag.match(text, position)
        if tag is None or tag["speaker"].startswith(self.rules.not_speakers):
            return False
        return not tag[0].endswith(self.rules.not_tags)

    def _is_speech(self, stop: Stop) -> bool:
        """True when the quotation is a sentence of its own, not a phrase inside one."""
        return stop.opened == stop.start or stop.text[stop.opened - 1] in _BEFORE_SPEECH
