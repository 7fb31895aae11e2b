"""What a repair could not place is said in every file that a draft is written to."""

import io
import json

import pytest

from tm.formats import bilingual_text, draft_json, po, xliff, xliff_2
from tm.model import Draft, DraftDocument, Edit, MatchKind, Place, Segment

DRAFT = Draft(
    segment=Segment(lang="zh-CN", text="增长9%。"),
    place=Place(file="zh.txt", line=1),
    target="It rose markedly.",
    kind=MatchKind.FUZZY,
    score=90.0,
    missed=(Edit(kind="number", before="8%", after="9%"),),
)
DOCUMENT = DraftDocument(file="zh.txt", source_lang="zh-CN", target_lang="en", drafts=(DRAFT,))


def written(module):
    stream = io.BytesIO()
    module.write_draft(DOCUMENT, stream)
    return stream.getvalue().decode()


@pytest.mark.parametrize("module", [bilingual_text, po, xliff, xliff_2])
def test_what_was_not_repaired_is_written_as_such(module):
    lines = [line for line in written(module).splitlines() if "8% → 9%" in line]
    assert lines
    assert all("not repaired" in line for line in lines)


def test_the_json_lists_what_was_not_repaired_beside_the_edits():
    segment = json.loads(written(draft_json))["segments"][0]
    assert segment["not_repaired"] == [{"kind": "number", "from": "8%", "to": "9%"}]
    assert segment["edits"] == []
