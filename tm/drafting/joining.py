"""English parts put together to sentences: joints, subjects said once, capitals and marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tm.drafting.clause_english import Lead

__all__ = ["Piece", "joined"]

_END = re.compile(r"[\s,;:.!?—]+$")
_LEAD = re.compile(r"\A(?:and|while|but|so|or)\s+(?=\w)", re.IGNORECASE)
_ENDS = {"。": ".", "！": "!", "？": "?", "；": ".", "：": ":", ":": ":", ";": ";", "!": "!", "?": "?"}
_FULL = (".", "!", "?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """The English of a clause, how it begins, and the Chinese mark after it.

    It goes on from the piece before it where the memory has both in one sentence, `between` between them.
    """

    text: str
    lead: Lead
    mark: str
    between: str | None = None


@dataclass(slots=True)
class _Sentence:
    """A sentence that is being put together."""

    phrases: list[str] = field(default_factory=list)
    subject: str = ""
    series: list[int] = field(default_factory=list)
    whole: bool = False
    end: str = ""


def joined(pieces: Sequence[Piece]) -> str:
    """The pieces as English sentences. The last has the mark that the Chinese has there, or none."""
    sentences: list[_Sentence] = [_Sentence()]
    for piece in pieces:
        if sentences[-1].end or _breaks(sentences[-1], piece):
            sentences[-1].end = sentences[-1].end or "."
            sentences.append(_Sentence())
        _add(sentences[-1], piece)
        sentences[-1].end = _ENDS.get(piece.mark, "")
    if sentences[-1].end == "." and pieces and pieces[-1].mark not in _ENDS:
        sentences[-1].end = ""
    return _written(sentences)


def _breaks(sentence: _Sentence, piece: Piece) -> bool:
    """True when a piece after a comma begins a sentence of its own: it has another subject."""
    if not sentence.phrases or piece.between is not None or not piece.lead.whole:
        return False
    return sentence.whole and not _goes_on(sentence, piece)


def _goes_on(sentence: _Sentence, piece: Piece) -> bool:
    """True when the sentence has said the subject of the piece already."""
    return bool(piece.lead.subject) and piece.lead.subject.lower() == sentence.subject.lower()


def _add(sentence: _Sentence, piece: Piece) -> None:
    bare = _END.sub("", piece.text)
    if piece.between is not None and sentence.phrases:
        sentence.phrases[-1] += piece.between + bare
    elif not sentence.phrases:
        bare = _LEAD.sub("", bare, count=1) if not piece.lead.subject else bare
        sentence.phrases.append(_with_subject(piece, bare))
    elif _goes_on(sentence, piece):
        sentence.series.append(len(sentence.phrases))
        sentence.phrases.append(_END.sub("", piece.lead.rest))
    else:
        sentence.phrases.append(_with_subject(piece, _LEAD.sub("", bare, count=1), first=False))
    sentence.subject = sentence.subject or piece.lead.subject
    sentence.whole = sentence.whole or piece.lead.whole


def _with_subject(piece: Piece, bare: str, *, first: bool = True) -> str:
    lead = piece.lead
    if not lead.subject:
        return bare if first or not lead.common else bare[:1].lower() + bare[1:]
    subject = lead.subject if first else lead.subject[:1].lower() + lead.subject[1:]
    subject = subject if first or not lead.subject.startswith("China") else lead.subject
    return f"{subject} {_END.sub('', lead.rest)}"


def _written(sentences: Iterable[_Sentence]) -> str:
    written: list[str] = []
    opens = True
    for sentence in sentences:
        text = _series(sentence)
        written.append((text[:1].upper() + text[1:] if opens else text) + sentence.end)
        opens = sentence.end.startswith(_FULL)
    return " ".join(text for text in written if text)


def _series(sentence: _Sentence) -> str:
    """The phrases with commas, and "and" before the last where they are a series."""
    last = len(sentence.phrases) - 1
    text = sentence.phrases[0] if sentence.phrases else ""
    for number, phrase in enumerate(sentence.phrases[1:], start=1):
        joint = "and " if number == last and number in sentence.series else ""
        only = joint and last == 1 and len(text) < 60
        text += (" " if only else ", ") + joint + phrase
    return text
