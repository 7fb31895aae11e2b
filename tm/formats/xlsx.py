"""Excel workbooks: the same columns as TSV and CSV, every cell text and never a formula."""

from __future__ import annotations

import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from gettext import gettext as _
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO

from tm.errors import FormatError, MissingExtraError, TMError
from tm.formats.columns import Line, memory_from
from tm.formats.columns_write import table_of
from tm.formats.safe_zip import refuse_bombs
from tm.model import Memory

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["read", "read_lines", "write", "write_lines"]

_LONGEST = 32_767
"""What Excel can hold in a cell."""
_WIDEST = 256
_ROWS = 1_048_576
"""What a sheet has at most."""
_NAMED = 5
"""So many sheets are named when there are more than one."""
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")
_PLAIN_NUMBER = re.compile(r"(?P<grouped>#,##)?0(?P<digits>\.0+)?(?P<percent>%?)")
_CLOCK = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SIZES = (60, 80, 28)


def read(stream: BinaryIO, *, path: str = "-") -> Memory:
    """The units of the first sheet of a workbook; a formula in it is a FormatError.

    Further sheets with content, hidden ones too, are refused, so that nothing is left out silently; rows and
    columns that are hidden are read. Numbers read as they are shown where their format is one of the plain
    ones, dates as 2019-04-23; what was merged stands in its first cell.
    """
    return memory_from(read_lines(stream, path=path), path=path, wider=True)


def read_lines(stream: BinaryIO, *, path: str = "-") -> Iterator[Line]:
    """The lines of the only filled sheet of a workbook, as `read` sees them, whatever their columns mean."""
    openpyxl = _openpyxl()
    packed = io.BytesIO(stream.read())
    refuse_bombs(packed, path=path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that are not read anyway
            book = openpyxl.load_workbook(packed, read_only=True)
            sheets = list(islice((sheet for sheet in book.worksheets if _filled(sheet, path)), _NAMED))
    except TMError:
        raise
    except Exception as error:  # noqa: BLE001 - the library has no error of its own for broken parts
        raise _broken(error, path) from None
    if len(sheets) > 1:
        raise FormatError(
            _("there are several filled sheets: {names}").format(names=", ".join(map(_sheet_name, sheets))),
            path=path,
            hint=_("Save the one to be read as a file of its own."),
        )
    return _lines(sheets[0], path) if sheets else iter(())


def write(memory: Memory, stream: BinaryIO) -> None:
    """Writes the units under a header; the same memory always gives the same bytes."""
    write_lines(table_of(memory), stream)


def write_lines(table: Iterable[Sequence[str]], stream: BinaryIO) -> None:
    """Writes cells as text, the first line fixed as a header; the same cells always give the same bytes."""
    openpyxl = _openpyxl()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("tm")
    sheet.freeze_panes = "A2"
    for letter, size in zip("ABC", _SIZES, strict=True):
        sheet.column_dimensions[letter].width = size
    try:
        for line, cells in enumerate(table, start=1):
            sheet.append(
                [_cell(openpyxl, sheet, _safe(text, (line, place))) for place, text in enumerate(cells)]
            )
    except TMError:
        book.save(io.BytesIO())  # which ends the temporary file that the lines went to
        raise
    packed = io.BytesIO()
    book.save(packed)
    stream.write(_timeless(packed))


def _openpyxl() -> ModuleType:
    try:
        import openpyxl  # noqa: PLC0415 - optional, and slow to import
        import openpyxl.cell  # noqa: PLC0415 - the same
    except ImportError:
        raise MissingExtraError(
            _("Excel files need a package that is not installed"),
            hint="pip install 'bilingual-release-memory[office]'",
        ) from None
    return openpyxl


def _filled(sheet: Any, path: str) -> bool:  # noqa: ANN401 - openpyxl is optional
    sheet.reset_dimensions()  # what a file says of its size is not believed
    return any(cell.value is not None for cells in _checked(sheet.iter_rows(), path) for cell in cells)


def _lines(sheet: Any, path: str) -> Iterator[Line]:  # noqa: ANN401 - openpyxl is optional
    for number, cells in enumerate(_checked(sheet.iter_rows(), path), start=1):
        if len(cells) > _WIDEST:
            raise FormatError(
                _("{count} columns; at most {most} are read").format(count=len(cells), most=_WIDEST),
                path=path,
                line=number,
            )
        yield Line(number, _texts(cells, path))


def _texts(cells: Sequence[Any], path: str) -> tuple[str, ...]:
    try:
        return tuple(_text(cell, path) for cell in cells)
    except TMError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        raise _broken(error, path) from None


def _checked(lines: Iterator[Any], path: str) -> Iterator[Any]:
    count = 0
    try:
        for cells in lines:
            yield cells
            count += 1
            if count > _ROWS:
                break
    except Exception as error:  # noqa: BLE001 - as above
        raise _broken(error, path) from None
    if count > _ROWS:
        raise FormatError(
            _("more lines than a sheet can have"),
            path=path,
            line=count,
            hint=_("This is taken for an attack; save it again in Excel or LibreOffice."),
        )


def _broken(error: Exception, path: str) -> FormatError:
    return FormatError(
        _("not a readable workbook: {reason}").format(reason=error),
        path=path,
        hint=_("Open it in Excel or LibreOffice and save it again as .xlsx."),
    )


def _text(cell: Any, path: str) -> str:  # noqa: ANN401 - openpyxl is optional
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str) and cell.data_type not in ("f", "e"):
        return _plain(value, cell, path) if "_x" in value else value
    if cell.data_type == "f":
        raise _refused(cell, path, _("a formula in cell {cell}"))
    if cell.data_type == "e":
        raise _refused(cell, path, _("an error value in cell {cell}"))
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat().removesuffix("T00:00:00")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value, str(cell.number_format))
    return str(value)


def _refused(cell: Any, path: str, message: str) -> FormatError:  # noqa: ANN401 - openpyxl is optional
    return FormatError(
        message.format(cell=cell.coordinate),
        path=path,
        line=cell.row,
        hint=_("Put its value there as text (copy, then paste as values)."),
    )


def _number_text(value: float, shown_as: str) -> str:
    """The number as a spreadsheet shows it, if its format is a plain one; else with all its digits."""
    plain = _PLAIN_NUMBER.fullmatch(shown_as)
    if plain is None:
        return f"{value:.15g}"
    share = 100 if plain["percent"] else 1
    digits = len(plain["digits"] or ".") - 1
    return f"{value * share:{',' if plain['grouped'] else ''}.{digits}f}{plain['percent']}"


def _plain(value: str, cell: Any, path: str) -> str:  # noqa: ANN401 - openpyxl is optional
    """The text without Excel's escapes."""
    found = _ESCAPE.sub(_unescaped, value)
    try:
        return found.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        raise _refused(cell, path, _("half a character in cell {cell}")) from None


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _sheet_name(sheet: Any) -> str:  # noqa: ANN401 - openpyxl is optional
    if sheet.sheet_state == "visible":
        return str(sheet.title)
    return _("{sheet} (hidden)").format(sheet=sheet.title)


def _safe(text: str, place: tuple[int, int]) -> str:
    """The text as a cell can hold it; one that is too long is a FormatError, for Excel would cut it."""
    safe = _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if len(safe.encode("utf-16-le")) // 2 > _LONGEST:
        cell = f"{chr(ord('A') + place[1])}{place[0]}" if place[1] < 26 else f"{place[1] + 1}:{place[0]}"
        raise FormatError(
            _("a text of {count} characters does not fit into cell {cell}, which holds {most}").format(
                count=len(text), cell=cell, most=_LONGEST
            ),
            hint=_("Write CSV or TMX instead, or leave the unit out."),
        )
    return safe


def _cell(openpyxl: ModuleType, sheet: Any, text: str) -> Any:  # noqa: ANN401 - openpyxl is optional
    cell = openpyxl.cell.WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.number_format = "@"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True
    return cell


def _timeless(packed: io.BytesIO) -> bytes:
    """The workbook with fixed times, so that it depends on its content alone."""
    result = io.BytesIO()
    with zipfile.ZipFile(packed) as given, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as timeless:
        for member in given.infolist():
            info = zipfile.ZipInfo(member.filename, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            part = given.read(member)
            if member.filename == "docProps/core.xml":
                part = _CLOCK.sub(b"2000-01-01T00:00:00Z", part)
            timeless.writestr(info, part)
    return result.getvalue()
