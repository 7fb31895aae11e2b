from __future__ import annotations

from tm.drafting import LeverageOptions, leverage
from tm.matching.options import MatchOptions
from tm.model import MatchKind

KNOWN = (("同比增长8.2%。", "Up 8.2% year on year."), ("第3批名单。", "The list."))


def drafted(lookup, placed, text, threshold=90.0):
    options = LeverageOptions(match=MatchOptions(threshold=threshold))
    return leverage(placed(text), lookup(*KNOWN), options=options).drafts[0]


def test_a_unit_of_other_numbers_is_repaired_though_it_is_below_the_threshold(lookup, placed):
    draft = drafted(lookup, placed, "同比增长10.35%。")
    assert (draft.kind, draft.score) == (MatchKind.REPAIRED, 99)
    assert draft.target == "Up 10.35% year on year."
    assert draft.matches[0].score < 90
    assert [penalty.name for penalty in draft.matches[0].penalties] == ["number"]


def test_what_cannot_be_repaired_is_not_offered_below_the_threshold(lookup, placed):
    assert drafted(lookup, placed, "第15批名单。").kind not in (MatchKind.REPAIRED, MatchKind.FUZZY)
    assert drafted(lookup, placed, "第15批名单。", threshold=50.0).kind is MatchKind.FUZZY


def test_a_more_alike_unit_that_cannot_be_repaired_stays_beside_it(lookup, placed):
    alike = ("同比增幅10.35%。", "A rise of 10.35% year on year.")
    options = LeverageOptions(match=MatchOptions(threshold=70.0))
    draft = leverage(placed("同比增长10.35%。"), lookup(*KNOWN, alike), options=options).drafts[0]
    assert (draft.kind, draft.target) == (MatchKind.REPAIRED, "Up 10.35% year on year.")
    assert [match.unit.target.text for match in draft.matches] == [KNOWN[0][1], alike[1]]
