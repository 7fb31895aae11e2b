"""Several files of one release, written together or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tm.errors import StoreError
from tm.store.atomic import claimed, force_folder, new_file, rename, store_error, write_bytes

__all__ = ["write_tree"]


def write_tree(contents: Mapping[Path, bytes]) -> None:
    """Nothing; every file holds its content, and missing folders are made.

    Files that all belong in one new folder appear with it, in a single step that nothing can interrupt.
    Otherwise every file is on the disk beside its place before the first takes its place, and where one
    cannot, those before it are given back what they held. Then there is a StoreError.
    """
    files = {Path(os.path.realpath(path)): content for path, content in contents.items()}
    if not files:
        return
    folder = _new_folder(list(files))
    try:
        if folder is not None:
            _write_folder(folder, files)
        else:
            _write_files(files)
    except OSError as error:
        raise store_error(error, folder or next(iter(files))) from error


def _new_folder(paths: list[Path]) -> Path | None:
    """The topmost folder that does not exist and would hold all the files."""
    common = Path(os.path.commonpath([path.parent for path in paths]))
    absent = None
    for folder in (common, *common.parents):
        if folder.exists():
            return absent
        absent = folder
    return absent


def _write_folder(folder: Path, files: Mapping[Path, bytes]) -> None:
    with claimed(folder) as temporary:
        for path, content in files.items():
            place = temporary / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            with new_file(place, path) as stream:
                stream.write(content)
            force_folder(place)
        rename(temporary, folder)
    force_folder(folder)


def _write_files(files: Mapping[Path, bytes]) -> None:
    with _folders_made({path.parent for path in files}), ExitStack() as stack:
        places = {path: stack.enter_context(claimed(path)) for path in files}
        for path, content in files.items():
            with new_file(places[path], path) as stream:
                stream.write(content)
        _take_places(places)


def _take_places(places: Mapping[Path, Path]) -> None:
    """Renames all, or gives back what was there before."""
    before: dict[Path, bytes | None] = {}
    try:
        for path, temporary in places.items():
            content = path.read_bytes() if path.exists() else None
            before[path] = content
            rename(temporary, path)
    except BaseException:
        for path, content in before.items():
            _give_back(path, content)
        raise
    for path in places:
        force_folder(path)


def _give_back(path: Path, content: bytes | None) -> None:
    with suppress(OSError, StoreError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            write_bytes(path, content)


@contextmanager
def _folders_made(folders: set[Path]) -> Iterator[None]:
    """Makes the folders that are missing; after an error those it made are gone again."""
    made: list[Path] = []
    try:
        for folder in sorted(folders):
            missing = [place for place in (folder, *folder.parents) if not place.exists()]
            for place in reversed(missing):
                place.mkdir(exist_ok=True)
                made.append(place)
        yield
    except BaseException:
        for folder in reversed(made):
            with suppress(OSError):  # not empty: somebody else uses it by now
                folder.rmdir()
        raise
