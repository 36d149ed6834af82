"""Reading a dropped file before its turn: in a process of its own, one at a time, within limits.

Rule: a hostile file can cost this process nothing: not its memory, not its time, not its life. What
comes back is a small value without a route. The process is started when a file is there and ends with
it, so nothing of it is held while nobody drops files. It is given no settings and no secrets.
"""

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

import bot
from bot.conversation.event import Dropped
from bot.files.activity import LARGEST, FileRead, Problem

LOG = logging.getLogger("heeldrop.files")
WORKER = "bot.files.worker"
MOST_SAID = 1_000_000
"""Bytes; 600 runs are some 100 kB."""
_HOME = Path(bot.__file__).resolve().parents[1]
_OUT_OF_TIME = (9, 24)
"""SIGKILL and SIGXCPU."""
_KEPT = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "TMPDIR", "TEMP")


class FileReader:
    """Reads files. `limit_s` is how long one may take; `worker` is the module that reads."""

    def __init__(self, limit_s: float, worker: str = WORKER) -> None:
        self._limit_s = limit_s
        self._worker = worker
        self._one = asyncio.Semaphore(1)

    async def read(self, what: Dropped) -> Dropped:
        """The same file with what was read from it; as it came where there is nothing to read."""
        path = Path(what.path)
        if what.size > LARGEST:
            return _with(what, FileRead(problem="too_large"))
        if not what.path:
            return what
        async with self._one:
            try:
                return _with(what, await self._read(path))
            except msgspec.MsgspecError:
                return _with(what, _ended("damaged"))
            except OSError as error:
                # Gone since (a turn taken again after a crash), or no process could be started.
                LOG.warning("a file could not be had: %s", type(error).__name__)
                return what

    async def _read(self, path: Path) -> FileRead:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > LARGEST:
                return FileRead(problem="too_large")
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                self._worker,
                stdin=file,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                env=_environment(os.environ),
                cwd=_HOME,
            )
        try:
            async with asyncio.timeout(self._limit_s):
                said = await _said(process)
        except TimeoutError:
            return _ended("too_slow")
        finally:
            if process.returncode is None:
                await _end(process)
        if len(said) > MOST_SAID:
            return _ended("too_large_inside")
        if process.returncode:
            return _ended(_why(process.returncode))
        return msgspec.json.decode(said, type=FileRead)


async def _said(process: asyncio.subprocess.Process) -> bytes:
    """All that it says until it ends, or a little more than it may."""
    said = bytearray()
    while process.stdout is not None and (piece := await process.stdout.read(1 << 16)):
        said += piece
        if len(said) > MOST_SAID:
            return bytes(said)
    await process.wait()
    return bytes(said)


async def _end(process: asyncio.subprocess.Process) -> None:
    """End it at once, and take what it had still to say: until then it does not count as ended."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    while process.stdout is not None and await process.stdout.read(1 << 16):
        pass
    await process.wait()


def _why(code: int) -> Problem:
    """Its own limits ended it: the processor's time by a signal, memory by a failure."""
    if -code in _OUT_OF_TIME:
        return "too_slow"
    return "too_large_inside" if code > 0 else "damaged"


def _ended(problem: Problem) -> FileRead:
    LOG.warning("the reading of a file was ended: %s", problem)
    return FileRead(problem=problem)


def _with(what: Dropped, read: FileRead) -> Dropped:
    return msgspec.structs.replace(what, read=read)


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """What a new Python needs, and nothing of what the owner has set."""
    return {name: given[name] for name in _KEPT if name in given}
