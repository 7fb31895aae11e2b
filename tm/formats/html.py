"""HTML: a leveraged draft as a page to read, print or send. Nothing reads it back."""

from tm.formats.html_draft import write_draft

__all__ = ["write_draft"]
