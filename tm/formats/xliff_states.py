"""What the states of XLIFF and of the tools that write it say about a translation.

| status       | XLIFF 1.2                | XLIFF 2.1, state and subState             |
|--------------|--------------------------|-------------------------------------------|
| no target    | new                      | initial                                   |
| draft        | needs-review-translation | initial tm:draft (tm:fuzzy, tm:repaired …) |
| translated   | translated               | translated                                |
| reviewed     | signed-off               | reviewed                                  |
| approved     | final, approved="yes"    | final                                     |

XLIFF 2 has no state between initial and translated, and a draft that called itself translated would be
taken for finished work by every other tool. So it stays initial, and its subState says that its target is
one to work on. An initial target without such a word is no translation. By the specification a tool that
changes the state must change or remove the subState; where one forgot that, the state counts.

Where a file of XLIFF 2 states nothing at all, its targets are translations, as in the files of programs that
never write states; where it states something somewhere, a segment without a state is initial.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tm.formats.xliff_names import OWN
from tm.model import MatchKind, Status

__all__ = ["DRAFT_STATES", "DRAFT_STATES_2", "OPEN_STATES", "STATES", "STATES_2", "status_2", "status_of"]

STATES = {
    Status.DRAFT: "needs-review-translation",
    Status.TRANSLATED: "translated",
    Status.REVIEWED: "signed-off",
    Status.APPROVED: "final",
}
"""The state of a target with a translation of this status, in XLIFF 1.2."""

STATES_2 = {
    Status.DRAFT: ("initial", f"{OWN}:draft"),
    Status.TRANSLATED: ("translated", ""),
    Status.REVIEWED: ("reviewed", ""),
    Status.APPROVED: ("final", ""),
}
"""The state and subState of a segment with a translation of this status, in XLIFF 2.1."""

DRAFT_STATES = {
    MatchKind.CONTEXT: ("translated", "exact-match"),
    MatchKind.EXACT: ("translated", "exact-match"),
    MatchKind.REPAIRED: ("needs-review-translation", "leveraged-tm"),
    MatchKind.FUZZY: ("needs-review-translation", "fuzzy-match"),
    MatchKind.CLAUSE: ("needs-review-translation", "leveraged-tm"),
    MatchKind.TERMS: ("new", ""),
    MatchKind.NONE: ("new", ""),
}
"""State and state-qualifier of a drafted target by how it was found, in XLIFF 1.2."""

DRAFT_STATES_2 = {
    kind: (
        ("translated", f"{OWN}:{kind.value}")
        if state == "translated"
        else ("initial", "" if state == "new" else f"{OWN}:{kind.value}")
    )
    for kind, (state, _qualifier) in DRAFT_STATES.items()
}
"""State and subState of a drafted segment by how it was found, in XLIFF 2.1."""

OPEN_STATES = frozenset({"new", "needs-translation", "initial"})
"""The states of a target that is no translation yet."""
_UNSURE = frozenset(
    {
        *("fuzzy-match", "leveraged-tm", "leveraged-mt", "leveraged-glossary", "mt-suggestion"),
        *("tm-suggestion", "rejected-grammar", "rejected-inaccurate", "rejected-length", "rejected-spelling"),
    }
)
"""The state-qualifiers of a target that nobody has looked at, or that somebody has sent back."""
_REJECTED = "rejected-"

_NONE = None
"""No translation, whatever the target says."""
_KNOWN: dict[str, Status | None] = {
    # XLIFF 1.2
    "new": _NONE,
    "needs-translation": _NONE,
    "needs-adaptation": Status.DRAFT,
    "needs-l10n": Status.DRAFT,
    "needs-review-adaptation": Status.DRAFT,
    "needs-review-l10n": Status.DRAFT,
    "needs-review-translation": Status.DRAFT,
    "translated": Status.TRANSLATED,
    "signed-off": Status.REVIEWED,
    "final": Status.APPROVED,
    # XLIFF 2
    "initial": _NONE,
    "reviewed": Status.REVIEWED,
    # Trados: conf of sdl:seg
    "draft": Status.DRAFT,
    "approvedtranslation": Status.REVIEWED,
    "approvedsignoff": Status.APPROVED,
    "rejectedtranslation": Status.DRAFT,
    "rejectedsignoff": Status.DRAFT,
    # memoQ: mq:status
    "notstarted": _NONE,
    "pretranslated": Status.DRAFT,
    "edited": Status.DRAFT,
    "partiallyedited": Status.DRAFT,
    "assembledfromfragments": Status.DRAFT,
    "machinetranslated": Status.DRAFT,
    "rejected": Status.DRAFT,
    "manuallyconfirmed": Status.TRANSLATED,
    "confirmed": Status.TRANSLATED,
    "reviewer1confirmed": Status.REVIEWED,
    "reviewer2confirmed": Status.REVIEWED,
    "proofread": Status.APPROVED,
    # Phrase: m:confirmed
    "0": Status.DRAFT,
    "1": Status.TRANSLATED,
}
_VENDOR = ("conf", "status", "confirmed")


def status_of(*elements: Any, finished: bool = False) -> Status | None:  # noqa: ANN401 - lxml elements or None
    """How far a translation has come by the first of these elements that says; None = it is none.

    Looked at are `state`, what Trados, memoQ and Phrase write in their namespaces, `state-qualifier` and
    `approved`. With `finished` a state that says there is no translation yet counts as not written.
    """
    present = [element for element in elements if element is not None]
    said = [word for element in present for word in _words(element) if word in _KNOWN]
    if finished:
        said = [word for word in said if word not in OPEN_STATES]
    qualifiers = [element.get("state-qualifier", "").casefold() for element in present]
    status = _KNOWN[said[0]] if said else _unstated(qualifiers)
    if status is None:
        return None
    if any(qualifier.startswith(_REJECTED) for qualifier in qualifiers):
        return Status.DRAFT
    approved = any(element.get("approved") == "yes" for element in present)
    return Status.APPROVED if approved else status


def _unstated(qualifiers: list[str]) -> Status:
    """The status of a target whose state is not written."""
    return Status.DRAFT if _UNSURE.intersection(qualifiers) else Status.TRANSLATED


def status_2(segment: Any, *, stated: bool, finished: bool = False) -> Status | None:  # noqa: ANN401 - lxml
    """How far a segment of XLIFF 2 has come; None = its target is no translation.

    `stated` says that the file writes states. With `finished` an initial state counts as not written.
    """
    state = segment.get("state", "initial" if stated else "").casefold()
    prefix, _colon, word = segment.get("subState", "").casefold().partition(":")
    if state in ("", "initial"):
        return _initial(state, prefix, word, finished=finished)
    status = _KNOWN.get(state, Status.TRANSLATED)
    if prefix != OWN and _KNOWN.get(word) is Status.DRAFT:
        return Status.DRAFT
    return status


def _initial(state: str, prefix: str, word: str, *, finished: bool) -> Status | None:
    if (prefix == OWN and word) or _KNOWN.get(word, Status.TRANSLATED) is Status.DRAFT:
        return Status.DRAFT
    return None if state and not finished else Status.TRANSLATED


def _words(element: Any) -> Iterator[str]:  # noqa: ANN401 - lxml
    """What an element says of its state, its own attribute first."""
    yield element.get("state", "").casefold()
    for name, value in element.attrib.items():
        namespace, _brace, local = str(name).rpartition("}")  # a name that libxml2 let pass may be no QName
        if local in _VENDOR and (namespace or local == "conf"):
            yield value.casefold()
