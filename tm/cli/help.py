"""`tm help`."""

from __future__ import annotations

import difflib
import os
from gettext import gettext as _
from pathlib import Path

import click

from tm.cli import language
from tm.cli.base import command
from tm.cli.output import print_text, table
from tm.errors import ConfigError

_TOPICS = Path(__file__).parent / "topics"


def topics() -> tuple[str, ...]:
    """The names of the manual's topics, sorted."""
    return tuple(sorted(path.stem for path in (_TOPICS / "en").glob("*.md")))


def topic_text(name: str, spoken: str) -> str:
    """A topic's page in this language (zh or en)."""
    if name not in topics():
        near = difflib.get_close_matches(name, topics(), n=1)
        raise ConfigError(
            _("there is no topic “{name}”").format(name=name),
            hint=_("Did you mean “{near}”?").format(near=near[0])
            if near
            else _("Topics: {names}").format(names=", ".join(topics())),
        )
    return (_TOPICS / spoken / f"{name}.md").read_text(encoding="utf-8")


def spoken_language() -> str:
    """The language of the messages, zh or en."""
    return "zh" if os.environ.get("LANGUAGE") == language.LANGUAGES["zh"] else "en"


@command(epilog="tm help bands\ntm help settings --lang zh")
@click.argument("topic", required=False)
def help_(topic: str | None) -> None:
    """Show a manual page on a topic.

    Without TOPIC: the list of topics.
    """
    spoken = spoken_language()
    found = _command(topic) if topic else None
    if found:
        print_text(found)
        return
    if topic:
        print_text(topic_text(topic, spoken).rstrip())
        return
    titles = [(name, topic_text(name, spoken).splitlines()[0].removeprefix("# ")) for name in topics()]
    print_text(table([_("topic"), _("about")], titles))


def _command(name: str) -> str:
    """The help of the command of this name; "" when there is none, or a topic is called so."""
    root = click.get_current_context().find_root()
    if name in topics() or not isinstance(root.command, click.Group):
        return ""
    found = root.command.get_command(root, name)
    return found.get_help(click.Context(found, info_name=name, parent=root)) if found else ""
