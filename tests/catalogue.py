"""The message catalogue: collects every message of the package and of click, and holds it complete.

python tests/catalogue.py           bring tm.po and tm.mo up to date, keeping translations
python tests/catalogue.py --check   exit 1 unless both are complete and up to date
"""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import polib

from tm.checks import RULES
from tm.cli.base import Group
from tm.cli.main import COMMANDS, cli

ROOT = Path(__file__).parent.parent
PO = ROOT / "tm/cli/locale/zh_CN/LC_MESSAGES/tm.po"
Message = tuple[str, str]  # singular, plural or ""


def messages_in(source: str) -> Iterator[Message]:
    """The literal messages given to _() and ngettext() in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            constants = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            texts = [value for value in constants if isinstance(value, str)]
            if node.func.id == "_" and texts:
                yield texts[0], ""
            elif node.func.id == "ngettext" and len(texts) > 1:
                yield texts[0], texts[1]


def help_of(command: click.Command) -> Iterator[str]:
    """The help texts of a command, its options, and the commands under it."""
    yield inspect.cleandoc(command.help or "")
    for parameter in command.params:
        yield getattr(parameter, "help", "") or ""
    if isinstance(command, Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            if found is not None:
                yield from help_of(found)


def collect() -> dict[Message, str]:
    """Every message with the file it first stands in."""
    found: dict[Message, str] = {}
    for path in sorted((ROOT / "tm").rglob("*.py")):
        for message in messages_in(path.read_text(encoding="utf-8")):
            found.setdefault(message, path.relative_to(ROOT).as_posix())
    for text in help_of(cli):
        found.setdefault((text, ""), "tm/cli")
    for _place, text in COMMANDS.values():
        found.setdefault((text, ""), "tm/cli/main.py")
    for rule in RULES:
        found.setdefault((rule.manual, ""), "tm/checks")
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for message in messages_in(path.read_text(encoding="utf-8")):
            found.setdefault(message, "click")
    found.pop(("", ""), None)
    return found


def updated(old: polib.POFile) -> polib.POFile:
    """The catalogue of today's messages, sorted, with the translations that are there already."""
    known = {(entry.msgid, entry.msgid_plural or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_CN",
        "MIME-Version": "1.0",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for (singular, plural), place in sorted(collect().items(), key=lambda pair: (pair[1], pair[0])):
        was = known.get((singular, plural))
        entry = polib.POEntry(msgid=singular, occurrences=[(place, "")])
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = was.msgstr_plural if was else {0: ""}
        else:
            entry.msgstr = was.msgstr if was else ""
        new.append(entry)
    return new


def faults(current: polib.POFile) -> list[str]:
    """What keeps the catalogue from being complete and up to date."""
    there = {(entry.msgid, entry.msgid_plural or ""): entry for entry in current}
    wanted = collect()
    found = [f"missing: {key[0]!r} ({place})" for key, place in wanted.items() if key not in there]
    found += [
        f"no longer used: {key[0]!r}"
        for key, entry in there.items()
        if key not in wanted and ("click", "") not in entry.occurrences
    ]
    found += [f"not translated: {entry.msgid!r}" for entry in current if not entry.translated()]
    mo = PO.with_suffix(".mo")
    if not mo.is_file() or mo.read_bytes() != current.to_binary():
        found.append("tm.mo is not what tm.po gives")
    return found


def main() -> int:
    """0 when all is well."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    current = polib.pofile(str(PO), wrapwidth=0) if PO.is_file() else polib.POFile(wrapwidth=0)
    if "--check" in sys.argv:
        found = faults(current)
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        return 1 if found else 0
    new = updated(current)
    new.save(str(PO), newline="\n")
    PO.with_suffix(".mo").write_bytes(new.to_binary())
    open_count = len([entry for entry in new if not entry.translated()])
    sys.stdout.write(f"{len(new)} messages, {open_count} not translated\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
