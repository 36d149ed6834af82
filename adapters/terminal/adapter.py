"""The terminal as a platform: its limits, what happens in it as events, and delivering one message.

Rule: like every adapter it translates and decides nothing. Delivered messages wait here until the
screen takes them.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import msgspec

from adapters.terminal.saved_files import keep_bytes
from adapters.terminal.scene import PLATFORM, called
from adapters.terminal.shown import Shown
from bot.club.state import Missing, Rank
from bot.conversation.event import Event, Happening, Person, Place
from bot.conversation.fit import TERMINAL, Limits
from bot.conversation.message import Message, Picture, Words
from bot.runtime.adapter import Delivery, Receipt, Sent
from bot.store.rows import Lane

DELETED = "(a post was deleted)"
LEFT = "(Heeldrop has left this group)"


def is_admin(name: str) -> bool:
    """Whether somebody in the terminal is an admin of every group: by their name."""
    return name == "admin" or name.startswith("admin-")


class TerminalAdapter:
    """One terminal. `pictures` is the folder that picture paths are relative to.

    `files` is where pictures that were drawn for a message are kept.
    """

    name = PLATFORM

    def __init__(
        self, now: Callable[[], datetime], pictures: Path, files: Path | None = None
    ) -> None:
        self._now = now
        self._pictures = pictures
        self._files = files
        self._delivered: list[Shown] = []

    @property
    def limits(self) -> Limits:
        """What one message may be: nearly anything."""
        return TERMINAL

    def receive(self, who: Person, where: Place, what: Happening) -> Event:
        """Something that happened in the terminal, as an event that never happened before."""
        home = None if where.private else Place(PLATFORM, who.id)
        return Event(uuid4().hex, who, where, what, self._now(), home)

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Keep a message for the screen. Taking buttons off an older one needs nothing here."""
        thread = delivery.thread
        if delivery.thread_of and not thread:
            thread = f"t{delivery.thread_of}"
        if delivery.text.strip() or delivery.picture or delivery.attachment:
            self._delivered.append(self._shown(delivery, thread))
        if delivery.drop:
            self._delivered.append(self._note(delivery, DELETED))
        if delivery.leave:
            self._delivered.append(self._note(delivery, LEFT))
        return Sent(delivery.edits or str(delivery.id), thread)

    async def rank(self, place: Place, person: Person) -> Rank:
        """In a terminal, whoever is called admin is one (or admin-2, admin-ben ...)."""
        return "admin" if is_admin(person.id) else "member"

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What is missing: a terminal has no calendar."""
        return ("events",)

    def take(self) -> list[Shown]:
        """The messages delivered since the last call, oldest first."""
        delivered, self._delivered = self._delivered, []
        return delivered

    def _note(self, delivery: Delivery, text: str) -> Shown:
        said = Message((Words(text),), audience="everyone_here")
        return Shown(said, "", called(delivery.place), self._now(), edited=delivery.drop)

    def _shown(self, delivery: Delivery, thread: str) -> Shown:
        picture = delivery.picture
        if picture:
            picture = Picture(str(self._pictures / picture.path), picture.alt)
        if delivery.drawn and self._files:
            drawn = delivery.drawn
            path = keep_bytes(drawn.name, drawn.data, self._files)
            # The words above it say the same, so its first line is enough here.
            picture = Picture(path, drawn.alt.partition("\n")[0]) if path else picture
        said = Message(
            delivery.fitted.parts,
            tuple(button for row in delivery.fitted.rows for button in row),
            audience=delivery.audience,
            picture=picture,
            attachment=delivery.attachment,
            kind=delivery.kind,
            expects="number" if delivery.expects == "number" else "",
            urgent=delivery.urgent,
        )
        # What is for one person's private chat goes there, wherever it was asked for.
        private = delivery.audience == "private_chat"
        there = delivery.place
        if thread:
            there = msgspec.structs.replace(there, thread=thread)
        place = called(Place(PLATFORM, "")) if private else called(there)
        due = delivery.lane is not Lane.REPLY
        edited = bool(delivery.edits)
        return Shown(said, delivery.person.id, place, self._now(), due=due, edited=edited)
