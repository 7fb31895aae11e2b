"""The one data model: values that every room of the house shares.

All are frozen, slotted and made with keywords; collections are tuples. Text is kept exactly as it was read;
normalisation happens only where something is matched or checked. Offsets count code points.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

__all__ = [
    "Analysis",
    "Band",
    "Bead",
    "Block",
    "BlockKind",
    "Code",
    "Concept",
    "Context",
    "Draft",
    "DraftDocument",
    "Edit",
    "Finding",
    "Header",
    "Match",
    "MatchKind",
    "Memory",
    "Note",
    "Origin",
    "Penalty",
    "Place",
    "Prop",
    "Release",
    "Score",
    "Segment",
    "Severity",
    "Span",
    "Status",
    "Term",
    "TermStatus",
    "Unit",
    "Variant",
    "Waiver",
]


# --- Text with inline codes -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """An inline code, whole: what a CAT tool shows as a tag.

    `kind` is TMX's element: bpt ept it ph hi sub ut; formats with other elements map onto it and keep
    theirs in `attributes`. `offset` counts in the text the code stands in. Native code (`text`) is never
    part of the segment's text; the sub-flows inside it are `children` of kind sub, whose offsets count in
    this code's `text`, and whose own `text` is translatable. A `hi` covers `length` characters of the
    text it stands in, has no text of its own, and its children's offsets count in that same text.
    """

    offset: int
    kind: str
    i: str = ""
    x: str = ""
    type: str = ""
    text: str = ""
    length: int = 0
    children: tuple[Code, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Text in one language (BCP 47, as spelt in its file), exactly as read, with its inline codes."""

    lang: str
    text: str
    codes: tuple[Code, ...] = ()


# --- Units and memories -----------------------------------------------------------------------------


class Status(StrEnum):
    """How far a translation has come."""

    DRAFT = "draft"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark for people. `lang` and `encoding` are TMX's xml:lang and o-encoding.

    `attributes` are XLIFF's, by their names there: from, priority, annotates; category, appliesTo.
    """

    text: str
    lang: str = ""
    encoding: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A named property. `lang` and `encoding` are TMX's xml:lang and o-encoding."""

    type: str
    text: str
    lang: str = ""
    encoding: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a unit comes from: release, position in it, who made and changed it, and when (UTC)."""

    release: str = ""
    index: int | None = None
    created: datetime.datetime | None = None
    creator: str = ""
    changed: datetime.datetime | None = None
    changer: str = ""

    @property
    def date(self) -> datetime.date | None:
        """The day of the last change, else of the making."""
        moment = self.changed or self.created
        return moment.date() if moment else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The source texts before and after a unit, and a key its file gave it. "" = unknown."""

    previous: str = ""
    next: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A further tuv of a unit: another language, or a second one of the same language."""

    segment: Segment
    notes: tuple[Note, ...] = ()
    props: tuple[Prop, ...] = ()
    extra: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A translation unit (tu): a source segment and its translation.

    The id is stable under edits elsewhere. `props` holds the properties that no field of this class
    stands for. `extra` belongs to the format that read the unit; no other module looks inside.
    `line` is where it stood in the file it was read from, from 1; 0 = not known.
    """

    id: str
    source: Segment
    target: Segment
    origin: Origin = Origin()
    context: Context = Context()
    status: Status = Status.TRANSLATED
    notes: tuple[Note, ...] = ()
    props: tuple[Prop, ...] = ()
    others: tuple[Variant, ...] = ()
    extra: object = field(default=None, compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """What a TMX header says. `kind` is built, working, or "" for a file from elsewhere."""

    source_lang: str = "zh-CN"
    target_lang: str = "en"
    segtype: str = "sentence"
    tool: str = ""
    tool_version: str = ""
    datatype: str = "plaintext"
    adminlang: str = "en"
    kind: str = ""
    notes: tuple[Note, ...] = ()
    props: tuple[Prop, ...] = ()
    extra: object = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """A translation memory: its name, header, and units, which may be a stream that is read once."""

    name: str
    header: Header
    units: Iterable[Unit]

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)


# --- Documents and alignment ------------------------------------------------------------------------


class BlockKind(StrEnum):
    """What a block of a release is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A typed block of a document; `line` counts from 1."""

    kind: BlockKind
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a segment stands: `line` from 1; block, paragraph and index (in the document) from 0."""

    file: str = ""
    line: int = 0
    block: int = 0
    paragraph: int = 0
    index: int = 0

    @property
    def segment_id(self) -> str:
        """The id of the segment in a draft, by which a finished draft is put back in its place."""
        return f"{self.paragraph + 1}-{self.index + 1}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A published document pair and what is known of it. `others` keeps further keys of release.toml."""

    id: str
    date: datetime.date | None = None
    office_zh: str = ""
    office_en: str = ""
    title_zh: str = ""
    title_en: str = ""
    url: str = ""
    series: str = ""
    status: str = ""
    sample: bool = False
    note: str = ""
    translator: str = ""
    reviser: str = ""
    approver: str = ""
    embargo: datetime.date | None = None
    zh: tuple[Block, ...] = ()
    en: tuple[Block, ...] = ()
    others: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bead:
    """An alignment link: positions of source and target segments that translate each other.

    One side is empty where a segment has no counterpart. `score` is a confidence, 0–1; `reasons` are the
    parts it was made of. `crossing` marks a bead out of the target's order.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 1.0
    reasons: tuple[tuple[str, float], ...] = ()
    locked: bool = False
    crossing: bool = False

    @property
    def zh(self) -> tuple[int, ...]:
        """The source side by the name it has in JSON."""
        return self.source

    @property
    def en(self) -> tuple[int, ...]:
        """The target side by the name it has in JSON."""
        return self.target


# --- Matches and drafts -----------------------------------------------------------------------------


class MatchKind(StrEnum):
    """How a translation was found, best first."""

    CONTEXT = "context"
    EXACT = "exact"
    REPAIRED = "repaired"
    FUZZY = "fuzzy"
    CLAUSE = "clause"
    TERMS = "terms"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Penalty:
    """Percent points taken off a match, and for what."""

    name: str
    points: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A unit found for a segment. `score` and `word_score` are percent: 102 and 101 context, 100 exact.

    Of a clause match `parts` are the stretches of the unit's source and target that are meant.
    """

    memory: str
    unit: Unit
    kind: MatchKind
    score: float
    word_score: float = 0.0
    penalties: tuple[Penalty, ...] = ()
    parts: tuple[Span, ...] = ()

    @property
    def source(self) -> Segment:
        """What matched: the unit's source, of a clause match the part of it, without codes."""
        return self._part("source", self.unit.source)

    @property
    def target(self) -> Segment:
        """What that is translated by: the unit's target, of a clause match the part of it, without codes."""
        return self._part("target", self.unit.target)

    def _part(self, side: str, whole: Segment) -> Segment:
        for part in self.parts:
            if part.side == side:
                return Segment(lang=whole.lang, text=whole.text[part.start : part.end])
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A change made in a matched translation. `kind` is number, date, name, term or place."""

    kind: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One leveraged segment, with where every part came from.

    `edits` were made in the matched translation (English before and after); `missed` are changes that the
    source asks for and that could not be placed with certainty (Chinese before and after).
    """

    segment: Segment
    place: Place
    target: str = ""
    kind: MatchKind = MatchKind.NONE
    score: float = 0.0
    word_score: float = 0.0
    matches: tuple[Match, ...] = ()
    edits: tuple[Edit, ...] = ()
    missed: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    context: Context = Context()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A row of an analysis: how much text matches this well. `weight` is the share that is paid."""

    name: str
    segments: int = 0
    characters: int = 0
    words: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """The match bands of a document. Bands and repetitions are disjoint and add up to the total."""

    bands: tuple[Band, ...]
    repetitions: Band
    internal: Band
    total: Band
    weighted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDocument:
    """A leveraged draft of one source file, in the order of its segments."""

    file: str
    source_lang: str
    target_lang: str
    drafts: tuple[Draft, ...]
    analysis: Analysis | None = None


# --- Terms and findings -----------------------------------------------------------------------------


class TermStatus(StrEnum):
    """What the term base says of a rendering. Deprecated was right once; forbidden never was."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One designation of a concept in one language."""

    lang: str
    text: str
    status: TermStatus = TermStatus.PREFERRED
    case: str = "insensitive"
    pos: str = ""
    acronym: str = ""
    unless: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A concept of the term base with its designations in both languages."""

    id: str
    zh: tuple[Term, ...]
    en: tuple[Term, ...]
    domain: str = ""
    once: bool = False
    severity: Severity | None = None
    valid_from: datetime.date | None = None
    valid_until: datetime.date | None = None
    mono: bool | None = None
    others: tuple[tuple[str, str], ...] = ()

    def renderings(self, *statuses: TermStatus) -> tuple[Term, ...]:
        """The English terms that have one of these statuses, in the term base's order."""
        return tuple(term for term in self.en if term.status in statuses)


class Severity(StrEnum):
    """How bad a finding is, with MQM's weights."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        """MQM's penalty: 0, 1, 5 or 25."""
        return {"neutral": 0, "minor": 1, "major": 5, "critical": 25}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A half-open stretch of code points on one side of a unit."""

    side: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A finding that somebody accepted: why, who, and until when."""

    rule: str
    fingerprint: str
    reason: str
    who: str
    until: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found. Its attributes are the JSON keys of `tm.check/1` (`unit_id` for `unit`).

    `side` is source or target; `start` and `end` are code points in that side's text, half open.
    `fix`, when there is one, replaces exactly that stretch.
    """

    rule: str
    name: str
    family: str
    mqm: str
    severity: Severity
    unit_id: str
    side: str
    start: int
    end: int
    message: str
    file: str = ""
    line: int = 0
    term: str = ""
    suggestion: str = ""
    fix: str | None = None
    fingerprint: str = ""
    waived: Waiver | None = None

    @property
    def advice(self) -> str:
        """The message and, behind an arrow, what would be right."""
        return f"{self.message} → {self.suggestion}" if self.suggestion else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A measured value, never without the signature that says how it was measured."""

    name: str
    value: float
    signature: str
    band: str = ""
    n: int = 0
