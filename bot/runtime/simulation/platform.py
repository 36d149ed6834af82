"""A platform that delays, fails, loses its answers and knows who has blocked it."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from bot.club.state import Rank
from bot.conversation.event import Person, Place
from bot.conversation.fit import TELEGRAM, Limits
from bot.runtime.adapter import Bug, Delivery, Gone, Later, Receipt, Sent, Unsure, Vanished
from bot.runtime.clock import Clock


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message as a person sees it."""

    at: datetime
    delivery: Delivery


@dataclass(slots=True)
class Weather:
    """How the platform behaves at the moment: each figure is a chance from 0 to 1."""

    later: float = 0.02
    lost_before: float = 0.01
    """The call fails, and nothing arrives."""
    lost_after: float = 0.01
    """It arrives, and the answer gets lost."""
    bug: float = 0.001


@dataclass(slots=True)
class SimulatedPlatform:
    """One platform. `honours_key`: a repeat of the same nonce shows nothing new."""

    clock: Clock
    chance: random.Random
    honours_key: bool
    limits: Limits = TELEGRAM
    weather: Weather = field(default_factory=Weather)
    blocked: set[str] = field(default_factory=set)
    arrivals: list[Arrival] = field(default_factory=list)
    tries: list[Arrival] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    """What everyone in a group can read at the moment, by the number of the message."""
    deleted: set[str] = field(default_factory=set)
    """Posts that somebody took away."""
    admins: tuple[str, ...] = ()
    _seen: dict[str, str] = field(default_factory=dict)

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Take one message, or not."""
        self.tries.append(Arrival(self.clock.now(), delivery))
        if delivery.person.id in self.blocked:
            return Gone("blocked") if delivery.place.private else Bug("they cannot be reached")
        drawn = self.chance.random()
        for part, receipt, arrives in (
            (self.weather.later, Later(self.chance.uniform(1, 40)), False),
            (self.weather.lost_before, Unsure("no answer"), False),
            (self.weather.lost_after, Unsure("no answer"), True),
            (self.weather.bug, Bug("refused"), False),
        ):
            if drawn < part:
                if arrives:
                    self._arrive(delivery)
                return receipt
            drawn -= part
        if delivery.edits in self.deleted:
            return Vanished()
        return Sent(self._arrive(delivery))

    async def rank(self, place: Place, person: Person) -> Rank:
        """What somebody is in a group."""
        return "admin" if person.id in self.admins else "member"

    def take_away(self) -> None:
        """Somebody with the right to deletes a post."""
        if self.shown:
            message = self.chance.choice(sorted(self.shown))
            del self.shown[message]
            self.deleted.add(message)

    def _arrive(self, delivery: Delivery) -> str:
        """It is there; the number of the message."""
        if delivery.edits and not delivery.drop:
            if delivery.edits in self.shown:
                self.shown[delivery.edits] = delivery.text
            return delivery.edits
        if delivery.drop:
            self.shown.pop(delivery.edits, None)
            return delivery.edits
        if self.honours_key and delivery.nonce in self._seen:
            return self._seen[delivery.nonce]  # what it said first is what it says
        self.arrivals.append(Arrival(self.clock.now(), delivery))
        number = self._seen[delivery.nonce] = str(len(self.arrivals))
        if not delivery.place.private and delivery.audience == "everyone_here":
            self.shown[number] = delivery.text
        return number
