"""The one connection to the file, with grouped commits.

Rule: a job is a whole transaction in one function. Jobs that wait at the same moment share one
commit, which is what makes synchronous=FULL fast. If one of them fails, all are rolled back and
each is tried again alone, so that a bad job harms nobody but itself.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

from bot.store.errors import (
    DamagedError,
    DiskFullError,
    InUseError,
    NotADatabaseError,
    OutdatedError,
    ReadOnlyError,
    StoreError,
)

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], Any]
LARGEST_GROUP = 256

_MEANINGS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("foreign key", OutdatedError, "What this was about has gone."),
    (
        "full",
        DiskFullError,
        "There is no room left on the disk for Heeldrop's data: free some and try again.",
    ),
    (
        "locked",
        InUseError,
        "Another program is writing to Heeldrop's data file: close it and try again.",
    ),
    ("readonly", ReadOnlyError, "Heeldrop's data file cannot be written: check its rights."),
    (
        "unable to open",
        ReadOnlyError,
        "Heeldrop's data file cannot be opened: check the folder's rights.",
    ),
    (
        "not a database",
        NotADatabaseError,
        "Heeldrop's data file is not a SQLite database: move it away.",
    ),
    (
        "malformed",
        DamagedError,
        "Heeldrop's data file is damaged: bring back a copy with heeldrop restore.",
    ),
    (
        "disk i/o",
        DamagedError,
        "The disk reported an error in Heeldrop's data file: check the disk.",
    ),
)


def explain(error: sqlite3.Error) -> Exception:
    """The plain sentence for what SQLite reports; anything else comes back as it is."""
    text = str(error).lower()
    for mark, kind, sentence in _MEANINGS:
        if mark in text:
            return kind(sentence)
    return error


@dataclass(slots=True)
class _Waiting:
    job: Job
    writes: bool
    outcome: asyncio.Future[Any]


class Database(aiosqlite.Connection):
    """An aiosqlite connection that runs whole jobs in its thread, several to a commit."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, 64)
        self._waiting: list[_Waiting] = []
        self._drainer: asyncio.Task[None] | None = None
        self.commits = 0

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job that writes; it is on the disk when this returns. Raises StoreError."""
        return await self._enqueue(job, writes=True)  # type: ignore[no-any-return]

    async def read(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """Run a job that only reads."""
        return await self._enqueue(job, writes=False)  # type: ignore[no-any-return]

    async def copy_to(self, target: Path) -> None:
        """Copy the whole file with SQLite's own online backup, a piece at a time."""
        async with aiosqlite.connect(target) as copy:
            await self.backup(copy, pages=256)

    async def finished(self) -> None:
        """Wait until the thread of a closed database has ended: it must not outlive the loop."""
        await asyncio.to_thread(self._thread.join)

    async def settle(self) -> None:
        """Wait until nothing is left to do."""
        while self._drainer is not None and not self._drainer.done():
            await asyncio.wait([self._drainer])

    async def _enqueue(self, job: Job, *, writes: bool) -> Any:
        waiting = _Waiting(job, writes, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._drainer is None or self._drainer.done():
            self._drainer = asyncio.create_task(self._drain())
        return await waiting.outcome

    async def _drain(self) -> None:
        while self._waiting:
            group = self._waiting[:LARGEST_GROUP]
            del self._waiting[:LARGEST_GROUP]
            try:
                outcomes = await self._in_thread(group)
            except BaseException as error:
                outcomes = [error] * len(group)
            for waiting, outcome in zip(group, outcomes, strict=True):
                _settle(waiting.outcome, outcome)
            # Those just answered may have more to store: let them join the next group.
            await asyncio.sleep(0)

    async def _in_thread(self, group: list[_Waiting]) -> list[Any]:
        # aiosqlite takes statements one by one; a whole group per hop is three times as fast.
        return await self._execute(self._run, group)  # type: ignore[no-any-return, no-untyped-call]

    def _run(self, group: list[_Waiting]) -> list[Any]:
        if len(group) > 1:
            try:
                return self._transaction(group)
            except Exception:  # noqa: S110 - each is tried again alone, and says its own error
                pass
        outcomes: list[Any] = []
        for waiting in group:
            try:
                outcomes += self._transaction([waiting])
            except sqlite3.Error as error:
                outcomes.append(explain(error))
            except Exception as error:
                outcomes.append(error)
        return outcomes

    def _transaction(self, group: list[_Waiting]) -> list[Any]:
        connection = self._conn
        if not any(waiting.writes for waiting in group):
            return [waiting.job(connection) for waiting in group]
        connection.execute("BEGIN IMMEDIATE")
        try:
            outcomes = [waiting.job(connection) for waiting in group]
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        self.commits += 1
        return outcomes


def _settle(future: asyncio.Future[Any], outcome: Any) -> None:
    if future.done():
        return
    if isinstance(outcome, BaseException):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
