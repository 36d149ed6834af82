"""Drawing a message's picture when it goes out, beside the event loop.

Rule: the drawing tools are imported when the first picture is drawn, in a thread of their own, and
one picture is drawn at a time. A picture that cannot be drawn is noted, and its words go out alone:
they say the same.
"""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from bot.drawing.chart import Chart
from bot.runtime.adapter import Drawn

LOG = logging.getLogger("heeldrop.drawing")


async def drawn_of(chart: Chart | None) -> Drawn | None:
    """The chart as a picture; None if there is none, or none could be drawn."""
    if chart is None:
        return None
    try:
        data = await asyncio.get_running_loop().run_in_executor(_thread(), _png, chart)
    except Exception as error:
        LOG.exception("a chart could not be drawn: %s", type(error).__name__)
        return None
    return Drawn(chart.name, data, chart.alt)


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")


def _png(chart: Chart) -> bytes:
    from bot.drawing.paint import png  # noqa: PLC0415 - Pillow, which most runs never need

    return png(chart)
