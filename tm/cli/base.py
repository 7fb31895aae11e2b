"""Commands whose help can be translated and wraps Chinese at its display width."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from gettext import gettext as _
from importlib import import_module
from typing import Any, TypeVar, cast

import click

from tm.text.width import display_width, wrap

__all__ = ["Command", "Group", "Option", "command", "common_options", "option"]

_F = TypeVar("_F", bound=Callable[..., Any])


class Formatter(click.HelpFormatter):
    """A help formatter that counts terminal cells."""

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped; one that begins with a backspace line stands as it is."""
        indent = " " * self.current_indent
        paragraphs = [self._paragraph(block) for block in text.split("\n\n")]
        lines = "\n\n".join("\n".join(indent + line for line in block) for block in paragraphs)
        self.write(lines + "\n")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section with the colon of the language."""
        indent = " " * self.current_indent
        self.write(indent + _("{heading}:").format(heading=heading) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and their explanations in two columns."""
        records = list(rows)
        first = min(max((display_width(term) for term, _text in records), default=0), col_max) + col_spacing
        for term, text in records:
            self._write_record(term, text, first)

    def _write_record(self, term: str, text: str, first: int) -> None:
        indent = " " * self.current_indent
        lines = wrap(" ".join(text.split()), max(self.width - first - self.current_indent, 20))
        if display_width(term) + 2 > first or not lines:
            self.write(f"{indent}{term}\n")
        else:
            gap = " " * (first - display_width(term))
            self.write(f"{indent}{term}{gap}{lines.pop(0)}\n")
        for line in lines:
            self.write(f"{indent}{' ' * first}{line}\n")

    def _paragraph(self, block: str) -> list[str]:
        lines = block.strip("\n").split("\n")
        if lines[0].strip() == "\b":
            return lines[1:]
        return wrap(" ".join(line.strip() for line in lines), self.width - self.current_indent)


click.Context.formatter_class = Formatter


class _Translated:
    """Help text that is looked up in the catalogue when it is shown."""

    help: str | None
    epilog: str | None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the messages."""
        del ctx
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(_(inspect.cleandoc(self.help)))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, as they stand."""
        del ctx
        if self.epilog:
            with formatter.section(_("Examples")):
                formatter.write_text("\b\n" + inspect.cleandoc(self.epilog))

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, translated, whole."""
        del limit
        text = _(inspect.cleandoc(self.help or ""))
        return text.split("\n\n", maxsplit=1)[0].replace("\n", " ").removesuffix(".").removesuffix("。")


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option and its explanation in the language of the messages."""
        english, self.help = self.help, _(self.help) if self.help else self.help
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = english


class Command(_Translated, click.Command):
    """A command of `tm`."""


class Group(_Translated, click.Group):
    """A group whose commands are imported when they are called.

    `lazy` maps a command's name to "module:attribute" and the first sentence of its help.
    """

    command_class = Command

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands in their order of use."""
        return [*self.lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now if need be."""
        if cmd_name not in self.lazy:
            return super().get_command(ctx, cmd_name)
        module, attribute = self.lazy[cmd_name][0].split(":")
        return cast("click.Command", getattr(import_module(module), attribute))

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with the first sentence of their help, without importing them."""
        records = [(name, _(text)) for name, (_place, text) in self.lazy.items()]
        for name in super().list_commands(ctx):
            found = super().get_command(ctx, name)
            if found is not None:
                records.append((name, found.get_short_help_str()))
        if records:
            with formatter.section(_("Commands")):
                formatter.write_dl(records)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command meant, or an error with the nearest name there is."""
        import difflib  # noqa: PLC0415 - only for a mistake

        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.list_commands(ctx):
            near = difflib.get_close_matches(name, self.list_commands(ctx), n=1)
            hint = _("Did you mean “{near}”?").format(near=near[0]) if near else _("See `tm --help`.")
            raise click.UsageError(_("There is no command “{name}”.").format(name=name) + " " + hint, ctx)
        return super().resolve_command(ctx, args)


def option(*names: str, **settings: Any) -> Callable[[_F], _F]:
    """A `click.option` whose help is translated."""
    return click.option(*names, cls=Option, **settings)


def common_options(function: _F) -> _F:
    """The options that every command has: --lang, -q, --debug."""
    decorators: Sequence[Callable[[_F], _F]] = (
        option("--lang", type=click.Choice(["zh", "en"]), expose_value=False,
               help="Language of help and messages."),
        option("-q", "--quiet", is_flag=True, expose_value=False, callback=_quiet, is_eager=True,
               help="Print the result only, no talk."),
        option("--debug", is_flag=True, expose_value=False, callback=_debug, is_eager=True,
               help="Show the traceback of an error."),
    )  # fmt: skip
    for decorate in reversed(decorators):
        function = decorate(function)
    return function


def command(
    group: click.Group | None = None, **settings: Any
) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with the common options; `epilog` holds its examples."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made = click.command(cls=Command, **settings)(common_options(function))
        made.params.sort(key=lambda one: one.name in _COMMON)
        if group is not None:
            group.add_command(made)
        return made

    return decorate


_COMMON = frozenset({"lang", "quiet", "debug"})


def _quiet(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    if value:
        ctx.find_root().meta["tm.quiet"] = True


def _debug(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click calls it so
    if value:
        ctx.find_root().meta["tm.debug"] = True
