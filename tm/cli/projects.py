"""The option that says which project a command works in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from tm.cli.base import option
from tm.project.folder import open_project

__all__ = ["project_option"]


def project_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give the command the project of `--project` or of the current folder as its first argument."""

    @wraps(function)
    def call(*args: Any, project: Path | None, **options: Any) -> Any:  # noqa: ANN401 - passes them through
        return function(open_project(project), *args, **options)

    return option(
        "--project",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Project folder (default: from here up).",
    )(call)
