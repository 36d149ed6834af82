"""Pictures: uploaded once, shown by Telegram's own id of them ever after.

Rule: the ids are kept in a small file in the data folder, because Telegram slows down whoever sends
the same file again. A picture that was changed on the disk is uploaded again.
"""

import contextlib
import json
from pathlib import Path

PHOTOS = {".png", ".jpg", ".jpeg", ".webp"}
_MOST_KEPT = 1000


class Pictures:
    """The pictures of one folder, as one bot knows them."""

    def __init__(self, folder: Path, memory: Path) -> None:
        self._folder = folder
        self._memory = memory
        self._ids: dict[str, str] = {}
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(memory.read_text(encoding="utf-8"))
            self._ids = {str(name): str(file_id) for name, file_id in kept.items()}

    def file(self, path: str) -> Path | None:
        """The picture on the disk, or None if there is none."""
        found = (self._folder / path).resolve()
        if not found.is_relative_to(self._folder.resolve()):
            return None
        if found.suffix == ".webp" and found.with_suffix(".gif").is_file():
            return found.with_suffix(".gif")  # Telegram would show a WebP as a still
        return found if found.is_file() else None

    def known(self, file: Path) -> str:
        """Telegram's id of it, or "" if it must be uploaded."""
        return self._ids.get(self._key(file), "")

    def remember(self, file: Path, file_id: str) -> None:
        """It has been uploaded."""
        if len(self._ids) >= _MOST_KEPT:
            self._ids.clear()
        self._ids[self._key(file)] = file_id
        self._keep()

    def forget(self, file: Path) -> None:
        """Telegram does not know that id any more."""
        if self._ids.pop(self._key(file), None):
            self._keep()

    def _key(self, file: Path) -> str:
        seen = file.stat()
        return f"{file.relative_to(self._folder.resolve())}:{seen.st_size}:{seen.st_mtime_ns}"

    def _keep(self) -> None:
        with contextlib.suppress(OSError):  # the next start uploads them again, that is all
            made = self._memory.with_suffix(".new")
            made.write_text(json.dumps(self._ids, indent=1), encoding="utf-8")
            made.replace(self._memory)
