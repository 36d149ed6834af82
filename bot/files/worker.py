"""The process in which a file is read: its bytes come in at standard input, a small value goes out.

Rule: whatever a file does to it, it can only end. Memory, processor time and files are limited before
the first byte is read; the one who started it ends it when it takes too long.
"""

import contextlib
import os
import sys

import msgspec

from bot.files.activity import LARGEST, FileRead
from bot.files.read import read_file

MEMORY = 512 * 1024 * 1024
"""Bytes of address space."""
PROCESSOR_S = 8
NICENESS = 10


def limit() -> None:
    """Set the limits, as far as this system has them."""
    with contextlib.suppress(AttributeError, OSError):
        os.nice(NICENESS)
    try:
        import resource  # noqa: PLC0415 - not on Windows, where the time limit alone holds
    except ImportError:
        return
    for name, most in (
        ("RLIMIT_AS", MEMORY),
        ("RLIMIT_CPU", PROCESSOR_S),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_CORE", 0),
    ):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def main() -> None:
    """Read one file."""
    limit()
    try:
        found = read_file(sys.stdin.buffer.read(LARGEST + 1))
    except MemoryError:
        found = FileRead(problem="too_large_inside")
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
