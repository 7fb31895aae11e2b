"""A finished translation comes back: a draft file becomes a release whose links are known."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from gettext import gettext as _
from itertools import groupby
from pathlib import Path

from tm.errors import ConfigError, ConflictError, FormatError
from tm.formats import xliff
from tm.formats.docx_record import source_changed
from tm.formats.registry import format_for
from tm.formats.release import METADATA, TEXTS, read_release, read_text, write_release
from tm.model import Bead, Block, Release, Status, Unit
from tm.project.corpus import LINKS, PairedRelease, links_bytes, paired
from tm.project.links import beads_from_pairs, spans_in
from tm.store.memory import opened
from tm.store.tree import write_tree

__all__ = ["Adopted", "adopt"]

_DRAFT_ID = re.compile(r"(\d+)-(\d+)")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-.+")
_SHOWN = 5  # ids named in an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """A release made from a finished translation, and the units that still call themselves drafts."""

    folder: Path
    release: Release
    units: int
    drafts: tuple[str, ...]
    altered: tuple[str, ...] = ()


def adopt(draft: Path, folder: Path) -> Adopted:
    """The release that a finished translation became: release.toml, zh.txt, en.txt and reviewed links.

    The folder's name is the release's id and begins with its date. A release.toml and a zh.txt that stand
    there already are kept, and must be of the same text; an en.txt is never overwritten.
    `drafts` of what is returned names the units that still carry the state of a draft, `altered` those whose
    Chinese was changed in the file.
    """
    _refuse_published(folder)
    units = _finished(draft)
    drafts = tuple(unit.id for unit in units if unit.status is Status.DRAFT)
    release = _release(folder, (_text(units, "source"), _text(units, "target")))
    files = write_release(release)
    texts = (files[TEXTS["zh"]].decode(), files[TEXTS["en"]].decode())
    pair = paired(folder, release, texts)
    files[LINKS] = links_bytes(pair.with_beads(_beads(pair, units, texts)))
    write_tree({folder / name: content for name, content in files.items()})
    altered = tuple(unit.id for unit in units if source_changed(unit))
    return Adopted(folder=folder, release=release, units=len(units), drafts=drafts, altered=altered)


def _finished(draft: Path) -> list[Unit]:
    """The units of the draft in order; one that is not translated is a FormatError."""
    found = format_for(str(draft), "read")
    reader = partial(xliff.read, finished=True) if found.module == xliff.__name__ else found.reader
    with opened(draft) as stream:
        units = [_plain(unit) for unit in reader(stream, path=str(draft)) if unit.source.text.strip()]
    if not units:
        raise FormatError(_("there are no translation units in it"), path=draft)
    missing = [unit.id for unit in units if unit.target.text.strip() in ("", unit.source.text.strip())]
    if missing:
        raise FormatError(
            _("{n} of {all} segments are not translated: {ids}").format(
                n=len(missing), all=len(units), ids=_listed(missing)
            ),
            path=draft,
            hint=_("Finish them in your CAT tool; nothing was written."),
        )
    if all(_DRAFT_ID.fullmatch(unit.id) for unit in units):
        units.sort(key=_order)  # a table may have been sorted in a word processor
    return units


def _order(unit: Unit) -> tuple[int, int]:
    """Where the unit stands in its document, by its id; units with other ids stay as they come."""
    found = _DRAFT_ID.fullmatch(unit.id)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + ("…" if len(ids) > _SHOWN else "")


def _plain(unit: Unit) -> Unit:
    """The unit with its texts on one line."""
    return replace(
        unit,
        source=replace(unit.source, text=_one_line(unit.source.text)),
        target=replace(unit.target, text=_one_line(unit.target.text)),
    )


def _one_line(text: str) -> str:
    return re.sub(r"\s*[\r\n\t]+\s*", " ", text).strip()


def _paragraph(numbered: tuple[int, Unit]) -> str:
    """The paragraph that a unit's id names; a unit with another id is a paragraph of its own."""
    position, unit = numbered
    found = _DRAFT_ID.fullmatch(unit.id)
    return found[1] if found else f"unit {position}"


def _text(units: Sequence[Unit], side: str) -> str:
    """One side as a text: a paragraph a line, blank lines between."""
    glue = "" if side == "source" else " "
    paragraphs = [
        glue.join(getattr(unit, side).text for _position, unit in members)
        for _name, members in groupby(enumerate(units), key=_paragraph)
    ]
    return "\n\n".join(paragraphs) + "\n"


def _release(folder: Path, texts: tuple[str, str]) -> Release:
    """The release of these texts, with what its folder says already."""
    zh, en = (read_text(io.BytesIO(text.encode())) for text in texts)
    found = read_release(folder, complete=False) if (folder / METADATA).is_file() else _named(folder)
    if found.zh and _letters(found.zh) != _letters(zh):
        raise ConflictError(
            _("the Chinese text that stands there is another one than the draft's"),
            path=folder / TEXTS["zh"],
            hint=_("Adopt into another folder, or make the draft from this text. Nothing was written."),
        )
    return replace(
        found,
        zh=found.zh or zh,
        en=en,
        title_zh=found.title_zh or zh[0].text,
        title_en=found.title_en or en[0].text,
    )


def _named(folder: Path) -> Release:
    """A release that knows only its folder's name."""
    name = folder.resolve().name
    dated = _DATED.fullmatch(name)
    try:
        date = datetime.date.fromisoformat(dated[1]) if dated else None
    except ValueError:
        date = None
    if date is None:
        raise ConfigError(
            _("a release's folder is called <yyyy-mm-dd>-<name>"),
            path=folder,
            hint=_("For example: corpora/releases/sichuan/2021-12-20-executive-meeting"),
        )
    return Release(id=name, date=date)


def _letters(blocks: Sequence[Block]) -> str:
    return "".join("".join(block.text.split()) for block in blocks)


def _beads(pair: PairedRelease, units: Sequence[Unit], texts: tuple[str, str]) -> list[Bead]:
    """The links over the release's own segments that the units' pairs give."""
    sources = spans_in(texts[0], [unit.source.text for unit in units])
    targets = spans_in(texts[1], [unit.target.text for unit in units])
    return beads_from_pairs(
        list(zip(sources, targets, strict=True)),
        spans_in(texts[0], pair.zh_texts),
        spans_in(texts[1], pair.en_texts),
    )


def _refuse_published(folder: Path) -> None:
    present = [name for name in (TEXTS["en"], LINKS) if (folder / name).exists()]
    if present:
        raise ConflictError(
            _("there is a published translation already: {names}").format(names=", ".join(present)),
            path=folder,
            hint=_("Remove it first if the new one is to replace it. Nothing was written."),
        )
