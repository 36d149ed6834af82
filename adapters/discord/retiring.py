"""Buttons that have done their work are taken off, and what was chosen stands in their place.

Rule: the answer need not wait for this, and old buttons do no harm: it is done behind the answer, once,
and never tried again.
"""

import asyncio
import contextlib
import logging
from collections import OrderedDict

import discord

from adapters.discord.answers import Answers
from adapters.discord.render import chosen_under
from bot.runtime.adapter import Delivery

LOG = logging.getLogger("heeldrop.discord")
_RETIRE_S = 3.0
_AFTER_S = 0.5
"""So long the buttons wait for the answer to go out first."""
_KEPT = 2000


class Retiring:
    """Takes buttons off."""

    def __init__(self, client: discord.Client, answers: Answers) -> None:
        self._client = client
        self.answers = answers
        self._under_way: set[asyncio.Task[None]] = set()
        self._asked: OrderedDict[str, tuple[int, int, str]] = OrderedDict()
        """Each person's last direct message with buttons: channel, message, text."""

    def remember(self, person: str, channel: int, message: int, text: str) -> None:
        """This is the last direct message with buttons that somebody got."""
        self._asked[person] = (channel, message, text)
        if len(self._asked) > _KEPT:
            self._asked.popitem(last=False)

    def start(self, delivery: Delivery) -> None:
        """Begin, and let it go on behind."""
        task = asyncio.create_task(self._retire(delivery))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def close(self) -> None:
        """Finish what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_RETIRE_S + _AFTER_S)

    async def _retire(self, delivery: Delivery) -> None:
        """Put what was chosen under the message, and take its buttons off. Never worth a second try."""
        with contextlib.suppress(TimeoutError):  # calls with one token go one after the other
            async with asyncio.timeout(_AFTER_S):
                await self.answers.said(delivery.event).wait()
        try:
            async with asyncio.timeout(_RETIRE_S):
                await self._retired(delivery)
        except Exception as error:
            LOG.info("buttons were left on a message: %s", type(error).__name__)

    async def _retired(self, delivery: Delivery) -> None:
        hints, event, chosen = delivery.hints, delivery.event, delivery.retire
        none = discord.AllowedMentions.none()
        if "message" in hints and await self.answers.alive(event, hints):
            source = self.answers.shown.get(event)
            if source is None:
                source = await self.answers.text(hints)
            text = chosen_under(source, chosen)
            await self.answers.edit(hints, content=text, view=None, allowed_mentions=none)
        elif "message" in hints and "hidden" not in hints:
            channel = self._client.get_partial_messageable(int(hints["channel"]))
            message = await channel.fetch_message(int(hints["message"]))
            text = chosen_under(message.content, chosen)
            await message.edit(content=text, view=None, allowed_mentions=none)
        elif hints.get("where") == "dm" and "token" not in hints:
            await self._retire_last(delivery.person.id, chosen)

    async def _retire_last(self, person: str, chosen: str) -> None:
        """A button was named in words: it is on the last message with buttons."""
        asked = self._asked.pop(person, None)
        if asked is not None:
            channel, number, source = asked
            message = self._client.get_partial_messageable(channel).get_partial_message(number)
            none = discord.AllowedMentions.none()
            text = chosen_under(source, chosen)
            await message.edit(content=text, view=None, allowed_mentions=none)
