"""The settings of a project: `tm.toml`, or the table `[tool.tm]` of `pyproject.toml`.

Settings are read here and handed down as values; no lower layer looks for a settings file. A key that
does not exist is an error that names the nearest one that does.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from gettext import gettext as _
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tm.errors import ConfigError
from tm.text.decode import decode
from tm.text.toml import toml_table

__all__ = ["SETTINGS_FILE", "Settings", "read_settings", "settings_file"]

SETTINGS_FILE = "tm.toml"


def _setting(default: Any, means: str, allowed: Sequence[str] | range = ()) -> Any:  # noqa: ANN401 - as `dataclasses.field` itself is typed
    """A field with its meaning, and the values or whole numbers it may have, where not all will do."""
    metadata = {"means": means, "allowed": allowed}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a project may set; paths are relative to its folder."""

    source: str = _setting("zh-CN", "language of the source texts (BCP 47)")
    target: str = _setting("en", "language of the translations (BCP 47)")
    releases: str = _setting("corpora/releases", "folder of the published releases, one folder an office")
    terms: tuple[str, ...] = _setting(("corpora/terms/*.csv",), "term base files; * and ? are patterns")
    memories: str = _setting("tmx", "folder of the translation memories")
    waivers: str = _setting("corpora/waivers.toml", "findings that were accepted")
    threshold: float = _setting(70.0, "lowest score, in percent, of a match that is offered", range(1, 101))
    alternatives: int = _setting(5, "most matches kept for one segment", range(1, 1001))
    fail_on: str = _setting(
        "major", "lowest severity that makes `tm check` exit with 1", ("minor", "major", "critical")
    )
    select: tuple[str, ...] = _setting((), "rules to run; empty = all")
    ignore: tuple[str, ...] = _setting((), "rules to leave out")
    penalties: Mapping[str, float] = _setting({}, "points taken off a match, by name")
    weights: Mapping[str, float] = _setting({}, "share that is paid of a match band, by name")


def settings_file(folder: Path) -> Path | None:
    """The file in this folder that makes it a project, if there is one."""
    own = folder / SETTINGS_FILE
    if own.is_file():
        return own
    shared = folder / "pyproject.toml"
    if shared.is_file() and "tm" in _toml(shared).get("tool", {}):
        return shared
    return None


def read_settings(path: Path) -> Settings:
    """The settings in a `tm.toml` or a `pyproject.toml`."""
    table = _toml(path)
    if path.name != SETTINGS_FILE:
        table = table.get("tool", {}).get("tm", {})
    checked: dict[str, Any] = {key: _checked(key, value, path) for key, value in table.items()}
    return Settings(**checked)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return toml_table(decode(path.read_bytes(), path=path).text)
    except ValueError as fault:
        raise ConfigError(_("not valid TOML: {fault}").format(fault=fault), path=path) from fault
    except OSError as fault:
        raise ConfigError(_("cannot be read: {fault}").format(fault=fault.strerror), path=path) from fault


def _checked(key: str, value: object, path: Path) -> object:
    known = {one.name: one for one in fields(Settings)}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        hint = (
            _("Did you mean “{near}”?").format(near=near[0])
            if near
            else _("Settings there are: {names}").format(names=", ".join(sorted(known)))
        )
        raise ConfigError(_("there is no setting “{key}”").format(key=key), path=path, hint=hint)
    typed = _typed(key, value, getattr(Settings(), key), path)
    _refuse_others(key, typed, known[key].metadata["allowed"], path)
    return typed


def _refuse_others(key: str, value: object, allowed: Sequence[str] | range, path: Path) -> None:
    """Raise a ConfigError for a value that is not among those allowed; a range holds all between its ends."""
    if isinstance(allowed, range):
        fits = isinstance(value, int | float) and allowed[0] <= value <= allowed[-1]
        wanted = _("a number from {first} to {last}").format(first=allowed[0], last=allowed[-1])
    else:
        fits = not allowed or value in allowed
        wanted = ", ".join(allowed)
    if not fits:
        raise ConfigError(
            _("the setting “{key}” cannot be {value!r}").format(key=key, value=value),
            path=path,
            hint=_("It must be {wanted}.").format(wanted=wanted),
        )


def _typed(key: str, value: object, default: object, path: Path) -> object:
    """The value in the type of its default, or an error that says which type is wanted."""
    if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return tuple(value)
    if isinstance(default, Mapping) and isinstance(value, dict) and all(map(_is_number, value.values())):
        return MappingProxyType({name: float(number) for name, number in value.items()})
    if isinstance(default, str) and isinstance(value, str):
        return value
    if isinstance(default, float) and _is_number(value):
        return float(value)  # type: ignore[arg-type]  # _is_number has just said so
    if isinstance(default, int) and isinstance(value, int) and not isinstance(value, bool):
        return value
    wanted = {
        tuple: _("a list of strings"),
        str: _("a string"),
        float: _("a number"),
        int: _("a whole number"),
    }
    raise ConfigError(
        _("the setting “{key}” cannot be {value!r}").format(key=key, value=value),
        path=path,
        hint=_("It must be {wanted}.").format(wanted=wanted.get(type(default), _("a table of numbers"))),
    )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
