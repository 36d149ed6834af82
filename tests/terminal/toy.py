"""A stand-in for the application, for tests of the terminal alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.terminal.scene import called
from adapters.terminal.shown import Shown
from bot.conversation.event import Dropped, Happening, Person, Place, Presence, Said, Tapped
from bot.conversation.message import Button, Message, Words

START = datetime(2026, 5, 7, 17, 40, tzinfo=UTC)
RIGHT = Button("Right", "!right")
FIX = Button("Fix", "!fix")


def said(text: str, *buttons: Button, **more: Any) -> Message:
    """A message of plain words."""
    return Message((Words(text),), buttons, **more)


class ToyStage:
    """Echoes what happens, with two buttons; a reminder is due every 12 hours."""

    def __init__(self) -> None:
        self.now = START
        self.happened: list[tuple[str, str, Happening]] = []
        self.restarts = 0
        self.closed = False
        self.fails: Exception | None = None
        self._out: list[Shown] = []

    async def happen(self, who: Person, where: Place, what: Happening) -> None:
        """Note it, and answer it."""
        if self.fails:
            raise self.fails
        self.happened.append((who.id, called(where), what))
        match what:
            case Said(text=text):
                self.send(said(f"You said: {text}", RIGHT, FIX), who.id, called(where))
            case Tapped(token=token):
                self.send(said(f"You tapped: {token}"), who.id, called(where))
            case Dropped(name=name, size=size):
                self.send(said(f"File {name}, {size} bytes"), who.id, called(where))
            case Presence():
                self.send(said("You were here before."), who.id, called(where))

    async def advance(self, to: datetime) -> None:
        """Send what falls due on the way."""
        while self.now + timedelta(hours=12) <= to:
            self.now += timedelta(hours=12)
            self.send(said("Time for your exercises."), "you", "private")
        self.now = to

    async def tick(self) -> None:
        """Nothing falls due by itself."""

    async def state(self, who: Person, where: Place) -> dict[str, Any]:
        """How much was said, as a state."""
        mine = [
            what for name, here, what in self.happened if (name, here) == (who.id, called(where))
        ]
        return {"facts": {"things_said": len(mine)}, "triage": "", "pathways": []}

    async def known(self, who: Person, where: Place) -> bool:
        """Whether they said anything here."""
        return bool((await self.state(who, where))["facts"]["things_said"])

    async def restart(self) -> None:
        """Count it."""
        self.restarts += 1

    async def close(self) -> None:
        """Note it."""
        self.closed = True

    def take(self) -> list[Shown]:
        """What was sent since last time."""
        out, self._out = self._out, []
        return out

    def send(self, message: Message, to: str = "you", place: str = "private") -> None:
        """Deliver a message now."""
        self._out.append(Shown(message, to, place, self.now))
