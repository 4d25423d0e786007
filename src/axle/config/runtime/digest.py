"""Content stamps: a build is repeated only when what it was made from has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(files: Iterable[Path], *, root: Path, salt: str = "") -> str:
    """Hash names and contents of files below ``root`` in a stable order; a missing file counts as empty."""
    total = hashlib.sha256(salt.encode())
    for path in sorted(set(files)):
        total.update(f"\0{path.relative_to(root)}\0".encode())
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()


def files_below(folder: Path, *, without: Iterable[str] = ()) -> list[Path]:
    """List all files of a folder except below the named direct children."""
    skipped = {folder / name for name in without}
    children = [child for child in folder.iterdir() if child not in skipped]
    found = [path for child in children for path in (child, *child.rglob("*"))]
    return [path for path in found if path.is_file()]


def is_stamped(stamp: Path, value: str) -> bool:
    """Tell whether the stamp file holds this value."""
    return stamp.is_file() and stamp.read_text(encoding="ascii", errors="replace") == value


def stamp_write(stamp: Path, value: str) -> None:
    """Write the stamp in one move, so that a half-written one never counts."""
    draft = stamp.with_name(f"{stamp.name}.new")
    draft.write_text(value, encoding="ascii")
    draft.replace(stamp)
