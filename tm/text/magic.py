"""What a file is that is no text, by the bytes it starts with."""

from __future__ import annotations

__all__ = ["file_kind"]

_PACKED = (
    (b"word/", "DOCX (Word)"),
    (b"xl/", "XLSX (Excel)"),
    (b"ppt/", "PPTX (PowerPoint)"),
    (b"OFD.xml", "OFD"),
    (b"application/epub+zip", "EPUB"),
    (b"application/vnd.oasis.opendocument", "OpenDocument"),
)
_STARTS = (
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC, XLS or WPS (old Office)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF87a", "GIF image"),
    (b"GIF89a", "GIF image"),
    (b"II*\x00", "TIFF image"),
    (b"MM\x00*", "TIFF image"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"\x7fELF", "program"),
    (b"MZ\x90\x00", "program"),
)


def file_kind(raw: bytes) -> str:
    """What the file is, in words, when its first bytes are those of a known binary format; else ""."""
    if raw.startswith(b"PK\x03\x04"):
        return next((kind for part, kind in _PACKED if part in raw), "ZIP")
    return next((kind for start, kind in _STARTS if raw.startswith(start)), "")
