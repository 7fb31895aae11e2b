"""Names of encodings that files give, to Python's codecs: only those that texts are in.

Python knows more by name than texts are in: codecs that unpack (a bomb), that turn bytes into bytes, that
take a backslash for an escape, that take a time that grows with the square of the text, and UTF-7, which
hides markup from whoever looks at the bytes.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["codec_of"]

_TEXT = re.compile(
    r"utf-(8|16|32)|ascii|iso8859|iso2022|cp\d|gb|hz|big5|euc_|shift_jis|johab|koi8|mac-|tis-620|hp-roman8|"
    r"ptcp154|kz1048"
)


def codec_of(declared: str) -> str:
    """Python's name of the encoding; "" when it is not known, or none that a text is in."""
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return ""
    return name if _TEXT.match(name) else ""
