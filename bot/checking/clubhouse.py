"""A club host in memory: several people, their groups and their private chats, through the pure core.

Rule: what a script or a test proves here holds after a restart too: club, runs, drafts and what is
planned go to JSON and back after every turn. Everything that anybody could read is kept by reader.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec

from bot.checking.talk import Stage
from bot.club.sharing import totals
from bot.club.state import Club, ClubRun, Draft, Missing, Rank
from bot.club.step import club_named, club_step, concerns, needs_rank
from bot.club.turn import (
    CancelClub,
    ClubEffect,
    ClubTurn,
    Drop,
    Edit,
    Held,
    JoinClub,
    Leave,
    Log,
    MakeCode,
    PlanClub,
    Post,
    Tell,
)
from bot.coaching.clock import instant
from bot.content.load import Content
from bot.conversation.event import Due, Event, Happening, Person, Place
from bot.conversation.message import Button, Message
from bot.conversation.state import Runner
from bot.conversation.turn import CODE_HERE, Say

T = TypeVar("T")
EVERYONE = "everyone"
PRIVATE = "private"
CODE = "424242"
DEFAULT_ZONE = "Europe/London"


@dataclass(frozen=True, slots=True)
class Heard:
    """Something said: to whom ("everyone" or a name), where, and how it came ("say", "edit" ...)."""

    to: str
    where: str
    message: Message
    how: str = "say"


@dataclass(slots=True)
class Someone:
    """A person: their number, what they are in the groups, and their own conversation."""

    number: int
    rank: Rank
    stage: Stage
    draft: Draft | None = None


@dataclass(slots=True)
class Clubhouse:
    """Where several people meet. `said` is what the last event led to, `read` all that was ever shown."""

    content: Content
    now: datetime
    missing: tuple[Missing, ...] = ()
    people: dict[str, Someone] = field(default_factory=dict)
    clubs: dict[int, Club] = field(default_factory=dict)
    runs: dict[int, dict[int, ClubRun]] = field(default_factory=dict)
    posts: dict[str, Message] = field(default_factory=dict)
    planned: dict[tuple[int, str], tuple[datetime, PlanClub]] = field(default_factory=dict)
    said: list[Heard] = field(default_factory=list)
    read: list[Heard] = field(default_factory=list)
    effects: list[ClubEffect] = field(default_factory=list)
    code_of: int = 0
    turns: int = 0
    made: int = 0

    def someone(self, name: str) -> Someone:
        """The person of this name: "admin" and "admin-2" are admins, everybody else a member."""
        if name not in self.people:
            number = len(self.people) + 1
            runner = Runner(id=str(number), zone=DEFAULT_ZONE)
            stage = Stage(self.content, self.now, runner)
            self.people[name] = Someone(
                number, "admin" if name.startswith("admin") else "member", stage
            )
        return self.people[name]

    def happen(self, name: str, where: str, what: Happening) -> None:
        """One event of one person in one place ("#runs" or "private")."""
        self.said, self.effects = [], []
        person = self.someone(name)
        self.turns += 1
        place = self.place(name, where)
        event = Event(str(self.turns), Person(place.platform, name), place, what, self.now)
        if concerns(event, drafting=person.draft is not None and bool(person.draft.asks)):
            goes_on = self._club_turn(event, person, name, where)
            if goes_on is not None:
                self._converse(name, goes_on)
        elif place.private:
            self._converse(name, what)

    def place(self, name: str, where: str) -> Place:
        """A place by its name in a script; one that begins with @ is on another platform."""
        if where == PRIVATE:
            return Place("script", f"with-{name}")
        platform = "other" if where.startswith("@") else "script"
        chat, _, topic = where.partition("/")
        return Place(platform, chat, topic, private=False, name=chat.lstrip("#@"))

    def club_at(self, place: Place) -> Club | None:
        """The club of a group."""
        for club in self.clubs.values():
            if any(spot.place.chat == place.chat for spot in club.spots):
                return club
        return None

    def _club(self, event: Event, person: Someone) -> Club | None:
        if not event.where.private:
            return self.club_at(event.where)
        mine = self._clubs(person)
        named = club_named(event) or (person.draft.club if person.draft else 0)
        return self.clubs.get(named) or (mine[0] if len(mine) == 1 and not named else None)

    def _clubs(self, person: Someone) -> list[Club]:
        """Those a person takes part in, or wrote a run of."""
        number = person.number
        wrote = {club for club, runs in self.runs.items()
                 if any(run.made_by == number for run in runs.values())}  # fmt: skip
        return [one for one in self.clubs.values() if one.member(number) or one.id in wrote]

    def _club_turn(self, event: Event, person: Someone, name: str, where: str) -> Happening | None:
        club = self._club(event, person)
        runs = self.runs.get(club.id, {}) if club else {}
        held = Held(
            club,
            tuple(self._clubs(person)),
            tuple(runs.values()),
            person.number,
            person.stage.runner,
            draft=person.draft,
            next_club=self.made + 1,
            next_run=max(runs, default=0) + 1,
        )
        if needs_rank(held, event):
            held = msgspec.structs.replace(held, rank=person.rank, missing=self.missing)
        turn = _again(club_step(self.content, held, event, self.now), ClubTurn)
        person.draft = turn.draft
        self._keep(turn, name, where)
        return turn.goes_on

    def _keep(self, turn: ClubTurn, name: str, where: str) -> None:
        number = turn.club.id if turn.club else 0
        if turn.club is not None:
            self.made = max(self.made, number)
            self.clubs[number] = turn.club
            self.runs.setdefault(number, {}).update({run.id: run for run in turn.runs})
        code = CODE if any(isinstance(one, MakeCode) for one in turn.effects) else ""
        if code:
            self.code_of = number
        for effect in turn.effects:
            self.effects.append(effect)
            self._do(effect, number, name, where)

    def _do(self, effect: ClubEffect, number: int, name: str, where: str) -> None:
        match effect:
            case Say(message=message):
                public = message.audience == "everyone_here" and where != PRIVATE
                self._hear(Heard(EVERYONE if public else name, where, message))
            case Post(key=key, message=message):
                self.posts[f"{number}/{key}"] = message
                self._hear(Heard(EVERYONE, "posts", message, "post"))
            case Edit(key=key, message=message):
                if f"{number}/{key}" in self.posts:
                    self.posts[f"{number}/{key}"] = message
                    self._hear(Heard(EVERYONE, "posts", message, "edit"))
            case Drop(key=key):
                self.posts.pop(f"{number}/{key}", None)
            case Tell(runner=runner, message=message):
                to = next(one for one, some in self.people.items() if some.number == runner)
                self._hear(Heard(to, PRIVATE, message, "tell"))
            case Log(entry=entry):
                stage = self.someone(name).stage
                log = stage.runner.log.with_entry(entry)
                stage.runner = msgspec.structs.replace(stage.runner, log=log)
            case PlanClub() | CancelClub():
                self._plan(effect, number)
            case JoinClub() | Leave():
                self._places(effect, number, name, where)
            case _:
                pass

    def _plan(self, effect: PlanClub | CancelClub, number: int) -> None:
        if isinstance(effect, CancelClub):
            for key in [one for one in self.planned if one[0] == number]:
                if key[1].startswith(effect.prefix):
                    del self.planned[key]
            return
        at = effect.at
        if at is None and effect.on is not None and effect.at_local is not None:
            at = instant(effect.on, effect.at_local, self.clubs[number].zone)
        if at is not None:
            self.planned[number, effect.key] = (at, effect)

    def _places(self, effect: JoinClub | Leave, number: int, name: str, where: str) -> None:
        place = self.place(name, where)
        if isinstance(effect, Leave):
            place = effect.place or place
            club = self.clubs[number]
            spots = tuple(one for one in club.spots if one.place.chat != place.chat)
            self.clubs[number] = msgspec.structs.replace(club, spots=spots)
            if not spots:
                del self.clubs[number]
                self.runs.pop(number, None)
                self._plan(CancelClub(""), number)
            return
        outcome = "joined" if effect.code == CODE and self.code_of else "wrong"
        if outcome == "joined":
            club = self.clubs[self.code_of]
            spot = msgspec.structs.replace(club.spots[0], place=place)
            self.clubs[club.id] = msgspec.structs.replace(club, spots=(*club.spots, spot))
            self._plan(PlanClub("open:", "club_open", at=self.now), club.id)
        self._hear(Heard(name, where, effect.replies[outcome]))

    def _converse(self, name: str, what: Happening) -> None:
        stage = self.someone(name).stage
        stage.now = self.now
        stage.happen(what)
        for message in stage.said:
            self._hear(Heard(name, PRIVATE, message))

    def _hear(self, heard: Heard) -> None:
        if CODE_HERE in heard.message.text:
            text = msgspec.json.encode(heard.message).replace(CODE_HERE.encode(), CODE.encode())
            heard = Heard(heard.to, heard.where, msgspec.json.decode(text, type=Message), heard.how)
        self.said.append(heard)
        self.read.append(heard)

    def wait(self, length: timedelta) -> None:
        """Let time pass: what the club planned falls due on the way, each at its own instant."""
        until = self.now + length
        said: list[Heard] = []
        effects: list[ClubEffect] = []
        while (
            found := min(self.planned.items(), key=lambda one: one[1][0], default=None)
        ) is not None:
            (number, key), (at, plan) = found
            if at > until:
                break
            del self.planned[number, key]
            self.now = max(self.now, at)
            self.said, self.effects = [], []
            self._fall_due(number, plan)
            said += self.said
            effects += self.effects
        self.now = until
        for name, person in self.people.items():
            self.said = []
            person.stage.wait(until - person.stage.now)
            said += [Heard(name, PRIVATE, message, "check_in") for message in person.stage.said]
        self.read += [one for one in said if one.how == "check_in"]
        self.said, self.effects = said, effects

    def _fall_due(self, number: int, plan: PlanClub) -> None:
        club = self.clubs[number]
        self.turns += 1
        place = club.spots[0].place
        due = Due(plan.key, plan.kind, plan.data)
        event = Event(f"due-{self.turns}", Person(place.platform, ""), place, due, self.now)
        sharing = [
            (member, person.stage.runner)
            for person in self.people.values()
            if (member := club.member(person.number)) is not None and member.shares
        ]
        runs = self.runs.get(number, {})
        held = Held(
            club, (), tuple(runs.values()), 0, Runner(),
            totals=totals(self.content, sharing, self.now), next_run=max(runs, default=0) + 1,
        )  # fmt: skip
        turn = _again(club_step(self.content, held, event, self.now), ClubTurn)
        self._keep(turn, EVERYONE, place.chat)

    def button(self, name: str, label: str) -> Button | None:
        """The newest button that this person can see whose label starts like this."""
        shown = [
            button
            for heard in reversed(self.read)
            if heard.to in (name, EVERYONE)
            for button in heard.message.buttons
        ]
        wanted = label.casefold()
        exact = (one for one in shown if one.label.casefold() == wanted)
        close = (one for one in shown if one.label.casefold().startswith(wanted))
        return next(exact, None) or next(close, None)

    def seen_by(self, name: str) -> list[str]:
        """Every text this person could ever read."""
        return [heard.message.text for heard in self.read if heard.to in (name, EVERYONE)]

    def public(self) -> list[str]:
        """Every text that everyone could ever read, and the labels under it."""
        return [
            "\n".join((one.message.text, *(button.label for button in one.message.buttons)))
            for one in self.read
            if one.to == EVERYONE
        ]


def _again(value: T, kind: type[T]) -> T:
    return msgspec.json.decode(msgspec.json.encode(value), type=kind)
