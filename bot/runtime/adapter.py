"""What an adapter is: its limits, and delivering one message at a time.

Rule: an adapter translates and decides nothing. It hands events to `Host.receive` (or `accept`),
and answers every delivery with one receipt. Raising an exception means the same as `Unsure`.
"""

from typing import Protocol

import msgspec

from bot.conversation.event import Person, Place
from bot.conversation.fit import Fitted, Limits
from bot.conversation.message import Attachment, Audience, Picture
from bot.store.rows import Lane


class Sent(msgspec.Struct, frozen=True, tag="sent"):
    """The platform has it. `message` is its own id of it, "" if it gives none."""

    message: str = ""


class Later(msgspec.Struct, frozen=True, tag="later"):
    """Surely not sent; try again after the wait the platform names (0: as Heeldrop sees fit).

    `everyone` is true where the platform asked for quiet altogether, not only in this chat.
    """

    wait_s: float = 0.0
    everyone: bool = False


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


Receipt = Sent | Later | Gone | Moved | Bug | Unsure


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
    kind: str = ""
    expects: str = ""
    urgent: bool = False
    lane: Lane = Lane.REPLY
    event: str = ""
    hints: dict[str, str] = {}
    repeat: bool = False

    @property
    def text(self) -> str:
        """The plain words."""
        return self.fitted.text


class Adapter(Protocol):
    """One platform."""

    @property
    def limits(self) -> Limits:
        """What one message may be."""
        ...

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Send it, with one call to the platform."""
        ...
