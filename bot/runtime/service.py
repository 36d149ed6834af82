"""The service: everything that runs while Heeldrop does, and how it stops.

Rule: APScheduler holds a handful of jobs (the tick, the clean-up, the backup), never one per person.
SIGTERM or SIGINT: take no more, finish the turns and deliveries under way, keep the rest.
"""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.runtime.host import Host
from bot.runtime.plugins import RefusedError
from bot.runtime.settings import SettingsError
from bot.store import StoreError
from bot.store.backup import back_up
from bot.store.rows import Trouble

LOG = logging.getLogger("heeldrop.service")
_PATIENCE_S = 10.0


@asynccontextmanager
async def running(host: Host) -> AsyncIterator[None]:
    """While inside: deliveries go out, check-ins fall due, housekeeping is done.

    On the way in, what an earlier process had accepted gets its turn first. On the way out, the
    jobs and deliveries under way are finished.
    """
    await host.take_waiting()
    scheduler = AsyncIOScheduler(timezone="UTC")
    jobs = Housekeeping(host)
    one = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    scheduler.add_job(jobs.tick, "interval", seconds=host.options.tick_s, **one)
    scheduler.add_job(jobs.clean_up, "cron", hour=3, minute=10, **one)
    scheduler.add_job(jobs.back_up, "cron", hour=3, minute=30, **one)
    delivering = asyncio.create_task(host.deliver_forever())
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        await jobs.finish()
        scheduler.shutdown(wait=False)
        delivering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await delivering


class Housekeeping:
    """The jobs that recur. One that fails is noted for the owner and comes again."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._under_way: set[asyncio.Task[None]] = set()

    async def tick(self) -> None:
        """Let what is due happen."""
        await self._guarded("tick", self._tick())

    async def clean_up(self) -> None:
        """Drop what is older than it may be."""
        await self._guarded("clean_up", self._clean_up())

    async def back_up(self) -> None:
        """Make today's backup."""
        await self._guarded("backup", self._back_up())

    async def finish(self) -> None:
        """Wait for what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_PATIENCE_S)

    async def _guarded(self, name: str, job: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(job)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            await asyncio.shield(task)
        except Exception as error:
            LOG.exception("%s failed", name)
            with contextlib.suppress(StoreError):
                trouble = Trouble(f"{name}_failed", type(error).__name__)
                await self._host.store.note(trouble, self._host.clock.now())

    async def _tick(self) -> None:
        await self._host.tick()

    async def _clean_up(self) -> None:
        host = self._host
        LOG.info(
            "clean-up: %d rows", await host.store.clean_up(host.options.kept, host.clock.now())
        )

    async def _back_up(self) -> None:
        host = self._host
        made = await back_up(host.store, host.clock.now(), host.options.backups_kept)
        LOG.info("backup: %s", made.name)


async def _wait(told: asyncio.Event) -> None:
    await told.wait()


async def until_told(*serving: Awaitable[None]) -> None:
    """Serve until SIGTERM or SIGINT, or until a platform fails.

    A platform that is refused (a wrong token or setting) stops none of the others; when all are
    refused, that is raised.
    """
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, told.set)
    tasks = {asyncio.ensure_future(one) for one in serving}
    waiting = asyncio.ensure_future(_wait(told))
    left = set(tasks)
    while True:
        done, _ = await asyncio.wait({waiting, *left}, return_when=asyncio.FIRST_COMPLETED)
        refused = {task for task in done - {waiting} if _is_refused(task)}
        if waiting in done or refused != done or refused == left:
            break
        left -= refused
    for task in {waiting, *left}:
        task.cancel()
    await asyncio.wait({waiting, *tasks}, timeout=_PATIENCE_S)
    for ended in left & done:
        ended.result()


def _is_refused(task: "asyncio.Future[None]") -> bool:
    return not task.cancelled() and isinstance(task.exception(), RefusedError | SettingsError)
