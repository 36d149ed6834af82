"""A platform that delays, fails, loses its answers and knows who has blocked it."""

import random
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation.fit import TELEGRAM, Limits
from bot.runtime.adapter import Bug, Delivery, Gone, Later, Receipt, Sent, Unsure
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
    _seen: set[str] = field(default_factory=set)

    async def deliver(self, delivery: Delivery) -> Receipt:
        """Take one message, or not."""
        self.tries.append(Arrival(self.clock.now(), delivery))
        if delivery.person.id in self.blocked:
            return Gone("blocked")
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
        self._arrive(delivery)
        return Sent(str(len(self.arrivals)))

    def _arrive(self, delivery: Delivery) -> None:
        if self.honours_key and delivery.nonce in self._seen:
            return
        self._seen.add(delivery.nonce)
        self.arrivals.append(Arrival(self.clock.now(), delivery))
