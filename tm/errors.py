"""Every exception that is raised on purpose.

    TMError                  something is wrong that the user can mend
    ├── ConfigError          settings or options: unknown key, bad value, missing project
    │   └── MissingExtraError  an optional package is not installed
    ├── InputError           a file cannot be read or is not what it should be
    │   ├── FormatError      a file of a known format breaks the rules of its format
    │   ├── EncodingError    bytes that no encoding explains
    │   └── TermBaseError    a row of a term base that contradicts or is incomplete
    ├── StoreError           a memory cannot be saved: full disk, no permission
    └── ConflictError        somebody else changed or is changing the same thing
        └── LockedError      another process holds the lock of a memory

Every error says where, what is wrong, and how to go on. The command line turns the class into an exit
code in one place (`tm.cli.main`).
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "ConfigError",
    "ConflictError",
    "EncodingError",
    "FormatError",
    "InputError",
    "LockedError",
    "MissingExtraError",
    "StoreError",
    "TMError",
    "TermBaseError",
]


class TMError(Exception):
    """Something the user can mend, with its place and the way on.

    `line` and `column` count from 1. `unit` is the id of a translation unit. `hint` says what to do.
    """

    def __init__(  # noqa: PLR0913 - a place has this many parts
        self,
        message: str,
        *,
        path: Path | str | None = None,
        line: int | None = None,
        column: int | None = None,
        unit: str | None = None,
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = str(path) if path is not None else None
        self.line = line
        self.column = column
        self.unit = unit
        self.hint = hint

    @property
    def place(self) -> str:
        """`file:line:column`, as far as it is known; empty when nothing is."""
        parts = [self.path, self.line, self.column]
        known = [str(part) for part in parts if part is not None]
        return ":".join(known)

    def __str__(self) -> str:
        head = f"{self.place}: " if self.place else ""
        unit = f" [{self.unit}]" if self.unit else ""
        tail = f"\n{self.hint}" if self.hint else ""
        return f"{head}{self.message}{unit}{tail}"


class ConfigError(TMError):
    """Settings or options that cannot be used."""


class MissingExtraError(ConfigError):
    """An optional package is needed and not installed; the hint holds the command that installs it."""


class InputError(TMError):
    """A file that cannot be read, or is not what it should be."""


class FormatError(InputError):
    """A file that breaks the rules of its format."""


class EncodingError(InputError):
    """Bytes that no encoding explains; the message holds their offset."""


class TermBaseError(InputError):
    """A term base row that is incomplete or contradicts another."""


class StoreError(TMError):
    """A memory that cannot be read from or saved to disk."""


class ConflictError(TMError):
    """Somebody else changed the same thing meanwhile."""


class LockedError(ConflictError):
    """Another process holds the lock; the message says which."""
