"""Lines from standard input, whatever it is: a terminal, a pipe or a file.

Rule: a line is never kept beyond a limit in memory; the rest of a longer one is read and dropped,
and the reader is told. Reading happens in a thread of its own that may be left behind.
"""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterator
from typing import Final

_BLOCK: Final = 65_536


def split(blocks: Iterator[bytes], longest: int) -> Iterator[bytes]:
    """The lines of a stream of blocks, without ends; over-long ones are cut at `longest` + 1."""
    line = b""
    for block in blocks:
        *whole, rest = block.split(b"\n")
        for piece in whole:
            yield (line + piece)[: longest + 1].removesuffix(b"\r")
            line = b""
        line = (line + rest)[: longest + 1]
    if line:
        yield line.removesuffix(b"\r")


async def lines(descriptor: int, longest: int) -> AsyncIterator[bytes]:
    """The lines that arrive on a file descriptor, until it ends."""
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()
    room = threading.Semaphore(8)

    def hand_over(line: bytes | None) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, line)

    def read() -> None:
        try:
            for line in split(_blocks(descriptor), longest):
                room.acquire()
                hand_over(line)
            hand_over(None)
        except RuntimeError:  # The chat ended first, and its loop is closed.
            return

    threading.Thread(target=read, name="terminal-lines", daemon=True).start()
    while (line := await queue.get()) is not None:
        room.release()
        yield line


def _blocks(descriptor: int) -> Iterator[bytes]:
    while True:
        try:
            block = os.read(descriptor, _BLOCK)
        except OSError:  # A terminal that has gone away reads as an error.
            return
        if not block:
            return
        yield block
