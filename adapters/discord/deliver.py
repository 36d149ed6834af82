"""Delivering to Discord: one message, one call, one receipt.

Rule: the audience is obeyed. What is not for everyone goes out as an answer that one person sees, or
as a direct message, and in no case into a channel. Where Discord takes a nonce, it gets one.
"""

import contextlib
import io
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import discord
import msgspec

from adapters.discord import words
from adapters.discord.answers import Answers
from adapters.discord.calendar import Calendar
from adapters.discord.direct import DirectMessages, TooManyOpenedError
from adapters.discord.failures import UNKNOWN_CHANNEL, receipt_of, spent
from adapters.discord.items import view_of
from adapters.discord.permissions import may_quote, missing_in, needs_of
from adapters.discord.posts import Posts, Spot, channel_of, is_post
from adapters.discord.receive import Arrived, receive
from adapters.discord.render import markdown
from adapters.discord.retiring import Retiring
from adapters.discord.standing import Standing
from adapters.discord.talk import GOES_ON_IN_PRIVATE, takes_words
from bot.club.state import Missing, Rank
from bot.conversation.event import Person, Place
from bot.conversation.fit import DISCORD
from bot.conversation.message import Button
from bot.conversation.token import action
from bot.runtime.adapter import Bug, Delivery, Gone, Later, Receipt, Sent
from bot.store.rows import Lane

LOG = logging.getLogger("heeldrop.discord")
LIMITS = msgspec.structs.replace(DISCORD, buttons=125)
"""Up to 25 buttons; more than that are shown as up to 5 menus of 25."""
_LONGEST_ALT = 1024


class DiscordAdapter:
    """One bot. `folder` is what picture paths are relative to; `now` gives seconds since 1970."""

    makes_events = True

    def __init__(
        self, client: discord.Client, folder: Path, now: Callable[[], float] = time.time
    ) -> None:
        self._client = client
        self._folder = folder
        self.direct = DirectMessages(client)
        self.answers = Answers(client, now)
        self.standing = Standing(client)
        self.posts = Posts(client)
        self._calendar = Calendar(client)
        self._retiring = Retiring(client, self.answers)

    @property
    def limits(self) -> Any:
        """What one message may be."""
        return LIMITS

    def receive(self, update: discord.Interaction | discord.Message) -> Arrived | None:
        """What happened, as an event; None if it is nothing to us."""
        arrived = receive(update, self._client.user.id if self._client.user else 0)
        if arrived and arrived.hints.get("where") == "dm" and arrived.hints["channel"]:
            self.direct.remember(arrived.event.who.id, arrived.hints["channel"])
        if arrived and isinstance(update, discord.Interaction):
            self.standing.note(update)
        return arrived

    async def rank(self, place: Place, person: Person) -> Rank:
        """What somebody is in a server."""
        return (await self.standing.known(place, person)).rank

    async def roles(self, place: Place, person: Person) -> tuple[str, ...]:
        """The roles somebody has in a server."""
        return (await self.standing.known(place, person)).roles

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What we may not do in a channel of a server."""
        return self.standing.abilities(place)

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send one message, or take the buttons off one."""
        if self._client.user is None or self._client.is_closed():
            return Later(1.0)
        try:
            if delivery.retire:
                # The answer need not wait for this, and old buttons do no harm.
                self._retiring.start(delivery)
                return Sent()
            return await self._done(delivery)
        except TooManyOpenedError as error:
            return Later(error.wait_s)
        except Exception as error:
            receipt = receipt_of(error)
            if isinstance(receipt, Gone) and _for_one_in_server(delivery):
                return Bug(receipt.reason)  # one person is out of reach, and not the server
            return receipt

    async def _done(self, delivery: Delivery) -> Receipt:
        if delivery.leave:
            return await self.posts.leave(delivery)
        if delivery.scheduled_event is not None:
            return await self._calendar.keep(delivery)
        if delivery.edits:
            return await self.posts.change(delivery, self._words(delivery))
        return await self._say(delivery)

    async def close(self) -> None:
        """Finish what is under way."""
        await self.answers.close()
        await self._retiring.close()

    # -------------------------------------------------------------- saying
    async def _say(self, delivery: Delivery) -> Receipt:
        everyone = delivery.audience == "everyone_here"
        receipt = await (self._to_everyone if everyone else self._to_one)(delivery)
        self.answers.said(delivery.event).set()
        return receipt

    async def _to_one(self, delivery: Delivery) -> Receipt:
        """What only this person may see."""
        hints, event = delivery.hints, delivery.event
        if not delivery.person.id:
            return Bug("a private message without a person")
        if await self.answers.alive(event, hints):
            try:
                sent = await self._answer(delivery)
                if sent is not None:
                    return sent
            except discord.HTTPException as error:
                if not spent(error):
                    raise
                self.answers.dead(event)
        return await self._in_direct(delivery)

    async def _answer(self, delivery: Delivery) -> Receipt | None:
        """As an answer to the interaction, or None if it belongs into the direct messages."""
        hints, event = delivery.hints, delivery.event
        here = hints["where"] == "here"
        if delivery.in_place and "message" in hints:
            changed = {"view": None} | self._words(delivery, write=here)  # its picture stays
            await self.answers.edit(hints, **changed)
            return Sent(hints["message"])
        shown = self._shown(delivery, write=here)
        if await self.answers.fills(event, hints, delivery.id, shown["content"]):
            shown["attachments"] = shown.pop("files", [])
            shown.pop("suppress_embeds", None)
            return Sent(await self.answers.fill(event, hints, delivery.id, **shown))
        if not here or not self.answers.may_follow(event, hints):
            return None
        return Sent(await self.answers.follow(event, hints, **shown))

    async def _in_direct(self, delivery: Delivery) -> Receipt:
        person = delivery.person.id
        asked = delivery.lane is Lane.REPLY
        channel = await self.direct.to(person, asked=asked)
        silent = delivery.lane is Lane.BROADCAST and not delivery.urgent
        shown = self._shown(delivery)
        try:
            made = await channel.send(nonce=delivery.nonce, silent=silent, **shown)
        except discord.NotFound as error:
            if error.code != UNKNOWN_CHANNEL:
                raise
            self.direct.forget(person)
            return Later()
        if delivery.fitted.rows:
            self._retiring.remember(person, channel.id, made.id, shown["content"])
        return Sent(str(made.id))

    async def _to_everyone(self, delivery: Delivery) -> Receipt:
        """Into the channel or thread it was asked in, or the one the place names."""
        place, hints = delivery.place, delivery.hints
        if place.private and hints.get("where", "dm") == "dm":
            return await self._in_direct(delivery)
        number = int(hints["channel"] if place.private else channel_of(delivery))
        channel = self._client.get_channel(number)
        guild = getattr(channel, "guild", None)
        if guild is not None and guild.unavailable:
            return Later(60.0)
        shown = self._shown(delivery)
        lacking = missing_in(channel, files="files" in shown)
        if lacking:
            return await self._lacking(delivery, lacking)
        spot = Spot(number, answers=int(hints.get("reply_to", 0)) if may_quote(channel) else 0)
        if delivery.thread_of:
            spot = await self.posts.below(delivery)
        try:
            made = await self._send(spot, delivery, shown)
        except discord.Forbidden as error:
            if error.code == 50013:
                return await self._lacking(delivery, needs_of(channel))
            raise
        return Sent(str(made.id), thread=spot.thread)

    async def _send(self, spot: Spot, delivery: Delivery, shown: dict[str, Any]) -> discord.Message:
        """Mentions nobody, and makes a sound only where the core says so."""
        target = self._client.get_partial_messageable(spot.channel)
        if spot.answers:
            above = target.get_partial_message(spot.answers)
            shown |= {"reference": above.to_reference(fail_if_not_exists=False)}
        silent = not (delivery.place.private or delivery.pings or delivery.urgent)
        return await target.send(nonce=delivery.nonce, silent=silent, **shown)

    async def _lacking(self, delivery: Delivery, lacking: str) -> Receipt:
        """A permission is missing: the person who asked is told which one."""
        LOG.warning("in channel %s: %s", delivery.place.thread or delivery.place.chat, lacking)
        event, hints = delivery.event, delivery.hints
        told = {"content": lacking, "allowed_mentions": discord.AllowedMentions.none()}
        with contextlib.suppress(discord.HTTPException):
            if not await self.answers.alive(event, hints):
                pass
            elif await self.answers.fills(event, hints, delivery.id, lacking):
                await self.answers.fill(event, hints, delivery.id, **told)
            else:
                await self.answers.follow(event, hints, **told)
        return Gone(lacking) if is_post(delivery) else Bug(lacking)

    # -------------------------------------------------------------- showing
    def _shown(self, delivery: Delivery, *, write: bool = False) -> dict[str, Any]:
        """The message as the library takes it."""
        shown = self._words(delivery, write=write)
        if files := list(self._files(delivery)):
            shown["files"] = files
        if "http" in shown["content"]:
            shown["suppress_embeds"] = True
        return shown

    def _words(self, delivery: Delivery, *, write: bool = False) -> dict[str, Any]:
        rows = delivery.fitted.rows
        if delivery.kind in GOES_ON_IN_PRIVATE and delivery.hints.get("where") == "mention":
            rows = (*rows, (Button(words.SHOW_IT_HERE, action("go_on")),))
        shown: dict[str, Any] = {
            "content": markdown(delivery.fitted.parts),
            "allowed_mentions": discord.AllowedMentions.none(),
        }
        if view := view_of(rows, write=write and takes_words(delivery)):
            shown["view"] = view
        return shown

    def _files(self, delivery: Delivery) -> list[discord.File]:
        found = []
        if delivery.picture is not None:
            path = (self._folder / delivery.picture.path).resolve()
            if path.is_relative_to(self._folder.resolve()) and path.is_file():
                alt = delivery.picture.alt[:_LONGEST_ALT] or None
                found.append(discord.File(path, filename=path.name, description=alt))
            else:
                LOG.warning("a picture is missing: %s", delivery.picture.path)
        if delivery.drawn is not None:
            drawn, alt = delivery.drawn, delivery.drawn.alt[:_LONGEST_ALT]
            picture = io.BytesIO(drawn.data)
            found.append(discord.File(picture, filename=drawn.name, description=alt))
        if delivery.attachment is not None:
            data = io.BytesIO(delivery.attachment.text.encode())
            found.append(discord.File(data, filename=delivery.attachment.name))
        return found


def _for_one_in_server(delivery: Delivery) -> bool:
    """Whether this answers one person who asked in a server."""
    return not delivery.place.private and delivery.audience != "everyone_here"
