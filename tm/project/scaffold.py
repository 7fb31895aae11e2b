"""A new project: its settings, its folders, and a term base to begin with."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

from tm.errors import ConfigError
from tm.project.settings import SETTINGS_FILE, settings_file
from tm.store.atomic import write_bytes

__all__ = ["create_project"]

_SETTINGS = """\
# Settings of this translation memory project; `tm help settings` explains every key.
source = "zh-CN"
target = "en"
releases = "corpora/releases"
terms = ["corpora/terms/*.csv"]
memories = "tmx"
"""

_TERMS = """\
concept,zh,en,status,case,pos,acronym,domain,unless,note,source
provincial-party-committee,省委,CPC Provincial Committee,preferred,insensitive,noun,,institution,,,
provincial-party-committee,省委,Provincial Party Committee,admitted,insensitive,noun,,institution,,,
provincial-government,省政府,provincial government,preferred,insensitive,noun,,institution,,,
new-development-philosophy,新发展理念,new development philosophy,preferred,insensitive,noun,,policy,,,
new-development-philosophy,新发展理念,new development concept,deprecated,insensitive,noun,,policy,,,
"""

_IGNORED = "*.tm-lock*\n.*.tm-tmp-*\n"

_FILES = {
    SETTINGS_FILE: _SETTINGS,
    "corpora/terms/terms.csv": _TERMS,
    "corpora/releases/.gitkeep": "",
    "tmx/.gitkeep": "",
    ".gitignore": _IGNORED,
}


_KEPT = (".gitignore",)  # what a repository has anyway


def create_project(folder: Path) -> tuple[Path, ...]:
    """The files written to make `folder` a project; one that is a project already is an error."""
    present = [name for name in _FILES if (folder / name).exists() and name not in _KEPT]
    if settings_file(folder) is not None or present:
        raise ConfigError(
            _("there is a project or a file of one here already: {names}").format(
                names=", ".join(present) or "pyproject.toml [tool.tm]"
            ),
            path=folder,
            hint=_("Nothing was written. Choose an empty folder: tm init DIR"),
        )
    written = {folder / name: text for name, text in _FILES.items() if not (folder / name).exists()}
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, text.encode())
    return tuple(written)
