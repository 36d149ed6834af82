"""The people of a made-up world, and what each of them does next."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.conversation.event import Event, Happening, Located, Person, Place, Presence, Said, Tapped

ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "Africa/Cairo",
)


@dataclass(slots=True)
class Runner:
    """Somebody who writes, taps, ignores, blocks and comes back."""

    name: str
    platform: str
    keenness: float
    """The chance that they answer what they are asked."""
    board: list[str] = field(default_factory=list)
    """The tokens of the buttons they saw last."""
    old: list[str] = field(default_factory=list)
    blocked: bool = False
    said: int = 0
    last: Event | None = None

    @property
    def person(self) -> Person:
        """Who they are."""
        return Person(self.platform, self.name)

    @property
    def place(self) -> Place:
        """Their private chat."""
        return Place(self.platform, f"chat-{self.name}")

    def event(self, what: Happening) -> Event:
        """Something new that they do."""
        self.said += 1
        self.last = Event(f"{self.name}:{self.said}", self.person, self.place, what)
        return self.last

    def see(self, tokens: Sequence[str]) -> None:
        """New buttons are before them."""
        if tokens:
            self.old = (self.old + self.board)[-30:]
            self.board = list(tokens)

    def does(self, chance: random.Random, phrases: Sequence[str]) -> Event:
        """What they do next: mostly an answer, sometimes anything else."""
        drawn = chance.random()
        if self.last is not None and drawn < 0.03:
            return self.last  # the platform hands the same update in twice
        if self.board and drawn < 0.65:
            return self.event(Tapped(chance.choice(self.board)))
        if self.old and drawn < 0.72:
            return self.event(Tapped(chance.choice(self.old)))
        if drawn < 0.74:
            return self.event(Located(chance.choice(ZONES)))
        if drawn < 0.76:
            return self.event(Presence("joined"))
        return self.event(Said(chance.choice(phrases)))


def people(chance: random.Random, count: int, platforms: Sequence[str]) -> list[Runner]:
    """So many of them, keen and less keen."""
    return [
        Runner(f"runner{number}", platforms[number % len(platforms)], chance.uniform(0.1, 0.9))
        for number in range(count)
    ]
