"""Leave-one-release-out: how good drafts of published releases are, made without the release itself.

Every two-sided bead of a release is judged: the drafts of its Chinese segments, joined, beside its published
English. Its band is that of its least similar segment; a bead counts as drafted only where every segment
has a match.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path

from tm.alignment import align_batch
from tm.drafting import leverage
from tm.drafting.analysis import BANDS
from tm.errors import ConfigError
from tm.evaluate.alignment import score_alignment, without_crossing
from tm.evaluate.drafts import ASSEMBLED, REPAIRED, Judged, score_bands
from tm.matching.lookup import Lookup
from tm.model import Draft, Match, MatchKind, Score
from tm.project.corpus import PairedRelease, load_pair
from tm.project.drafting import Sources, leverage_options, open_lookup, term_base
from tm.project.folder import Project
from tm.terms.base import TermBase

__all__ = ["judged_releases", "score_aligner", "score_releases"]

Progress = Callable[[int], None]

_FROM_MEMORY = frozenset(MatchKind) - {MatchKind.TERMS, MatchKind.NONE}


def score_releases(
    project: Project,
    folders: Sequence[Path],
    sources: Sources,
    *,
    by_year: bool = False,
    progress: Progress | None = None,
) -> list[Score]:
    """BLEU, chrF and TER by band, then the share of beads that have a draft, over these releases.

    With `by_year` a release is drafted only from what was published in the years before it.
    """
    judged = list(judged_releases(project, folders, sources, by_year=by_year, progress=progress))
    drafted = sum(bool(one.draft) for one in judged)
    share = Score(
        name="drafted",
        value=100 * drafted / len(judged) if judged else 0.0,
        signature="drafted|share of two-sided beads with a match, percent",
        band="all",
        n=len(judged),
    )
    return [*score_bands(judged, [name for name, _lowest in BANDS]), share]


def judged_releases(
    project: Project,
    folders: Sequence[Path],
    sources: Sources,
    *,
    by_year: bool = False,
    progress: Progress | None = None,
) -> Iterator[Judged]:
    """Every two-sided bead of these releases with its draft, which its own release had no part in."""
    terms = term_base(project, sources.terms)
    with open_lookup(project, sources) as lookup:
        for folder in folders:
            pair = load_pair(folder)
            limits = _in_earlier_years(sources, pair) if by_year else sources
            yield from _judged(project, pair, lookup, limits, terms)
            if progress:
                progress(1)


def score_aligner(
    project: Project, folders: Sequence[Path], *, crossing: bool = True, progress: Progress | None = None
) -> list[Score]:
    """Scores of the aligner against the reviewed links of these releases, each aligned by itself.

    Releases with links that nobody reviewed are left out; without `crossing`, so are the links that break
    the target's order.
    """
    pairs = [pair for pair in map(load_pair, folders) if pair.beads and all(b.locked for b in pair.beads)]
    if not pairs:
        raise ConfigError(
            _("no release has links that are all reviewed"),
            hint=_("Review an align.tsv first: `tm help releases`."),
        )
    terms = term_base(project, ()).concepts
    found = []
    for pair in pairs:
        document = replace(pair.locked_document(), locked=())
        found.append(list(align_batch([document], terms=terms, cache=project.cache)[0].beads))
        if progress:
            progress(1)
    gold = [list(pair.beads or ()) for pair in pairs]
    if not crossing:
        gold, found = without_crossing(gold, found)
    return score_alignment(gold, found)


def _in_earlier_years(sources: Sources, pair: PairedRelease) -> Sources:
    """The sources, limited to the years before the release; one without a date is drafted from all."""
    date = pair.release.date
    if date is None:
        return sources
    first = datetime.date(date.year, 1, 1)
    return replace(sources, before=min(first, sources.before or first))


def _judged(
    project: Project, pair: PairedRelease, lookup: Lookup, sources: Sources, terms: TermBase
) -> Iterator[Judged]:
    if pair.beads is None:
        raise ConfigError(
            _("the release is not aligned, or its texts changed since"),
            path=pair.folder,
            hint=_("Run `tm build` first."),
        )
    alone = replace(sources, without=(*sources.without, pair.release.id))
    document = leverage(pair.zh, lookup, terms=terms, options=leverage_options(project, alone))
    for bead in pair.beads:
        if bead.source and bead.target:
            drafts = [document.drafts[n] for n in bead.source]
            published = " ".join(pair.en_texts[n] for n in bead.target)
            yield Judged(
                draft=_joined(drafts, [draft.target for draft in drafts]),
                raw=_joined(drafts, [_best(draft).unit.target.text for draft in drafts if draft.matches]),
                published=published,
                band=_band(drafts),
                kinds=_kinds(drafts),
            )


def _joined(drafts: Sequence[Draft], texts: Sequence[str]) -> str:
    """The texts of a bead as one; "" when one of its segments has none from the memory."""
    whole = len(texts) == len(drafts) and all(draft.kind in _FROM_MEMORY for draft in drafts)
    return " ".join(texts) if whole else ""


def _best(draft: Draft) -> Match:
    """The best match by its own score, before any repair."""
    return max(draft.matches, key=lambda match: match.score)


def _band(drafts: Sequence[Draft]) -> str:
    whole = [draft.matches if _is_whole(draft) else () for draft in drafts]
    score = min(max((match.score for match in matches), default=0.0) for matches in whole)
    return next(name for name, lowest in BANDS if score >= lowest)


def _is_whole(draft: Draft) -> bool:
    """True when its matches are of the whole segment."""
    return draft.kind in _FROM_MEMORY and draft.kind is not MatchKind.CLAUSE


def _kinds(drafts: Sequence[Draft]) -> frozenset[str]:
    """What was done to the translations that were found."""
    if any(draft.kind is MatchKind.CLAUSE for draft in drafts):
        return frozenset({ASSEMBLED})
    return frozenset({REPAIRED} if any(draft.edits for draft in drafts) else ())
