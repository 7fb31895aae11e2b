"""The condition of an installation and a project: what is there, what is usable, what to do about it."""

from __future__ import annotations

import importlib.metadata
import platform
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from gettext import gettext as _
from pathlib import Path

from tm.errors import TMError
from tm.project.drafting import term_base
from tm.project.folder import Project
from tm.store.memory import open_memory
from tm.version import __version__

__all__ = ["Fact", "examine"]

_DISTRIBUTION = "bilingual-release-memory"
_NAME = re.compile(r"[\w.-]+")
_EXTRA = re.compile(r"extra\s*==\s*['\"](\w+)['\"]")
_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that was looked at. `state` is ok, absent (optional and not there) or broken."""

    name: str
    value: str
    state: str = "ok"
    advice: str = ""

    def as_json(self) -> dict[str, str]:
        """The fact's fields."""
        return asdict(self)


def examine(project: Project) -> list[Fact]:
    """Facts about Python, the packages, the project and the cache, in that order."""
    return [
        Fact(name="tm", value=__version__),
        Fact(name="Python", value=f"{platform.python_version()} {platform.system()}"),
        *_packages(),
        *_project(project),
        _cache(project.cache),
    ]


def _packages() -> Iterator[Fact]:
    """The packages that this one asks for; test tools are left out."""
    try:
        wanted = importlib.metadata.requires(_DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        advice = _("Install it: pip install .")
        yield Fact(name=_DISTRIBUTION, value=_("not installed"), state="broken", advice=advice)
        return
    for requirement in sorted(wanted):
        name = _NAME.match(requirement)
        extra = _EXTRA.search(requirement)
        if name and not (extra and extra[1] == "test"):
            yield _package(name[0], extra[1] if extra else "")


def _package(name: str, extra: str) -> Fact:
    try:
        return Fact(name=name, value=importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        asked = f"{_DISTRIBUTION}[{extra}]" if extra else name
        return Fact(
            name=name,
            value=_("not installed"),
            state="absent" if extra else "broken",
            advice=f"pip install '{asked}'",
        )


def _project(project: Project) -> Iterator[Fact]:
    if not project.found:
        yield Fact(name=_("project"), value=_("none here"), state="absent", advice="tm init")
        return
    yield Fact(name=_("project"), value=str(project.root))
    for name, path in project.memories.items():
        yield _tried(_("memory {name}").format(name=name), partial(_units, path))
    yield _tried(_("term base"), partial(_concepts, project))


def _tried(name: str, look: Callable[[], str]) -> Fact:
    try:
        return Fact(name=name, value=look())
    except TMError as error:
        return Fact(name=name, value=error.message, state="broken", advice=error.hint)


def _units(path: Path) -> str:
    return _("{n} units").format(n=sum(1 for _unit in open_memory(path)))


def _concepts(project: Project) -> str:
    return _("{n} concepts").format(n=len(term_base(project, ())))


def _cache(folder: Path) -> Fact:
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    return Fact(name=_("cache"), value=f"{folder} ({size / _MEBIBYTE:.0f} MiB)")
