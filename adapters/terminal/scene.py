"""Who speaks, where, and at what time: the stage that every kind of terminal chat plays on.

Rule: everything goes through the same host as on any platform. The scene only chooses the person,
the place and the moment, and remembers which buttons each of them was last shown.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from adapters.terminal.commands import PRIVATE
from adapters.terminal.keys import Key, keys, pressed
from adapters.terminal.moment import moment
from adapters.terminal.shown import Shown
from bot.conversation.event import Dropped, Happening, Person, Place, Presence, Said, Tapped
from bot.conversation.message import Button

PLATFORM = "terminal"
YOU = "you"


class Backstage(Protocol):
    """The application behind the scene."""

    @property
    def now(self) -> datetime:
        """The chat's own time (UTC)."""

    async def happen(self, who: Person, where: Place, what: Happening) -> None:
        """Let this happen, and deliver all that follows from it."""

    async def advance(self, to: datetime) -> None:
        """Move the clock to `to`; whatever falls due on the way is sent at its own moment."""

    async def tick(self) -> None:
        """Send what is due by now."""

    async def state(self, who: Person, where: Place) -> dict[str, Any]:
        """What is known and derived, for `:state` and JSON clients."""

    async def known(self, who: Person, where: Place) -> bool:
        """Whether this person has talked here before."""

    async def restart(self) -> None:
        """Close everything and open it again from the file."""

    async def close(self) -> None:
        """Close everything."""

    def take(self) -> list[Shown]:
        """The messages delivered since the last call, oldest first."""


class NoSuchButton(Exception):  # noqa: N818 - it is said to the person
    """What was tapped is not among the buttons last shown. The text names those."""


class NoSuchFile(Exception):  # noqa: N818 - it is said to the person
    """The file to drop cannot be read. The text says why."""


class Scene:
    """One terminal chat: `me` in `here`. Each deed returns the messages it led to."""

    def __init__(self, backstage: Backstage, zone: ZoneInfo) -> None:
        self._backstage = backstage
        self._boards: defaultdict[tuple[str, str], tuple[Key, ...]] = defaultdict(tuple)
        self.zone = zone
        self.me = YOU
        self.here = PRIVATE

    @property
    def now(self) -> datetime:
        """The chat's own time (UTC)."""
        return self._backstage.now

    @property
    def person(self) -> Person:
        """Who speaks."""
        return Person(PLATFORM, self.me)

    @property
    def where(self) -> Place:
        """Where they speak."""
        return place(self.here, self.me)

    @property
    def board(self) -> tuple[Key, ...]:
        """The buttons that the person here was last shown."""
        return self._boards[self.here, self.me] or self._boards[self.here, ""]

    async def say(self, text: str) -> list[Shown]:
        """Say something, as it stands."""
        return await self._happen(Said(text))

    async def type(self, text: str) -> list[Shown]:
        """What someone typed: a button if it names one that is shown, and words otherwise."""
        button = pressed(text, self.board) or self._labelled(text)
        return await self._happen(Tapped(button.token) if button else Said(text))

    async def tap(self, wanted: str | int) -> list[Shown]:
        """Press a button: by token (however old), label, or place in the row from 1."""
        return await self._happen(Tapped(self._token(wanted)))

    async def file(self, path: str) -> list[Shown]:
        """Drop a file. Raises NoSuchFile."""
        found = Path(path).expanduser()
        try:
            if not found.is_file():
                raise NoSuchFile(f'There is no file "{path[:200]}".')
            with found.open("rb"):
                size = found.stat().st_size
        except (OSError, ValueError):
            raise NoSuchFile(f'The file "{path[:200]}" cannot be read.') from None
        return await self._happen(Dropped(found.name, str(found.resolve()), size))

    async def return_(self) -> list[Shown]:
        """Come back: someone who has talked here before is told where they were."""
        if not await self._backstage.known(self.person, self.where):
            return self.drain()
        return await self._happen(Presence("returned"))

    async def skip(self, words: str) -> list[Shown]:
        """Move the clock. Raises NotAMoment."""
        await self._backstage.advance(moment(words, self.now, self.zone))
        return self.drain(due=True)

    async def tick(self) -> list[Shown]:
        """Send what has fallen due by itself."""
        await self._backstage.tick()
        return self.drain(due=True)

    async def restart(self) -> list[Shown]:
        """Close everything and open it again from the file."""
        await self._backstage.restart()
        return self.drain(due=True)

    async def state(self) -> dict[str, Any]:
        """What is known and derived for the person here."""
        return await self._backstage.state(self.person, self.where)

    def go(self, name: str, where: str) -> None:
        """Be someone, somewhere; an empty string leaves that half as it is."""
        self.me = name or self.me
        self.here = where or self.here

    def drain(self, *, due: bool = False) -> list[Shown]:
        """The messages delivered since last time, with keys on the buttons that can be used now."""
        taken = self._backstage.take()
        fresh: defaultdict[tuple[str, str], list[Shown]] = defaultdict(list)
        for shown in taken:
            if shown.message.buttons:
                fresh[_board_of(shown)].append(shown)
        for board, with_buttons in fresh.items():
            self._boards[board] = keys(shown.message for shown in with_buttons)
            # A post that only says something else now takes nobody's own buttons away.
            if board[1] == "" and not all(shown.edited for shown in with_buttons):
                self._forget_older(board[0])
        return [self._with_keys(shown, fresh[_board_of(shown)], due=due) for shown in taken]

    async def _happen(self, what: Happening) -> list[Shown]:
        await self._backstage.happen(self.person, self.where, what)
        return self.drain()

    def _forget_older(self, here: str) -> None:
        for board in [name for name in self._boards if name[0] == here and name[1]]:
            del self._boards[board]

    def _with_keys(self, shown: Shown, turn: Sequence[Shown], *, due: bool) -> Shown:
        mine: tuple[Key, ...] = ()
        if _board_of(shown) in {(self.here, self.me), (self.here, "")}:
            before = 0
            for other in turn:
                if other is shown:
                    break
                before += len(other.message.buttons)
            mine = self._boards[_board_of(shown)][before : before + len(shown.message.buttons)]
        return replace(shown, keys=mine, due=due or shown.due)

    def _labelled(self, text: str) -> Button | None:
        """A button that everyone here was shown, by its label: it is there beside one's own."""
        wanted = text.strip().casefold()
        labels = {key.button.label.casefold(): key.button for key in self._boards[self.here, ""]}
        return labels.get(wanted)

    def _token(self, wanted: str | int) -> str:
        if isinstance(wanted, str) and wanted[:1] in {"=", "!"}:
            return wanted
        board = self.board
        by_place = {str(n + 1): key.button for n, key in enumerate(board)}
        button = None if isinstance(wanted, int) else pressed(wanted, board)
        button = button or by_place.get(str(wanted).strip()) or self._labelled(str(wanted))
        if button is None:
            shown = ", ".join(f"[{key.button.label}]" for key in board) or "none"
            raise NoSuchButton(f"There is no such button. Shown last: {shown}.")
        return button.token


def place(here: str, name: str) -> Place:
    """The place a scene calls "private" or "#place" or "#place/topic"."""
    if here == PRIVATE:
        return Place(PLATFORM, name, private=True)
    chat, _, thread = here.partition("/")
    return Place(PLATFORM, chat, thread, private=False, name=chat)


def called(where: Place) -> str:
    """What a scene calls a place: the opposite of `place`."""
    if where.private:
        return PRIVATE
    return f"{where.chat}/{where.thread}" if where.thread else where.chat


def _board_of(shown: Shown) -> tuple[str, str]:
    return shown.place, "" if shown.message.audience == "everyone_here" else shown.to
