"""Answering an interaction: acknowledged at once, then answered while its token lives.

Rule: whether an answer is private is fixed by the acknowledgement, so it is always private where
others are. The message that says "thinking" is filled by the first answer (an edit, which may safely
be repeated); later answers are follow-ups. All of it is found again from the hints after a restart.
"""

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, TypeVar, cast

import discord

from adapters.discord.failures import ACKNOWLEDGED
from adapters.discord.receive import in_direct_messages

LOG = logging.getLogger("heeldrop.discord")
_KEPT = 2000
_FEW = 5
_PATIENCE_S = 60.0
_ORIGINAL = cast("int", "@original")
V = TypeVar("V")


class Answers:
    """The interactions of the last quarter of an hour, by event."""

    def __init__(self, client: discord.Client, now: Callable[[], float] = time.time) -> None:
        self._client = client
        self._now = now
        self._acks: OrderedDict[str, asyncio.Task[bool]] = OrderedDict()
        self._filled: OrderedDict[str, int] = OrderedDict()
        self._dead: OrderedDict[str, bool] = OrderedDict()
        self._followed: OrderedDict[str, int] = OrderedDict()
        self._said: OrderedDict[str, asyncio.Event] = OrderedDict()
        self.shown: OrderedDict[str, str] = OrderedDict()
        """What the pressed message said, so that the choice can be put under it."""

    def acknowledge(
        self, event: str, interaction: discord.Interaction, hints: dict[str, str]
    ) -> None:
        """Tell Discord that it arrived, without waiting for that. A double is left alone."""
        if event in self._acks:
            return
        if interaction.message is not None:
            _keep(self.shown, event, interaction.message.content)
        _keep(self._acks, event, asyncio.create_task(_acknowledge(interaction, hints)))

    def dead(self, event: str) -> None:
        """It cannot be answered any more."""
        _keep(self._dead, event, True)

    async def alive(self, event: str, hints: dict[str, str]) -> bool:
        """Whether it can still be answered."""
        if not hints.get("token") or event in self._dead or self._now() > int(hints["until"]):
            return False
        ack = self._acks.get(event)
        return ack is None or await asyncio.shield(ack)

    async def fills(self, event: str, hints: dict[str, str], delivery: int, text: str) -> bool:
        """Whether this message is the one to go into the waiting one."""
        if "fill" not in hints:
            return False
        if event not in self._filled and event not in self._acks:
            await self._look(event, hints, delivery, text)
        return self._filled.get(event, delivery) == delivery

    async def _look(self, event: str, hints: dict[str, str], delivery: int, text: str) -> None:
        """After a restart: was the waiting message filled, and by whom?"""
        waiting = await self._hook(hints).fetch_message(_ORIGINAL)
        if not waiting.flags.loading:
            _keep(self._filled, event, delivery if waiting.content == text else 0)

    async def fill(self, event: str, hints: dict[str, str], delivery: int, **shown: Any) -> str:
        """Put a message where "thinking" stands; gives its id."""
        _keep(self._filled, event, delivery)
        made = await self._hook(hints).edit_message(_ORIGINAL, **shown)
        return str(made.id)

    def may_follow(self, event: str, hints: dict[str, str]) -> bool:
        """Whether one more message may follow."""
        return "few" not in hints or self._followed.get(event, 0) < _FEW

    async def follow(self, event: str, hints: dict[str, str], **shown: Any) -> str:
        """One more message that only this person sees; gives its id."""
        _keep(self._followed, event, self._followed.get(event, 0) + 1)
        made = await self._hook(hints).send(wait=True, ephemeral=True, **shown)
        return str(made.id)

    async def edit(self, hints: dict[str, str], **shown: Any) -> None:
        """Change the message whose button was pressed."""
        await self._hook(hints).edit_message(_ORIGINAL, **shown)

    async def text(self, hints: dict[str, str]) -> str:
        """What the pressed message says."""
        return (await self._hook(hints).fetch_message(_ORIGINAL)).content

    def said(self, event: str) -> asyncio.Event:
        """Set once an answer was sent, or could not be."""
        if event not in self._said:
            _keep(self._said, event, asyncio.Event())
        return self._said[event]

    async def clear(self, event: str, hints: dict[str, str], *, said: bool) -> None:
        """Take "thinking" away: no answer goes there. `said`: after the public one is out."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE_S if said else None):
                if said:
                    await self.said(event).wait()
        try:
            if await self.alive(event, hints) and event not in self._filled:
                await self._hook(hints).delete_message(_ORIGINAL)
        except discord.HTTPException as error:
            LOG.info("a waiting message was not taken away: %s %s", error.status, error.code)

    async def close(self) -> None:
        """Finish the acknowledgements under way."""
        tasks = [task for task in self._acks.values() if not task.done()]
        if tasks:
            await asyncio.wait(tasks, timeout=3)

    def _hook(self, hints: dict[str, str]) -> discord.Webhook:
        """An interaction is answered as a webhook with its token."""
        data: Any = {"id": hints["app"], "type": 3, "token": hints["token"]}
        # As the library's own Interaction.followup does, which is lost at a restart.
        return discord.Webhook.from_state(data=data, state=self._client._connection)  # noqa: SLF001


async def _acknowledge(interaction: discord.Interaction, hints: dict[str, str]) -> bool:
    """Whether it can be answered from here on."""
    private = not in_direct_messages(interaction)
    try:
        if "fill" in hints:
            await interaction.response.defer(ephemeral=private, thinking=True)
        else:
            await interaction.response.defer()
    except discord.HTTPException as error:
        if error.code == ACKNOWLEDGED:
            return True
        LOG.info("an interaction was acknowledged too late: %s %s", error.status, error.code)
        return False
    except discord.InteractionResponded:
        return True
    except Exception as error:
        LOG.warning("an interaction was not acknowledged: %s", type(error).__name__)
        return False
    return True


def _keep(where: OrderedDict[str, V], event: str, what: V) -> None:
    where[event] = what
    where.move_to_end(event)
    if len(where) > _KEPT:
        where.popitem(last=False)
