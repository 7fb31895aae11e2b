"""What the states of XLIFF and of the tools that write it say about a translation."""

from __future__ import annotations

from typing import Any

from lxml import etree

from tm.model import MatchKind, Status

__all__ = ["DRAFT_STATES", "OPEN_STATES", "STATES", "status_of"]

STATES = {
    Status.DRAFT: "needs-review-translation",
    Status.TRANSLATED: "translated",
    Status.REVIEWED: "signed-off",
    Status.APPROVED: "final",
}
"""The state of a target with a translation of this status."""

DRAFT_STATES = {
    MatchKind.CONTEXT: ("translated", "exact-match"),
    MatchKind.EXACT: ("translated", "exact-match"),
    MatchKind.REPAIRED: ("needs-review-translation", "leveraged-tm"),
    MatchKind.FUZZY: ("needs-review-translation", "fuzzy-match"),
    MatchKind.CLAUSE: ("needs-review-translation", "leveraged-tm"),
    MatchKind.TERMS: ("new", ""),
    MatchKind.NONE: ("new", ""),
}
"""State and state-qualifier of a drafted target by how it was found."""

OPEN_STATES = frozenset({"new", "needs-translation", "initial"})
"""The states of a target that is no translation yet."""

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


def status_of(*elements: Any) -> Status | None:  # noqa: ANN401 - lxml elements or None
    """How far a translation has come by the first of these elements that says; None = it is none.

    Looked at are `state`, what Trados, memoQ and Phrase write in their namespaces, and `approved`.
    """
    present = [element for element in elements if element is not None]
    said = [word for element in present for word in _words(element) if word in _KNOWN]
    status = _KNOWN[said[0]] if said else Status.TRANSLATED
    approved = any(element.get("approved") == "yes" for element in present)
    return Status.APPROVED if approved and status is not None else status


def _words(element: Any) -> list[str]:  # noqa: ANN401 - lxml
    """What an element says of its state, its own attribute first."""
    found = [element.get("state", "").casefold()]
    for name, value in element.attrib.items():
        qualified = etree.QName(name)
        if qualified.localname in _VENDOR and (qualified.namespace or qualified.localname == "conf"):
            found.append(value.casefold())
    return found
