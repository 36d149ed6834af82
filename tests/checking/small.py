"""A content folder small enough to walk in a moment: the real one with its tables replaced."""

import shutil
from pathlib import Path

REAL = Path(__file__).resolve().parents[2] / "content"
SMALL = Path(__file__).resolve().parent / "small"
LEFT_OUT = ("scripts", "media", "poses")


def small_content(folder: Path) -> Path:
    """Write the small content under `folder` and return where it is."""
    copy = folder / "content"
    shutil.copytree(SMALL, copy)
    for source in REAL.iterdir():
        if source.is_dir() and not (copy / source.name).exists() and source.name not in LEFT_OUT:
            shutil.copytree(source, copy / source.name, ignore=shutil.ignore_patterns(*LEFT_OUT))
        elif source.suffix == ".toml" and not (copy / source.name).exists():
            shutil.copy(source, copy / source.name)
    return copy


def real_content(folder: Path) -> Path:
    """Write a copy of the real content under `folder`, without pictures and scripts."""
    copy = folder / "content"
    shutil.copytree(REAL, copy, ignore=shutil.ignore_patterns(*LEFT_OUT))
    return copy
