"""A club in a made-up world: what its members and its organiser do, and what everyone can read of it.

Rule: checked after every step: a post counts each runner once and by their last answer, never more
than may go; it says what is kept unless the platform asked to wait; it holds nothing of anybody.
"""

import random
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from bot.club import joining, posting, tokens
from bot.club.clubtalk import ClubTalk
from bot.club.state import CANT, MAYBE, ClubRun
from bot.club.turn import Held
from bot.conversation.event import Event, Happening, Person, Place, Said, Tapped
from bot.conversation.state import Runner as Body
from bot.runtime.host import Host
from bot.runtime.simulation.invariants import must
from bot.runtime.simulation.people import Runner
from bot.runtime.simulation.platform import SimulatedPlatform
from bot.store import codec

GROUP = Place("keyed", "group", private=False, name="Runners")
ORGANISER = "organiser"
CLUB = 1
QUIET_S = 5
_SECRET = "9/10"  # noqa: S105 - what a body feels, which nobody else may read
_LINES = (
    "/run Thu 7pm Park 10k easy; 4k walk-run; max 2",
    "/run Tue 6:30pm Track 5k",
    "/run every Sat 9am Lake 8k; 12k; max 3",
)
_CHANGES = ("8pm", "Fri 7pm", "at the Bridge", "6 km")


class ClubLife:
    """The club's people, and what each of them said last."""

    def __init__(self, content: Any, chance: random.Random, people: list[Runner]) -> None:
        self._content = content
        self._chance = chance
        self._members = [one for one in people if one.platform == GROUP.platform]
        self._said: dict[tuple[int, str], str] = {}
        self._named: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._done = 0

    def _event(self, what: Happening, name: str = ORGANISER, where: Place = GROUP) -> Event:
        self._done += 1
        home = Place(GROUP.platform, f"chat-{name}")
        person = Person(GROUP.platform, name)
        return Event(
            f"club:{self._done}", person, home if where.private else GROUP, what, home=home
        )

    def _press(self, deed: str, run: int = 0, choice: str = "") -> Tapped:
        return Tapped(tokens.write(deed, CLUB, run, choice))

    def set_up(self) -> list[Event]:
        """The first things that happen."""
        said: list[Happening] = [Said("/setup"), Said("London"), self._press("on")]
        return [self._event(one) for one in said]

    async def next(self, host: Host) -> list[Event]:
        """What somebody of the club does now: one thing, in one or more steps."""
        kept = await host.store.club(CLUB, host.clock.now())
        runs = kept.runs if kept else ()
        coming = [
            one for one in runs if one.state == "planned" and one.starts_at > host.clock.now()
        ]
        drawn = self._chance.random()
        if drawn < (0.2 if len(coming) < 3 else 0.03):
            return [
                self._event(Said(self._chance.choice(_LINES))),
                self._event(self._press("post")),
            ]
        if coming and drawn < 0.25:
            return self._organises(self._chance.choice(coming).id)
        return self._takes_part(self._chance.choice(self._members), runs, host.clock.now())

    def _organises(self, run: int) -> list[Event]:
        if self._chance.random() < 0.3:
            return [self._event(self._press("cancel_yes", run))]
        change = Said(self._chance.choice(_CHANGES))
        return [
            self._event(one) for one in (self._press("edit", run), change, self._press("save", run))
        ]

    def _takes_part(self, member: Runner, runs: tuple[ClubRun, ...], now: datetime) -> list[Event]:
        name, drawn = member.name, self._chance.random()
        if drawn < 0.04:
            leaves = self._press("leave_yes", choice="me")
            self._gone(name)
            return [self._event(leaves, name, member.place)]
        if drawn < 0.08:
            return [self._event(Said(f"my calves are killing me, {_SECRET}"), name)]
        if drawn < 0.14:
            return list(self._shares(member))
        if not runs:
            return [self._event(Said("next run"), name)]
        run = self._chance.choice(runs)
        if drawn < 0.25:
            deed, choice = self._chance.choice((("tell", "yes"), ("fit", ""), ("felt", "sore")))
            return [self._event(self._press(deed, run.id, choice), name)]
        letters = [one.letter for one in run.options] or ["A"]
        choice = self._chance.choice((*letters, *letters, MAYBE, CANT))
        if run.state == "planned" and run.ends_at > now:
            self._said[run.id, name] = choice
        return [self._event(self._press("go", run.id, choice), name)]

    def _shares(self, member: Runner) -> Iterator[Event]:
        name, shown = member.name, f"Zed {member.name[-1]}"
        yield self._event(self._press("share", choice="name"), name, member.place)
        if self._named.pop(name, "") == "":
            self._named[name] = shown
            yield self._event(Said(shown), name, member.place)

    def _gone(self, name: str) -> None:
        self._named.pop(name, None)
        self._said = {key: one for key, one in self._said.items() if key[1] != name}

    # ---------------------------------------------------------------------- what must hold

    def look(self, db: sqlite3.Connection) -> None:
        """Whoever deleted everything is nobody's member any more."""
        rows = db.execute("SELECT person, runner FROM people WHERE platform = ?", (GROUP.platform,))
        numbers: dict[str, int] = dict(rows.fetchall())
        for name, number in self._numbers.items():
            if numbers.get(name) != number:
                self._gone(name)
        self._numbers = numbers

    async def check(self, host: Host, db: sqlite3.Connection, platform: SimulatedPlatform) -> None:
        """Raise BrokenPromiseError if something does not hold."""
        kept = await host.store.club(CLUB, host.clock.now())
        must(hold=kept is not None, what="the club is gone")
        if kept is None:
            return
        held = Held(kept.club, (), kept.runs, 0, Body())
        talk = ClubTalk(self._content, held, self._event(Said("")), host.clock.now())
        names = {number: name for name, number in self._numbers.items()}
        for run in kept.runs:
            self._counts(run, names)
            self._post(talk, run, db, platform)
        waits = self._told_to_wait(db, talk.now)
        for text in platform.shown.values():
            self._nothing_personal(text, waits=waits)

    def _counts(self, run: ClubRun, names: dict[int, str]) -> None:
        said = {names.get(one.runner, ""): one.choice for one in run.rsvps}
        mine = {name: choice for (number, name), choice in self._said.items() if number == run.id}
        letters = [one.letter for one in run.options] or ["A"]
        mine = {
            name: one if one in (*letters, MAYBE, CANT) else letters[0]
            for name, one in mine.items()
        }
        must(hold=len(said) == len(run.rsvps), what=f"run {run.id} counts somebody twice")
        must(hold=said == mine, what=f"run {run.id}: {said} is kept, {mine} was said")
        going = len(joining.going(run))
        must(hold=run.limit is None or going <= run.limit, what=f"run {run.id}: {going} go")

    def _post(
        self, talk: ClubTalk, run: ClubRun, db: sqlite3.Connection, platform: SimulatedPlatform
    ) -> None:
        row = db.execute(
            "SELECT p.message, o.state, o.attempts FROM club_posts p"
            " JOIN outbox o ON o.club = p.club AND o.post = p.key AND o.place = p.place"
            " WHERE p.club = ? AND p.key = ? AND p.state = 'open' ORDER BY o.id DESC LIMIT 1",
            (CLUB, posting.key(run)),
        ).fetchone()
        if row is None or row[1] in ("failed", "unknown") or row[0] in platform.deleted:
            return
        message, state, attempts = row
        if state == "sent":
            shown, right = platform.shown.get(message, ""), posting.run_message(talk, run).text
            must(hold=shown == right, what=f"run {run.id} reads {shown!r}, and not {right!r}")
        else:
            waits = attempts > 0 or self._told_to_wait(db, talk.now)
            must(hold=waits, what=f"run {run.id}: {QUIET_S} s of quiet, and nothing was tried")

    def _told_to_wait(self, db: sqlite3.Connection, now: datetime) -> bool:
        """Whether the group refused something just now: what comes behind it waits, too."""
        row = db.execute(
            "SELECT 1 FROM outbox o JOIN places p ON p.id = o.place WHERE p.chat = ?"
            " AND (o.state = 'pending' AND o.attempts > 0 OR o.attempts > 1 AND o.sent_at >= ?)",
            (GROUP.chat, codec.to_ms(now - quiet())),
        ).fetchone()
        return row is not None

    def _nothing_personal(self, text: str, *, waits: bool) -> None:
        must(hold=_SECRET not in text and "killing" not in text, what=f"everyone reads {text!r}")
        for name in (*self._numbers, ORGANISER):
            must(hold=name not in text, what=f"everyone reads {name} in {text!r}")
        for number in range(10):
            shown = f"Zed {number}"
            open_ = waits or shown in self._named.values()
            must(hold=open_ or shown not in text, what=f"{shown} took the name back: {text!r}")


def quiet() -> timedelta:
    """How long it is quiet before a look."""
    return timedelta(seconds=QUIET_S)
