"""Releases of a project with their segments and links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _
from pathlib import Path

from tm.alignment.document import Document
from tm.errors import FormatError
from tm.formats import links as link_format
from tm.formats.links import Links
from tm.formats.release import METADATA, TEXTS, read_release
from tm.model import Bead, Block, Release
from tm.project.texts import refuse_swapped
from tm.segment import PlacedSegment, segment_blocks
from tm.store.atomic import write_bytes
from tm.text.decode import decode

__all__ = ["LINKS", "PairedRelease", "links_bytes", "load_pair", "paired", "save_links"]

LINKS = "align.tsv"


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedRelease:
    """A release in segments. `beads` is None when its links are absent or out of date.

    `kept` are the reviewed beads that still hold after the texts were edited elsewhere.
    """

    folder: Path
    release: Release
    zh: tuple[PlacedSegment, ...]
    en: tuple[PlacedSegment, ...]
    digests: tuple[str, str]
    beads: tuple[Bead, ...] | None = None
    kept: tuple[Bead, ...] = ()

    @property
    def zh_texts(self) -> list[str]:
        """The Chinese segments' texts."""
        return [one.segment.text for one in self.zh]

    @property
    def en_texts(self) -> list[str]:
        """The English segments' texts."""
        return [one.segment.text for one in self.en]

    def locked_document(self) -> Document:
        """What the aligner needs; reviewed beads are locked, those that still hold among stale ones too."""
        reviewed = tuple(bead for bead in self.beads or self.kept if bead.locked)
        return Document(
            zh=tuple(self.zh_texts),
            en=tuple(self.en_texts),
            zh_para=tuple(one.place.paragraph for one in self.zh),
            en_para=tuple(one.place.paragraph for one in self.en),
            locked=reviewed,
        )

    def with_beads(self, beads: Sequence[Bead]) -> PairedRelease:
        """The same release with these links."""
        return replace(self, beads=tuple(beads), kept=())


def load_pair(folder: Path) -> PairedRelease:
    """A release's segments and, where they fit its texts, its links."""
    release = read_release(folder)
    _refuse_other_name(folder, release)
    texts = [_decoded(folder / name) for name in TEXTS.values()]
    pair = paired(folder, release, texts)
    path = folder / LINKS
    if not path.is_file():
        return pair
    links = link_format.read(io.BytesIO(path.read_bytes()), path=str(path))
    if not links.fits(*texts) or not _whole(links, pair):
        return replace(pair, kept=_kept(links, pair))
    return pair.with_beads(link_format.to_beads(links, zh=pair.zh_texts, en=pair.en_texts))


def _refuse_other_name(folder: Path, release: Release) -> None:
    """Raise a FormatError where release.toml names another release or day than its folder does."""
    name = folder.resolve().name
    dated = release.date is None or not name[:4].isdecimal() or name.startswith(release.date.isoformat())
    if release.id == name and dated:
        return
    found = f"id = {release.id!r}" if release.id != name else f"date = {release.date}"
    raise FormatError(
        _("{found} does not fit the folder's name {name}").format(found=found, name=name),
        path=folder / METADATA,
        hint=_("Rename the folder, or mend the line: memories and --without go by it."),
    )


def paired(folder: Path, release: Release, texts: Sequence[str]) -> PairedRelease:
    """A release in segments, without links; `texts` are its decoded files, Chinese first."""
    for blocks, name, lang in ((release.zh, "zh.txt", "zh-CN"), (release.en, "en.txt", "en")):
        refuse_swapped(_joined(blocks), path=str(folder / name), lang=lang)
    return PairedRelease(
        folder=folder,
        release=release,
        zh=tuple(segment_blocks(release.zh, "zh-CN", file=str(folder / "zh.txt"))),
        en=tuple(segment_blocks(release.en, "en", file=str(folder / "en.txt"))),
        digests=(link_format.text_digest(texts[0]), link_format.text_digest(texts[1])),
    )


def save_links(pair: PairedRelease) -> None:
    """Write the release's align.tsv."""
    write_bytes(pair.folder / LINKS, links_bytes(pair))


def links_bytes(pair: PairedRelease) -> bytes:
    """The content of the release's align.tsv."""
    links = link_format.from_beads(pair.beads or (), zh=pair.zh_texts, en=pair.en_texts, digests=pair.digests)
    stream = io.BytesIO()
    link_format.write(links, stream)
    return stream.getvalue()


def _whole(links: Links, pair: PairedRelease) -> bool:
    """True when the links name every segment and no other: the texts are still cut in the same places."""
    linked = [[n for link in links.links for n in getattr(link, side)] for side in ("zh", "en")]
    there = [link_format.segment_ids(pair.zh_texts), link_format.segment_ids(pair.en_texts)]
    return all(sorted(ids) == sorted(names) for ids, names in zip(there, linked, strict=True))


def _kept(links: Links, pair: PairedRelease) -> tuple[Bead, ...]:
    """The reviewed beads whose segments are all still there."""
    zh = {name: place for place, name in enumerate(link_format.segment_ids(pair.zh_texts))}
    en = {name: place for place, name in enumerate(link_format.segment_ids(pair.en_texts))}
    return tuple(
        Bead(source=tuple(zh[n] for n in link.zh), target=tuple(en[n] for n in link.en), locked=True)
        for link in links.links
        if link.by == "reviewed" and set(link.zh) <= set(zh) and set(link.en) <= set(en)
    )


def _decoded(path: Path) -> str:
    return decode(path.read_bytes(), path=path).text


def _joined(blocks: Sequence[Block]) -> str:
    return "\n".join(block.text for block in blocks)
