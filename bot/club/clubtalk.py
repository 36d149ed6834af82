"""One turn of a club in the making: what is known, what is said and to whom, what is to be done.

Rule: a ClubTalk lives for one call of `club_step`. What it says to one person is for that person
only; `aloud`, `post` and `edit` are for everyone, and take nothing from the runner's own log.
"""

from datetime import date, datetime, time
from functools import cached_property

import msgspec

from bot.club import joining, tokens
from bot.club.state import ClubRun, Draft, Rsvp
from bot.club.turn import CancelClub, ClubEffect, ClubTurn, Edit, Held, PlanClub, Post, Tell
from bot.coaching.clock import instant, local_day, zone_of
from bot.content.club import ClubFigures
from bot.content.load import Content
from bot.conversation.event import Event, Happening, Tapped
from bot.conversation.message import Attachment, Audience, Button, Message, message
from bot.conversation.speaking import Voice, voice
from bot.conversation.turn import Retire, Say

POPUP = "club_brief:"
"""The kind of an answer that fits a pop-up begins so: its words alone are enough."""


class ClubTalk:
    """Everything one turn of a club needs, and what it will leave behind."""

    def __init__(self, content: Content, held: Held, event: Event, now: datetime) -> None:
        """Start from what is stored."""
        self.content = content
        self.held = held
        self.event = event
        self.now = now
        self.club = held.club
        self.runs = {run.id: run for run in held.runs}
        self.draft = held.draft
        self.effects: list[ClubEffect] = []
        self.changed: list[int] = []
        self.goes_on: Happening | None = None
        self._made = 0

    @property
    def figures(self) -> ClubFigures:
        """The figures of content/club.toml."""
        return self.content.club

    @cached_property
    def voice(self) -> Voice:
        """How to speak to the one who acts: their units, their clock."""
        return voice(self.content, self.held.runner, self.now)

    @property
    def zone(self) -> str:
        """The club's zone; before it has one, that of the one who acts."""
        return (self.club.zone if self.club else "") or self.held.runner.zone or "UTC"

    @property
    def today(self) -> date:
        """The date on the club's calendar."""
        return local_day(self.now, self.zone)

    @property
    def private(self) -> bool:
        """Whether only the one who acts can see this place."""
        return self.event.where.private

    def clock_now(self) -> str:
        """The time now on the club's clock: "18:40"."""
        return self.now.astimezone(zone_of(self.zone)).strftime("%H:%M")

    # What changes

    def keep(self, **changes: object) -> None:
        """Change fields of the club."""
        if self.club is not None:
            self.club = msgspec.structs.replace(self.club, **changes)

    def put(self, run: ClubRun) -> None:
        """Keep a run that is new or changed."""
        self.runs[run.id] = run
        if run.id not in self.changed:
            self.changed.append(run.id)

    def new_run(self) -> int:
        """The number for a new run."""
        self._made += 1
        return self.held.next_run + self._made - 1

    def run(self, number: int) -> ClubRun | None:
        """A run of this club."""
        return self.runs.get(number)

    def coming(self) -> list[ClubRun]:
        """The runs still to come, the next one first."""
        found = [
            run for run in self.runs.values() if run.state == "planned" and run.ends_at > self.now
        ]
        return sorted(found, key=lambda run: (run.starts_at, run.id))

    def mine(self, run: ClubRun) -> Rsvp | None:
        """What the one who acts said about a run."""
        return joining.of(run, self.held.runner_id)

    # What is said

    def words(self, words_id: str, **values: object) -> str:
        """A sentence of content/words.toml."""
        return self.voice.say(f"club_{words_id}", **values)

    def button(self, words_id: str, deed: str, run: int = 0, choice: str = "") -> Button:
        """A button whose label is in content/words.toml as `button_club_<words_id>`."""
        label = self.voice.say(f"button_club_{words_id}")
        return Button(label, tokens.write(deed, self.number, run, choice))

    @property
    def number(self) -> int:
        """The number of this club; 0 without one."""
        return self.club.id if self.club else 0

    def say(self, words: Message) -> None:
        """Say something to the one who acts, and to nobody else."""
        audience: Audience = "private_chat" if self.private else "only_you_here"
        self.effects.append(Say(msgspec.structs.replace(words, audience=audience)))

    def tell_me(
        self,
        words_id: str,
        *buttons: Button,
        attachment: Attachment | None = None,
        **values: object,
    ) -> None:
        """Say a sentence to the one who acts."""
        told = message(self.words(words_id, **values), *buttons)
        kind = f"club_{words_id}"
        self.say(msgspec.structs.replace(told, kind=kind, attachment=attachment))

    def brief(self, text: str, *buttons: Button, kind: str) -> None:
        """Answer a press on a post: its words fit a pop-up, its buttons come where they can."""
        text = (
            text
            if len(text) <= self.figures.limits.popup
            else _cut(text, self.figures.limits.popup)
        )
        self.say(msgspec.structs.replace(message(text, *buttons), kind=POPUP + kind))

    def aloud(self, words: Message) -> None:
        """Answer where it was asked; in a group everyone reads it."""
        audience: Audience = "private_chat" if self.private else "everyone_here"
        self.effects.append(Say(msgspec.structs.replace(words, audience=audience)))

    def post(self, key: str, words: Message, thread_of: str = "") -> None:
        """Post something in every place of the club."""
        self.effects.append(Post(key, _for_all(words), thread_of))

    def edit(self, key: str, words: Message) -> None:
        """Make a post say this now."""
        self.effects.append(Edit(key, _for_all(words)))

    def tell(self, runner: int, words: Message) -> None:
        """Tell somebody else in private, who asked to be told."""
        if runner != self.held.runner_id:
            private = msgspec.structs.replace(words, audience="private_chat")
            self.effects.append(Tell(runner, private))

    def retire(self, words_id: str) -> None:
        """The buttons of the private message that was answered have done their work."""
        if isinstance(self.event.what, Tapped):
            self.effects.append(Retire(self.voice.say(f"button_club_{words_id}")))

    # What falls due

    def plan(
        self, kind: str, key: str, at: datetime | tuple[date, time], run: int = 0,
        late_s: int | None = None,
    ) -> None:  # fmt: skip
        """Let something fall due: at an instant, or at the club's wall clock on a day."""
        data = {"run": str(run)} if run else {}
        if isinstance(at, datetime):
            self.effects.append(PlanClub(key, kind, at=at, data=data, late_s=late_s))
        else:
            day, clock = at
            self.effects.append(
                PlanClub(key, kind, on=day, at_local=clock, data=data, late_s=late_s)
            )

    def unplan(self, *prefixes: str) -> None:
        """Take back what was planned under keys that start so."""
        self.effects.extend(CancelClub(prefix) for prefix in prefixes)

    def do(self, *effects: ClubEffect) -> None:
        """Have something done."""
        self.effects.extend(effects)

    def asks(self, draft: Draft | None) -> None:
        """What the one who acts is in the middle of from now on."""
        self.draft = draft and msgspec.structs.replace(draft, at=self.now)

    def at(self, day: date, clock: time) -> datetime:
        """An instant on the club's wall clock."""
        return instant(day, clock, self.zone)

    def turn(self) -> ClubTurn:
        """The finished turn."""
        runs = tuple(self.runs[number] for number in self.changed)
        return ClubTurn(self.club, runs, tuple(self.effects), self.draft, self.goes_on)


def _for_all(words: Message) -> Message:
    return msgspec.structs.replace(words, audience="everyone_here")


def _cut(text: str, room: int) -> str:
    """The whole sentences that fit."""
    cut = text[:room]
    end = max(cut.rfind(". "), cut.rfind("? "), cut.rfind("! "))
    return cut[: end + 1] if end > 0 else cut[: room - 1] + "…"
