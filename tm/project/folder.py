"""Where a project keeps its things: releases, memories, term bases, the cache."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache, cached_property
from gettext import gettext as _
from pathlib import Path

from platformdirs import user_cache_dir

from tm.errors import ConfigError
from tm.project.settings import Settings, read_settings, settings_file

__all__ = ["Project", "cache_folder", "open_project"]

_RELEASE_FILES = ("release.toml", "zh.txt", "en.txt")


def cache_folder() -> Path:
    """The folder of what can be thrown away: `TM_CACHE`, else the platform's cache folder.

    Where that cannot be written, a folder that lasts as long as the process.
    """
    folder = Path(os.environ.get("TM_CACHE") or user_cache_dir("tm", appauthor=False))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return _passing_folder()


@cache
def _passing_folder() -> Path:
    """A folder that is removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="tm-cache-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project's folder and settings. `found` is False outside a project, where defaults hold."""

    root: Path
    settings: Settings = field(default_factory=Settings)
    found: bool = True

    @cached_property
    def cache(self) -> Path:
        """The cache folder."""
        return cache_folder()

    @property
    def releases_folder(self) -> Path:
        """The folder that holds one folder an office."""
        return self.root / self.settings.releases

    @property
    def memories_folder(self) -> Path:
        """The folder of the memories."""
        return self.root / self.settings.memories

    @cached_property
    def memories(self) -> dict[str, Path]:
        """The memories by name, sorted."""
        return {path.stem: path for path in sorted(self.memories_folder.glob("*.tmx"))}

    @cached_property
    def releases(self) -> dict[str, Path]:
        """The release folders by id, sorted by office and id."""
        found = sorted(path.parent for path in self.releases_folder.glob("*/*/zh.txt"))
        return {folder.name: folder for folder in found}

    @property
    def term_files(self) -> tuple[Path, ...]:
        """The term base files, in the order of the settings."""
        return tuple(path for pattern in self.settings.terms for path in sorted(self.root.glob(pattern)))

    @property
    def waivers_file(self) -> Path:
        """The file of accepted findings."""
        return self.root / self.settings.waivers

    def memory(self, name: str) -> Path:
        """The path of a memory given by name or by path."""
        if name in self.memories:
            return self.memories[name]
        path = Path(name)
        if path.is_file():
            return path
        raise ConfigError(
            _("there is no memory “{name}”").format(name=name),
            hint=_("Memories of this project: {names}. A path to a .tmx file will do too.").format(
                names=", ".join(self.memories) or _("none")
            ),
        )

    def refuse_misplaced(self, folder: Path) -> None:
        """Raise a ConfigError for a folder among the releases that `tm build` would not find."""
        place = folder.resolve()
        releases = self.releases_folder.resolve()
        if self.found and place.is_relative_to(releases) and place.parent.parent != releases:
            raise ConfigError(
                _("a release lies one folder below its office, or `tm build` does not find it"),
                path=folder,
                hint=_("For example: {path}").format(path=f"{self.settings.releases}/<office>/{place.name}"),
            )

    def memory_to_write(self, name: str) -> Path:
        """The path of a working memory given by name or by path, there or not yet."""
        if name in self.memories:
            return self.memories[name]
        if name.lower().endswith(".tmx"):
            return Path(name)
        return self.memories_folder / f"{name}.tmx"

    def release(self, name: str) -> Path:
        """The folder of a release given by id or by path."""
        folder = self.releases.get(name) or Path(name)
        if folder.is_dir() and any((folder / file).is_file() for file in _RELEASE_FILES):
            return folder
        raise ConfigError(
            _("there is no release “{name}”").format(name=name),
            hint=_("Give a release's id or folder; `tm stats` lists the releases."),
        )


def open_project(start: Path | None = None) -> Project:
    """The project that `start` (default: the current folder) stands in; outside one, the defaults."""
    here = (start or Path()).resolve()
    if start is not None and not here.is_dir():
        raise ConfigError(_("there is no such folder"), path=start)
    for folder in (here, *here.parents):
        file = settings_file(folder)
        if file is not None:
            return Project(root=folder, settings=read_settings(file))
    return Project(root=here, found=False)
