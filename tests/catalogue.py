"""The message catalogue: collects every message of the package and of click, and holds it complete.

python tests/catalogue.py                bring tm.po and tm.mo up to date, keeping translations
python tests/catalogue.py --check        exit 1 unless both are complete and up to date
python tests/catalogue.py --open         print the messages without a translation as JSON: {message: ""}
python tests/catalogue.py --merge FILE   the same as without options, with the translations of such a JSON

Placeholders and paragraphs must agree. A message whose lines hang (the rules' manual pages) gets a
translation that is wrapped in the same way. click's messages are those of the installed version; the
catalogue names the version it was made with, and another one may have others.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

import click
import polib

from tm.checks import RULES
from tm.cli.base import Group
from tm.cli.main import COMMANDS, cli
from tm.formats.tmx_rules import RULES as TMX_RULES
from tm.text.width import wrap

ROOT = Path(__file__).parent.parent
PO = ROOT / "tm/cli/locale/zh_CN/LC_MESSAGES/tm.po"
Message = tuple[str, str]  # singular, plural or ""
CLICK = version("click")
HANG, WIDTH = "    ", 100  # indent and cells of a message whose lines hang
PLACEHOLDER = re.compile(r"\{\w*(?:![rsa])?(?::[^}]*)?\}|%\(\w+\)s|`[^`]+`|\x08")


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
    for rules, place in ((RULES, "tm/checks"), (TMX_RULES, "tm/formats/tmx_rules")):
        for rule in rules:
            found.setdefault((inspect.cleandoc(rule.manual), ""), place)
    for path in sorted(Path(click.__file__).parent.glob("*.py")):
        for message in messages_in(path.read_text(encoding="utf-8")):
            found.setdefault(message, "click")
    found.setdefault(("required", ""), "click")  # which click hands to _() under a name
    found.pop(("", ""), None)
    return found


def updated(old: polib.POFile, given: Mapping[str, str]) -> polib.POFile:
    """The catalogue of today's messages, sorted, with the translations given and those that are there."""
    known = {(entry.msgid, entry.msgid_plural or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": "zh_CN",
        "MIME-Version": "1.0",
        "Plural-Forms": "nplurals=1; plural=0;",
        "X-Click": CLICK,
    }
    for (singular, plural), place in sorted(collect().items(), key=lambda pair: (pair[1], pair[0])):
        was = known.get((singular, plural))
        before = translation(was) if was else ""
        text = laid_out(singular, given[singular]) if given.get(singular) else before
        entry = polib.POEntry(msgid=singular, occurrences=[(place, "")])
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: text}
        else:
            entry.msgstr = text
        new.append(entry)
    return new


def translation(entry: polib.POEntry) -> str:
    """The one translation of an entry; Chinese has no plural forms of its own."""
    return entry.msgstr_plural.get(0, "") if entry.msgid_plural else entry.msgstr


def laid_out(message: str, text: str) -> str:
    """A new translation, whose lines are whole, with hanging lines where the message has such."""
    if f"\n{HANG}" not in message:
        return text
    return "\n".join(f"\n{HANG}".join(wrap(line, WIDTH - len(HANG))) for line in text.split("\n"))


def disagreements(entry: polib.POEntry) -> list[str]:
    """What of a message its translation has lost, changed or added."""
    message, text = entry.msgid_plural or entry.msgid, translation(entry)
    found = []
    if Counter(PLACEHOLDER.findall(message)) != Counter(PLACEHOLDER.findall(text)):
        found.append(f"placeholders or code differ: {message!r}")
    if message.count("\n\n") != text.count("\n\n"):
        found.append(f"paragraphs differ: {message!r}")
    return found


def faults(current: polib.POFile) -> list[str]:
    """What keeps the catalogue from being complete and up to date."""
    there = {(entry.msgid, entry.msgid_plural or ""): entry for entry in current}
    wanted = collect()
    same_click = current.metadata.get("X-Click") == CLICK
    found = [
        f"missing: {key[0]!r} ({place})"
        for key, place in wanted.items()
        if key not in there and (same_click or place != "click")
    ]
    found += [
        f"no longer used: {key[0]!r}"
        for key, entry in there.items()
        if key not in wanted and (same_click or ("click", "") not in entry.occurrences)
    ]
    for entry in current:
        found += disagreements(entry) if translation(entry) else [f"not translated: {entry.msgid!r}"]
    mo = PO.with_suffix(".mo")
    if not mo.is_file() or mo.read_bytes() != current.to_binary():
        found.append("tm.mo is not what tm.po gives")
    return found


def open_messages(current: polib.POFile) -> dict[str, str]:
    """Today's messages that have no translation, ready to be filled in."""
    done = {entry.msgid for entry in current if translation(entry)}
    return {message: "" for message, _plural in collect() if message not in done}


def main(arguments: list[str]) -> int:
    """0 when all is well."""
    PO.parent.mkdir(parents=True, exist_ok=True)
    current = polib.pofile(str(PO), wrapwidth=0) if PO.is_file() else polib.POFile(wrapwidth=0)
    if arguments == ["--check"]:
        found = faults(current)
        sys.stdout.write("".join(f"{fault}\n" for fault in found))
        return 1 if found else 0
    if arguments == ["--open"]:
        sys.stdout.write(json.dumps(open_messages(current), ensure_ascii=False, indent=1) + "\n")
        return 0
    given = {}
    if len(arguments) == 2 and arguments[0] == "--merge":
        given = json.loads(Path(arguments[1]).read_text(encoding="utf-8"))
    elif arguments:
        sys.stderr.write(__doc__ or "")
        return 2
    new = updated(current, given)
    new.save(str(PO), newline="\n")
    PO.with_suffix(".mo").write_bytes(new.to_binary())
    sys.stdout.write(f"{len(new)} messages, {len(open_messages(new))} not translated\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
