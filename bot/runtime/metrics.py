"""Health and metrics for the owner's own tools, in the text format of Prometheus.

Rule: off unless a port is set, on this machine only (loopback), and numbers only: no name, no chat,
nothing that anybody said. `/metrics` has the numbers; `/health` says ok (200) or not (503).
"""

import logging
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.runtime.host import Host
from bot.store import StoreError

if TYPE_CHECKING:
    from aiohttp import web

LOG = logging.getLogger("heeldrop.metrics")
LOOPBACK = "127.0.0.1"
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_HELP = {
    "runners": "People who wrote and have not deleted everything.",
    "conversations": "Conversations kept.",
    "check-ins planned": "Check-ins planned, paused ones included.",
    "check-ins paused": "Check-ins that rest because their chat is out of reach.",
    "messages to send": "Messages waiting in the outbox.",
    "messages in doubt": "Messages of which nobody knows whether they arrived.",
    "messages given up": "Messages that could not be sent.",
    "messages waiting for a turn": "Events that were kept and not answered yet.",
    "turns that failed": "Events whose turn failed.",
    "clubs": "Clubs that are set up, or being set up.",
}
_STARTED = time.monotonic()


@asynccontextmanager
async def metrics(host: Host, port: int) -> AsyncIterator[int]:
    """Answer on this port of the loopback address while inside; 0 means off.

    Yields the port in use, 0 if there is none. A port that is taken is logged and stops nobody.
    """
    if not port:
        yield 0
        return
    from aiohttp import web  # noqa: PLC0415 - only where it is asked for

    runner = web.AppRunner(_application(host), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, LOOPBACK, port).start()
    except OSError as error:
        LOG.error(  # noqa: TRY400 - the sentence is all of it
            "no metrics: port %d of HEELDROP_METRICS_PORT cannot be used: %s", port, error.strerror
        )
    try:
        found = runner.addresses[0][1] if runner.addresses else 0
        if found:
            LOG.info("health and metrics: http://%s:%d/metrics", LOOPBACK, found)
        yield found
    finally:
        await runner.cleanup()


def _application(host: Host) -> "web.Application":
    from aiohttp import web  # noqa: PLC0415 - only where it is asked for

    async def numbers(_: web.Request) -> web.Response:
        try:
            text = await page(host)
        except StoreError:
            return web.Response(status=503, text="the data file cannot be read\n")
        return web.Response(body=text.encode(), headers={"Content-Type": _TEXT})

    async def health(_: web.Request) -> web.Response:
        try:
            await host.store.counts()
        except StoreError:
            return web.Response(status=503, text="the data file cannot be read\n")
        return web.Response(text="ok\n")

    made = web.Application(client_max_size=1024)
    made.router.add_get("/metrics", numbers)
    made.router.add_get("/health", health)
    return made


async def page(host: Host) -> str:
    """All numbers as text. Raises StoreError."""
    counts = await host.store.counts()
    due = await host.store.next_due()
    late = 0.0 if due is None else max(0.0, (host.clock.now() - due).total_seconds())
    lines: list[str] = []
    for name, count in counts.items():
        plain = name.replace(" ", "_").replace("-", "_")
        lines += _number(plain, "gauge", _HELP.get(name, name), [("", count)])
    lines += _number("oldest_due_check_in_late_seconds", "gauge",
                     "How long the check-in that is due longest has waited.", [("", late)])  # fmt: skip
    lines += _number("uptime_seconds", "gauge", "Since the program started.",
                     [("", round(time.monotonic() - _STARTED, 1))])  # fmt: skip
    turns = [(f'{{result="{name}"}}', count) for name, count in sorted(host.turns_counted.items())]
    lines += _number("turns_total", "counter", "Turns since the start.", turns)
    lines += _number("deliveries_total", "counter", "Tries to send since the start.",
                     list(_deliveries(host)))  # fmt: skip
    return "\n".join(lines) + "\n"


def _deliveries(host: Host) -> Iterator[tuple[str, float]]:
    for platform, counted in sorted(host.deliveries_counted.items()):
        for result, count in sorted(counted.items()):
            yield f'{{platform="{platform}",result="{result}"}}', count


def _number(name: str, kind: str, what: str, values: Sequence[tuple[str, float]]) -> list[str]:
    whole = f"heeldrop_{name}"
    return [
        f"# HELP {whole} {what}",
        f"# TYPE {whole} {kind}",
        *(f"{whole}{labels} {value}" for labels, value in values),
    ]
