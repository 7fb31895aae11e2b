"""align.tsv: the links of a release, stored by what the segments say rather than where they stand.

    # schema: tm.links/1
    # zh: sha256:<digest of the decoded text>
    # en: sha256:<…>
    zh ⇥ en ⇥ score ⇥ by
    1f0c93aa+77be0d21 ⇥ 0be3d511 ⇥ 0.930 ⇥ machine

A segment's id is the beginning of its text's SHA-256; a repeat in the document gets `.2`, `.3`. An empty side
is a segment without a counterpart.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import BinaryIO

from tm.errors import FormatError
from tm.model import Bead
from tm.text.decode import decode

__all__ = ["Link", "Links", "from_beads", "read", "segment_ids", "text_digest", "to_beads", "write"]

_SCHEMA = "tm.links/1"
_HEADER = ("zh", "en", "score", "by")
_MAKERS = ("machine", "reviewed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One bead by segment ids. `by` is machine or reviewed; `line` is where it was read, 0 if it was not."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    score: float
    by: str = "machine"
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """All links of a release and the digests of the two texts they hold for."""

    zh_digest: str
    en_digest: str
    links: tuple[Link, ...]
    path: str = "-"

    def fits(self, zh_text: str, en_text: str) -> bool:
        """True when the links were made for exactly these texts."""
        return (self.zh_digest, self.en_digest) == (text_digest(zh_text), text_digest(en_text))


def text_digest(text: str) -> str:
    """`sha256:` and the digest of a decoded text with LF line ends."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def segment_ids(texts: Iterable[str]) -> tuple[str, ...]:
    """The id of every segment of a document, in order; each is unique in the document."""
    seen: dict[str, int] = {}
    found = []
    for text in texts:
        name = hashlib.sha256(text.encode()).hexdigest()[:8]
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}.{seen[name]}")
    return tuple(found)


def read(stream: BinaryIO, *, path: str = "-") -> Links:
    """The links of an align.tsv; a line that is none is a FormatError."""
    lines = decode(stream.read(), path=path).text.split("\n")
    header, digests = _head(lines, path)
    links = [
        _link(line, number, path)
        for number, line in enumerate(lines[header:], start=header + 1)
        if line.strip()
    ]
    _check_once(links, path)
    return Links(zh_digest=digests["zh"], en_digest=digests["en"], links=tuple(links), path=path)


def write(links: Links, stream: BinaryIO) -> None:
    """Writes an align.tsv: the same links always give the same bytes."""
    lines = [
        f"# schema: {_SCHEMA}",
        f"# zh: {links.zh_digest}",
        f"# en: {links.en_digest}",
        "\t".join(_HEADER),
    ]
    lines += [
        "\t".join(("+".join(link.zh), "+".join(link.en), f"{link.score:.3f}", link.by))
        for link in links.links
    ]
    stream.write(("\n".join(lines) + "\n").encode())


def from_beads(
    beads: Iterable[Bead], *, zh: Sequence[str], en: Sequence[str], digests: tuple[str, str]
) -> Links:
    """The links that say the same as these beads of these segment texts; locked beads are reviewed ones.

    `digests` are those of the two whole texts.
    """
    zh_ids, en_ids = segment_ids(zh), segment_ids(en)
    links = tuple(
        Link(
            zh=tuple(zh_ids[place] for place in bead.source),
            en=tuple(en_ids[place] for place in bead.target),
            score=bead.score,
            by="reviewed" if bead.locked else "machine",
        )
        for bead in beads
    )
    return Links(zh_digest=digests[0], en_digest=digests[1], links=links)


def to_beads(links: Links, *, zh: Sequence[str], en: Sequence[str]) -> tuple[Bead, ...]:
    """The beads of these segment texts, in the file's order; reviewed ones are locked.

    A link to a segment that is not there, and a segment without a link, are FormatErrors.
    """
    zh_places = {name: place for place, name in enumerate(segment_ids(zh))}
    en_places = {name: place for place, name in enumerate(segment_ids(en))}
    beads: list[Bead] = []
    furthest = -1
    for link in links.links:
        source = _places(link.zh, zh_places, link, links.path)
        target = _places(link.en, en_places, link, links.path)
        crossing = bool(target) and min(target) < furthest
        furthest = max(furthest, *target) if target else furthest
        beads.append(
            Bead(
                source=source,
                target=target,
                score=link.score,
                locked=link.by == "reviewed",
                crossing=crossing,
            )
        )
    _check_whole(links, zh_places, en_places)
    return tuple(beads)


def _head(lines: Sequence[str], path: str) -> tuple[int, dict[str, str]]:
    """The number of lines before the first link, and the digests."""
    notes: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if line.startswith("#"):
            name, _colon, value = line[1:].partition(":")
            notes[name.strip()] = value.strip()
            continue
        _check_head(notes, line, number, path)
        return number, notes
    raise _fault(_("the header is missing"), len(lines), path)


def _check_head(notes: dict[str, str], header: str, line: int, path: str) -> None:
    if notes.get("schema") != _SCHEMA:
        raise _fault(_("the first line must be {line}").format(line=f"# schema: {_SCHEMA}"), 1, path)
    for side in ("zh", "en"):
        if not notes.get(side, "").startswith("sha256:"):
            raise _fault(_("the digest of the {side} text is missing").format(side=side), line, path)
    if tuple(header.split("\t")) != _HEADER:
        raise _fault(_("the header must be {header}").format(header=" ⇥ ".join(_HEADER)), line, path)


def _link(text: str, line: int, path: str) -> Link:
    cells = text.split("\t")
    if len(cells) != len(_HEADER):
        raise _fault(_("{count} columns instead of 4").format(count=len(cells)), line, path)
    zh, en = (tuple(name for name in cell.split("+") if name) for cell in cells[:2])
    if not (zh or en):
        raise _fault(_("both sides are empty"), line, path)
    if cells[3] not in _MAKERS:
        raise _fault(_("by must be machine or reviewed, not {by}").format(by=cells[3]), line, path)
    return Link(zh=zh, en=en, score=_score(cells[2], line, path), by=cells[3], line=line)


def _score(text: str, line: int, path: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = -1.0
    if not 0 <= score <= 1:
        raise _fault(_("the score must be a number from 0 to 1, not {score}").format(score=text), line, path)
    return score


def _check_once(links: Iterable[Link], path: str) -> None:
    seen: dict[tuple[str, str], int] = {}
    for link in links:
        for name in [*(("zh", name) for name in link.zh), *(("en", name) for name in link.en)]:
            if name in seen:
                raise _fault(
                    _("{side} segment {name} is linked already, in line {line}").format(
                        side=name[0], name=name[1], line=seen[name]
                    ),
                    link.line,
                    path,
                )
            seen[name] = link.line


def _places(names: Sequence[str], places: dict[str, int], link: Link, path: str) -> tuple[int, ...]:
    for name in names:
        if name not in places:
            raise _fault(_("no segment of the release has the id {name}").format(name=name), link.line, path)
    return tuple(places[name] for name in names)


def _check_whole(links: Links, zh: dict[str, int], en: dict[str, int]) -> None:
    linked = (
        {name for link in links.links for name in link.zh},
        {name for link in links.links for name in link.en},
    )
    for side, known, done in (("zh", zh, linked[0]), ("en", en, linked[1])):
        missing = sorted(set(known) - done, key=known.__getitem__)
        if missing:
            raise _fault(
                _("{side} segment {name} stands in no link").format(side=side, name=missing[0]),
                None,
                links.path,
            )


def _fault(reason: str, line: int | None, path: str) -> FormatError:
    hint = _("Mend the line, or remove the file and align the release again.")
    return FormatError(reason, path=path, line=line, hint=hint)
