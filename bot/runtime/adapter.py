"""What an adapter is: its limits, and delivering one message at a time.

Rule: an adapter translates and decides nothing. It hands events to `Host.receive` (or `accept`),
and answers every delivery with one receipt. Raising an exception means the same as `Unsure`.
"""

from typing import Protocol, runtime_checkable

import msgspec

from bot.club.state import Missing, Rank
from bot.conversation.event import Person, Place
from bot.conversation.fit import Fitted, Limits
from bot.conversation.message import Attachment, Audience, Picture
from bot.store.rows import Lane, ScheduledEvent


class Sent(msgspec.Struct, frozen=True, tag="sent"):
    """The platform has it. `message` is its own id of it, "" if it gives none.

    `thread`: the thread it went into, or the one made for it, where the platform has such a thing.
    """

    message: str = ""
    thread: str = ""


class Later(msgspec.Struct, frozen=True, tag="later"):
    """Surely not sent; try again after the wait the platform names (0: as Heeldrop sees fit).

    `everyone` is true where the platform asked for quiet altogether, not only in this chat;
    `only_this` where the wait concerns this one message (an edit too many), and the chat may go on.
    """

    wait_s: float = 0.0
    everyone: bool = False
    only_this: bool = False


class Gone(msgspec.Struct, frozen=True, tag="gone"):
    """Out of reach: blocked, kicked, closed. Nothing is sent there until they return."""

    reason: str


class Moved(msgspec.Struct, frozen=True, tag="moved"):
    """The chat has a new number; what waits for it is sent there."""

    chat: str


class Bug(msgspec.Struct, frozen=True, tag="bug"):
    """The platform will never take this message. The text is for the owner."""

    text: str


class Unsure(msgspec.Struct, frozen=True, tag="unsure"):
    """It may have arrived, or not: the answer got lost."""

    text: str = ""


class Vanished(msgspec.Struct, frozen=True, tag="vanished"):
    """The message to change or delete is not there any more: somebody deleted it."""


Receipt = Sent | Later | Gone | Moved | Bug | Unsure | Vanished


class Drawn(msgspec.Struct, frozen=True):
    """A picture that was drawn for this message: a PNG, and the same in words."""

    name: str
    data: bytes
    alt: str


class Delivery(msgspec.Struct, frozen=True):
    """One platform message to send: one API call.

    `retire` set means: on the message that this answers (see `hints`), show what was chosen and
    take the buttons off. `nonce` is the same each time this message is tried (25 characters).
    `event` is the id of the event it answers and `hints` is what the adapter itself said about
    that event when it handed it in. `repeat` is true when it may have arrived before.
    """

    id: int
    nonce: str
    place: Place
    person: Person
    fitted: Fitted
    audience: Audience = "private_chat"
    retire: str = ""
    picture: Picture | None = None
    attachment: Attachment | None = None
    drawn: Drawn | None = None
    in_place: bool = False
    """Changes the message that this answers (see `hints`) where that can be done: words and buttons,
    the picture stays. Elsewhere it is sent like any other."""
    kind: str = ""
    expects: str = ""
    urgent: bool = False
    lane: Lane = Lane.REPLY
    event: str = ""
    hints: dict[str, str] = {}
    repeat: bool = False
    edits: str = ""
    """Not a new message: make the one with this id say this now (parts, buttons and all). Saying the
    same again is `Sent`; a message that is not there is `Vanished`."""
    drop: bool = False
    """Delete the message `edits` instead; one that is not there is `Sent` or `Vanished`."""
    thread_of: str = ""
    """The id of a message in whose thread this one belongs; where there are no threads, a reply to
    it. `thread` is the thread, if it is known; else make one, and name it in `Sent.thread`."""
    thread: str = ""
    """The thread that the message to edit lies in, or that `thread_of` already has."""
    scheduled_event: ScheduledEvent | None = None
    """Not a message: make, change or cancel the platform's own calendar entry. `edits` is the id
    that `Sent.message` gave when it was made, "" before that."""
    leave: bool = False
    """Not a message: leave this chat; everything before it has been delivered."""
    pings: bool = False
    """May alert everyone it is shown to; otherwise it mentions nobody and makes no sound."""

    @property
    def text(self) -> str:
        """The plain words."""
        return self.fitted.text


class Adapter(Protocol):
    """One platform.

    One with groups may have these too (see `Ranks`, `Roles`, `Abilities`); without them nobody is
    known to be an admin there, and nothing is known to be missing. `makes_events = True` says that
    it takes deliveries with a `scheduled_event`.
    """

    @property
    def limits(self) -> Limits:
        """What one message may be."""
        ...

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send it, with one call to the platform."""
        ...


@runtime_checkable
class Ranks(Protocol):
    """An adapter that can say what somebody is in a group."""

    async def rank(self, place: Place, person: Person) -> Rank:
        """By the platform itself, now; "unknown" if it does not answer."""
        ...


@runtime_checkable
class Roles(Protocol):
    """An adapter of a platform where people have roles in a group."""

    async def roles(self, place: Place, person: Person) -> tuple[str, ...]:
        """The platform's own ids of the roles that somebody has there, now."""
        ...


@runtime_checkable
class Abilities(Protocol):
    """An adapter that can say what it may do in a group."""

    async def abilities(self, place: Place) -> tuple[Missing, ...]:
        """What is missing there, of what a club needs."""
        ...
