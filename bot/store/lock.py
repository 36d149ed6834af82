"""One process per data folder: a second one says so and stops.

Rule: the lock is the operating system's, so it goes when its process does, however that ends.
"""

import os
import sys
from pathlib import Path
from typing import IO

from bot.store.errors import InUseError, ReadOnlyError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FolderLock:
    """Held from `take` until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock. Raises InUseError, or ReadOnlyError where no file can be made."""
        try:
            file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise ReadOnlyError(
                f"Heeldrop cannot write in {self._path.parent}: check its rights."
            ) from error
        try:
            _lock(file)
        except OSError as error:
            file.seek(0)
            holder = file.read(20).strip()
            file.close()
            who = f" (process {holder})" if holder.isdigit() else ""
            raise InUseError(
                f"Another Heeldrop{who} is using {self._path.parent}: stop it first, "
                "or choose another folder with HEELDROP_DATA."
            ) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        """Let it go. Doing so twice is fine."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: IO[str]) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
