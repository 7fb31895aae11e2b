"""What the English of a unit says for a clause of its Chinese, and how that English begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tm.alignment import Document, align_batch
from tm.matching.lookup import ClauseMatch
from tm.model import Concept, Unit
from tm.text.clauses import chinese_clauses, english_clauses
from tm.text.inflection import is_function_word, opens_as_verb

__all__ = ["Known", "Lead", "Stretch", "Verbs", "lead_of", "translated"]

Stretch = tuple[int, int]

Known = Mapping[tuple[str, str, Stretch], tuple[Stretch, float]]
"""By source, target and the stretch of a clause: the stretch of the English that says it, and how sure."""

_MODAL = r"(?:will|must|should|shall|need to|can)"
_BASE = re.compile(rf"\b{_MODAL}\s+(?:also\s+|continue to\s+|[a-z]+ly\s+)?([a-z]{{2,}})\b")
_DONE = re.compile(r"\b(?:have|has)\s+(?:also\s+|[a-z]+ly\s+)?([a-z]{2,})\b")
_SMALL = re.compile(r"(?<=[a-z,] )[a-z]+\b")
_AHEAD = re.compile(
    r"(?:[a-z]+ing|to|in|with|under|guided|based|by|on|over|at|for|from|since|after|according|despite|through"
    r"|thanks|as for|while|when|if|this|\(?\d+[.)]|first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|finally)\b",
    re.IGNORECASE,
)
_NO_VERBS = frozenset(["be", "been", "also", "not", "continue", "further"])
_JOINT = re.compile(r"\A(?:and|but|so|while)\s+(?=\w)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?:;][”\"’')\]]*\s+")
_SUBJECT = re.compile(
    r"(?:[A-Z][^,.;:]{0,50},\s+)?(?P<subject>(?:[Ww]e|[Tt]hey|China|[Tt]he (?:government|country))"
    rf"\s+(?:{_MODAL}|have|has))\b(?! to\b)\s*(?P<rest>.*)",
    re.DOTALL,
)
_HANGING = re.compile(
    r"(?:(?:in|during|by|through|with|of|for|under|to|from|on) which|which|that"
    r"|who|whose|whom|where|thus|thereby|than|of|but|or|as well as|respectively|is|are|was|were"
    r"|has|have|had|will|been|be|by|from|for|to|into|among|including|such as)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"\b(?:that|which|who|whose|where)\b.*", re.DOTALL)
_SUBORDINATE = re.compile(r"(?:as|if|when|while|although|though|because|since|after|before)\b", re.IGNORECASE)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|will|has|have|had|can|cannot|must|should|shall|may|need|needs|remain|remains"
    r"|reached|grew|rose|fell|increased|decreased|dropped|stood|came|became)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """How a part of an English sentence begins.

    `subject` and its auxiliary ("We will") rule the part: they stand in it, or before it in its sentence;
    `rest` is the part without them. A part that is `whole` can be a sentence; one that is `hanging` stands
    only after what it stood after; one that is `ahead`, such as "To …" or "With …", can begin a sentence that
    goes on. The capital of one that is `common` is only that of a sentence's beginning.
    """

    subject: str = ""
    rest: str = ""
    whole: bool = False
    hanging: bool = False
    ahead: bool = False
    common: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """Verbs that texts were seen to use: after "will" and the like, and after "have"; and all small words."""

    base: frozenset[str]
    done: frozenset[str]
    small: frozenset[str]

    @classmethod
    def seen(cls, texts: Iterable[str]) -> Verbs:
        """The verbs in these English texts."""
        known = list(texts)
        base, done = (
            frozenset(
                word
                for text in known
                for word in pattern.findall(text)
                if word not in _NO_VERBS and not is_function_word(word)
            )
            for pattern in (_BASE, _DONE)
        )
        small = frozenset(word for text in known for word in _SMALL.findall(text))
        return cls(base=base, done=done, small=small)

    def follow(self, word: str, subject: str) -> bool:
        """True when the word can stand after a subject such as "We will" or "We have"."""
        if subject.endswith(("have", "has")):
            return word in self.done or (opens_as_verb(word) and word.endswith("ed"))
        return word in self.base or (opens_as_verb(word) and not word.endswith(("ed", "ing", "s")))


def lead_of(text: str, stretch: Stretch, verbs: Verbs) -> Lead:
    """How the stretch of an English text begins."""
    word = re.match(r"([A-Z])([a-z]*)\b", text[slice(*stretch)])
    common = f"{word[1].lower()}{word[2]}" in verbs.small if word else False
    ahead = bool(_AHEAD.match(text, *stretch))
    return replace(_ruled(text, stretch, verbs), ahead=ahead, common=common)


def _ruled(text: str, stretch: Stretch, verbs: Verbs) -> Lead:
    """The lead by what rules the part."""
    start, end = stretch
    part = text[start:end]
    opens = max((match.end() for match in _SENTENCE.finditer(text, 0, start)), default=0)
    plain = part if start == opens else _JOINT.sub("", part)
    own = _SUBJECT.match(plain)
    if own:
        led = plain[: own.start("subject")]
        return Lead(subject="" if led else own["subject"], rest="" if led else own["rest"], whole=True)
    if start == opens:
        return Lead(whole=_is_finite(plain) or _imperative(plain))
    said = _SUBJECT.match(text[opens:])
    word = re.match(r"(?:[a-z]+ly\s+)?([a-z]+)", plain)
    if said and word and not _HANGING.match(plain) and verbs.follow(word[1], said["subject"]):
        return Lead(subject=said["subject"], rest=plain, whole=True)
    if _HANGING.match(plain):
        return Lead(hanging=True)
    nominal = not (word and (word[1].endswith(("ed", "ing")) or word[1] in verbs.base | verbs.done))
    return Lead(whole=nominal and _is_finite(plain))


def _is_finite(part: str) -> bool:
    """True when the part has a verb of its own, outside of relative clauses, and hangs on no other."""
    return not _SUBORDINATE.match(part) and bool(_FINITE.search(_RELATIVE.sub("", part)))


def _imperative(part: str) -> bool:
    """True when a sentence begins with a verb in its base form, as slogans and headings do."""
    word = re.match(r"[A-Za-z]+", part)
    return bool(word and opens_as_verb(word[0]) and not word[0].endswith(("ed", "ing")))


def translated(matches: Sequence[ClauseMatch], terms: tuple[Concept, ...], cache: Path | None) -> Known:
    """For each clause of the matched units the stretch of the English that says it, and how sure that is."""
    units = {(match.unit.source.text, match.unit.target.text): match.unit for match in matches}
    sides = {key: _sides(unit) for key, unit in units.items()}
    documents = [
        Document(
            zh=tuple(key[0][start:end] for start, end in zh), en=tuple(key[1][start:end] for start, end in en)
        )
        for key, (zh, en) in sides.items()
    ]
    known: dict[tuple[str, str, Stretch], tuple[Stretch, float]] = {}
    for (key, (zh, en)), alignment in zip(
        sides.items(), align_batch(documents, terms=terms, cache=cache) if documents else (), strict=True
    ):
        for bead in alignment.beads:
            if len(bead.source) == 1 and bead.target and not bead.crossing:
                stretch = (en[bead.target[0]][0], en[bead.target[-1]][1])
                known[(*key, zh[bead.source[0]])] = (stretch, bead.score)
    return known


def _sides(unit: Unit) -> tuple[list[Stretch], list[Stretch]]:
    zh = chinese_clauses(unit.source.text)
    return zh, english_clauses(unit.target.text, least=len(zh))
