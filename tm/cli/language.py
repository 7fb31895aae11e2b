"""The language of help and messages: `--lang`, then `TM_LANG`, then the locale.

Catalogues are gettext's; the domain is shared with click, so that its own strings are translated too.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["CATALOGUES", "choose", "speak", "spoken"]

CATALOGUES = Path(__file__).parent / "locale"
LANGUAGES = {"en": "en", "zh": "zh_CN"}
_DOMAIN = "tm"


def choose(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language, zh or en, that the arguments, `TM_LANG` or the locale ask for."""
    for asked in (_option(arguments), environment.get("TM_LANG", "")):
        if asked in LANGUAGES:
            return asked
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "zh" if _system_locale().lower().startswith(("zh", "chinese")) else "en"


def speak(language: str) -> None:
    """Make gettext, in this process, answer in this language."""
    os.environ["LANGUAGE"] = LANGUAGES[language]
    gettext.bindtextdomain(_DOMAIN, str(CATALOGUES))
    gettext.textdomain(_DOMAIN)


def spoken() -> str:
    """The language, zh or en, that was chosen with `speak`."""
    names = {locale: name for name, locale in LANGUAGES.items()}
    return names.get(os.environ.get("LANGUAGE", ""), "en")


def _option(arguments: Sequence[str]) -> str:
    """The value of `--lang` anywhere before `--`; "" without one."""
    for position, word in enumerate(arguments):
        if word == "--":
            break
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
        if word == "--lang" and position + 1 < len(arguments):
            return arguments[position + 1]
    return ""


def _system_locale() -> str:
    """The locale of a system without the usual variables (Windows)."""
    if os.name != "nt":
        return ""
    import locale  # noqa: PLC0415 - only Windows needs it

    return locale.getlocale()[0] or ""
