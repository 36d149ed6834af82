"""Playing a made-up world with a seed."""

import random
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.conversation.event import Presence
from bot.runtime.clock import MovableClock
from bot.runtime.club_turns import ClubCore
from bot.runtime.host import Host
from bot.runtime.options import Options
from bot.runtime.rates import Rates
from bot.runtime.simulation.club import GROUP, ORGANISER, ClubLife, quiet
from bot.runtime.simulation.invariants import BrokenPromiseError, Watcher, utc
from bot.runtime.simulation.people import Runner, people
from bot.runtime.simulation.platform import SimulatedPlatform, Weather
from bot.runtime.turns import Step

PLATFORMS = ("keyed", "keyless")
CLUBS = "!club:"
_CALM = 25
"""Every so many steps, the expensive checks."""


@dataclass(slots=True)
class World:
    """One world. `play` moves it on and raises BrokenPromiseError, naming seed and step."""

    seed: int
    folder: Path
    content: Any
    step: Step | None
    phrases: Sequence[str]
    runners: int = 12
    club: ClubCore | None = None
    """The clubs' core, if the content is that of a club: then some of the runners are in one."""
    start: datetime = field(default_factory=lambda: utc(2026, 2, 20))
    counted: Counter[str] = field(default_factory=Counter)

    async def play(self, days: float) -> Counter[str]:
        """Let so many days go by; return what happened, counted."""
        stage = _Stage(self)
        await stage.open()
        number = 0
        try:
            while stage.clock.now() < self.start + timedelta(days=days):
                number += 1
                await stage.step_on(number)
            await stage.settle()
        except BrokenPromiseError as error:
            when = f"{stage.clock.now():%Y-%m-%d %H:%M} UTC"
            raise BrokenPromiseError(f"seed {self.seed}, step {number}, {when}: {error}") from error
        finally:
            await stage.close()
        self.counted["steps"] = number
        self.counted.update({f"check-ins {name}": n for name, n in stage.outcomes.items()})
        return self.counted


class _Stage:
    """What a world is played on."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = random.Random(world.seed)  # noqa: S311 - a seed must give the same world
        self.clock = MovableClock(world.start)
        self._people = people(self._chance, world.runners, PLATFORMS)
        self._platforms = {
            name: SimulatedPlatform(self.clock, self._chance, honours_key=name == "keyed")
            for name in PLATFORMS
        }
        self._shown = dict.fromkeys(PLATFORMS, 0)
        self._acknowledged: set[str] = set()
        self.outcomes: Counter[str] = Counter()
        self._club = ClubLife(world.content, self._chance, self._people) if world.club else None
        if self._club is not None:
            self._platforms[GROUP.platform].admins = (ORGANISER,)
            self._platforms[GROUP.platform].weather = Weather(0.08, 0.04, 0.06)
        self._host: Host | None = None
        self._watcher: Watcher | None = None

    async def open(self) -> None:
        """Start the process on its file."""
        world = self._world
        self._host = await Host.open(
            world.content,
            world.folder,
            self.clock,
            step=world.step,
            options=Options(),
            club=world.club,
        )
        for name, platform in self._platforms.items():
            keyed = 10.0**9 if platform.honours_key else 0.0
            self._host.attach(name, platform, Rates(idempotent_s=keyed, edit_gap_s=4.0))
        if self._watcher is None:
            platforms = list(self._platforms.values())
            caps = self._host.options.caps
            self._watcher = Watcher(self._host.store.path, caps, platforms)
            for event in self._club.set_up() if self._club else ():
                await self._host.receive(event)

    async def close(self) -> None:
        """Stop the process."""
        if self._host is not None:
            await self._host.close()
            self._host = None
        if self._watcher is not None:
            self.outcomes = self._watcher.outcomes
            self._watcher.close()

    @property
    def host(self) -> Host:
        """The process that runs."""
        if self._host is None:
            raise RuntimeError("the process is not running")
        return self._host

    @property
    def _watch(self) -> Watcher:
        if self._watcher is None:
            raise RuntimeError("nobody watches")
        return self._watcher

    async def step_on(self, number: int) -> None:
        """One step: time passes, somebody does something, and all is checked."""
        chance = self._chance
        await self.host.advance(
            self.clock.now() + timedelta(minutes=min(chance.expovariate(1 / 90), 1500))
        )
        self._watch.limits_kept()  # before anybody moves to another zone
        drawn = chance.random()
        if drawn < 0.01:
            await self._outage()
        elif drawn < 0.015:
            self.clock.move(timedelta(minutes=chance.choice((-20, -3, 5, 45))))
            self._world.counted["clock jumps"] += 1
        elif self._club is not None and drawn < 0.5:
            await self._club_happens(self._club)
        else:
            await self._somebody()
        await self.host.tick()
        await self.host.deliver_pending()
        if self._club is not None:
            self._club.look(self._watch.file)
            await self.host.advance(self.clock.now() + quiet())
            await self._club.check(self.host, self._watch.file, self._platforms[GROUP.platform])
        self._look()
        self._watch.after_step(self.clock.now(), self._acknowledged)
        self._acknowledged.clear()
        if number % _CALM == 0:
            self._watch.now_and_then()

    async def _club_happens(self, club: ClubLife) -> None:
        """Somebody does something in the club, or a post of it is taken away."""
        if self._chance.random() < 0.01:
            self._platforms[GROUP.platform].take_away()
        for _ in range(self._chance.choice((1, 1, 2, 4))):
            for event in await club.next(self.host):
                await self.host.receive(event)
                if self._chance.random() < 0.6:
                    await self.host.deliver_pending()
                self._acknowledged.add(event.id)
                self._world.counted["club events"] += 1

    async def _somebody(self) -> None:
        runner = self._chance.choice(self._people)
        drawn = self._chance.random()
        platform = self._platforms[runner.platform]
        if runner.blocked:
            if drawn < 0.3:
                runner.blocked = False
                platform.blocked.discard(runner.name)
                await self._hand_in(runner, presence=Presence("returned"))
                self._world.counted["returned"] += 1
            return
        if drawn < 0.02:
            runner.blocked = True
            platform.blocked.add(runner.name)
            self._world.counted["blocked"] += 1
            if self._chance.random() < 0.5:
                await self._hand_in(runner, presence=Presence("blocked"))
        elif drawn < 0.02 + runner.keenness:
            await self._hand_in(runner)

    async def _hand_in(self, runner: Runner, presence: Presence | None = None) -> None:
        if presence is not None:
            event = runner.event(presence)
        else:
            event = runner.does(self._chance, self._world.phrases)
        if self._chance.random() < 0.1:
            await self.host.accept(event)
            if self._chance.random() < 0.3:
                await self._restart()
            await self.host.take_waiting()
        else:
            await self.host.receive(event)
        self._acknowledged.add(event.id)
        self._world.counted["events"] += 1

    async def _outage(self) -> None:
        """The process is gone for minutes, hours or days."""
        await self._restart(timedelta(minutes=self._chance.choice((1, 10, 60, 300, 1440, 4320))))
        self._world.counted["outages"] += 1

    async def _restart(self, away: timedelta = timedelta()) -> None:
        host, self._host = self._host, None
        if host is not None:
            await host.close()
        self.clock.move(away)
        await self.open()
        await self.host.take_waiting()

    def _look(self) -> None:
        """People see what has arrived."""
        by_name = {runner.name: runner for runner in self._people}
        for name, platform in self._platforms.items():
            for arrival in platform.arrivals[self._shown[name] :]:
                delivery = arrival.delivery
                tokens = [button.token for row in delivery.fitted.rows for button in row]
                tokens = [one for one in tokens if not one.startswith(CLUBS)]  # ClubLife's own
                with suppress(KeyError):
                    by_name[delivery.person.id].see(tokens)
                self._world.counted["messages"] += 1
            self._shown[name] = len(platform.arrivals)

    async def settle(self) -> None:
        """In good weather, everything that waits goes out."""
        for platform in self._platforms.values():
            platform.weather.later = platform.weather.lost_before = 0
            platform.weather.lost_after = platform.weather.bug = 0
        await self.host.advance(self.clock.now() + timedelta(hours=2))
        left = (await self.host.store.counts())["messages to send"]
        if left:
            raise BrokenPromiseError(f"{left} messages are still waiting in good weather")
