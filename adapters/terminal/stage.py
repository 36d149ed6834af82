"""The application behind a terminal chat: a host, its data folder, and the chat's own clock.

Rule: what the terminal knows of everyone in it (their time zone, their units if told) is filled in
where nothing is known yet, and never changes what a runner chose.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from adapters.terminal.adapter import TerminalAdapter
from adapters.terminal.options import Options
from adapters.terminal.saved_clock import SavedClock
from adapters.terminal.saved_files import FILES
from adapters.terminal.scene import PLATFORM
from adapters.terminal.shown import Shown
from bot.club.turn import ClubTurn, Held
from bot.conversation.event import Event, Happening, Person, Place, Said
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Forget, Turn
from bot.runtime.club_turns import ClubCore, club_core
from bot.runtime.host import Host
from bot.runtime.options import Options as Figures
from bot.runtime.turns import Step
from bot.store.errors import ReadOnlyError, StoreError

HISTORY = "chat-history"
"""The typed lines of earlier chats, in the data folder. Goes when someone's data is deleted."""
View = Callable[[Any, Conversation, Runner, datetime], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Core:
    """The core and what it works with. Tests may bring another one."""

    content: Any
    step: Step
    view: View
    folder: Path
    """Where the content's pictures are."""


def load_core(folder: Path | None) -> Core:
    """The core with the content of a folder. Raises ContentError."""
    from bot.content.load import load_content  # noqa: PLC0415 - tests may bring their own core

    content = load_content(folder)
    return Core(content, _core_step, _core_view, content.folder)


def _core_step(
    content: Any, conversation: Conversation, runner: Runner, event: Event, now: datetime
) -> Turn:
    # Loaded with the first turn, so that the chat is ready to listen sooner.
    from bot.conversation.step import step  # noqa: PLC0415

    return step(content, conversation, runner, event, now)


def _core_view(
    content: Any, conversation: Conversation, runner: Runner, now: datetime
) -> dict[str, Any]:
    from bot.conversation.view import state_of  # noqa: PLC0415

    return state_of(content, conversation, runner, now)


class Stage:
    """A host in a data folder. Make one with `await Stage.open(...)`, end with `close`."""

    def __init__(self, options: Options, load: Callable[[], Core]) -> None:
        self._options = options
        self._load = load
        self._saved = SavedClock(options.data, options.start)
        self._core = load()
        files = _short(options.data / FILES)
        self._adapter = TerminalAdapter(self._saved.now, _short(self._core.folder), files)
        self._open: Host | None = None

    @classmethod
    async def open(cls, options: Options, load: Callable[[], Core] | None = None) -> "Stage":
        """Open the data folder. Raises StoreError or ContentError, each in clear words."""
        stage = cls(options, load or (lambda: load_core(options.content)))
        await stage._open_host()
        return stage

    @property
    def now(self) -> datetime:
        """The chat's own time (UTC)."""
        return self._saved.now()

    @property
    def moved(self) -> bool:
        """Whether the chat's time is another than the world's."""
        return self._saved.moved

    @property
    def data_file(self) -> Path:
        """The file everything is kept in."""
        return _short(self._host.store.path)

    async def happen(self, who: Person, where: Place, what: Happening) -> None:
        """Let this happen, after what fell due before it, and deliver all that follows."""
        await self.tick()
        taken = await self._host.receive(self._adapter.receive(who, where, what))
        if taken.turn and any(isinstance(effect, Forget) for effect in taken.turn.effects):
            (self._options.data / HISTORY).unlink(missing_ok=True)
        await self._host.deliver_pending()

    async def advance(self, to: datetime) -> None:
        """Move the clock to `to`; whatever falls due on the way is sent at its own moment."""
        try:
            self._saved.save(to)
        except OSError as error:
            raise ReadOnlyError(
                "The clock cannot be kept in the data folder: nothing moved."
            ) from error
        await self._host.advance(to)

    async def tick(self) -> None:
        """Send what is due by now."""
        await self._host.tick()
        await self._host.deliver_pending()

    async def state(self, who: Person, where: Place) -> dict[str, Any]:
        """What is known and derived about someone in a place."""
        conversation, runner = Conversation(), Runner()
        if await self._host.store.runner_id(who) is not None:
            standing = await self._host.store.stand(self._asked(who, where), self.now)
            conversation, runner = standing.conversation, standing.runner
        core = self._core
        return core.view(core.content, conversation, self._at_home(runner), self.now)

    async def known(self, who: Person, where: Place) -> bool:
        """Whether someone has talked in a place before."""
        if await self._host.store.runner_id(who) is None:
            return False
        return (await self._host.store.stand(self._asked(who, where), self.now)).turns > 0

    async def restart(self) -> None:
        """Close everything and open it again: data from the file, content from its folder.

        Raises StoreError or ContentError. Content with errors in it leaves the old one in place.
        """
        core = self._load()
        await self.close()
        self._core = core
        await self._open_host()

    async def close(self) -> None:
        """Let go of the data file."""
        if self._open is not None:
            host, self._open = self._open, None
            await host.close()

    def take(self) -> list[Shown]:
        """The messages delivered since the last call, oldest first."""
        return self._adapter.take()

    @property
    def _host(self) -> Host:
        if self._open is None:
            raise StoreError("The data file is closed. Type :restart to open it again.")
        return self._open

    async def _open_host(self) -> None:
        core = self._core
        host = await Host.open(
            core.content,
            self._options.data,
            self._saved.clock,
            step=self._step,
            club=self._club(core.content),
            options=Figures(default_zone=self._options.zone.key),
        )
        host.attach(PLATFORM, self._adapter)
        self._open = host
        await host.take_waiting()
        await self.tick()

    def _step(
        self, content: Any, conversation: Conversation, runner: Runner, event: Event, now: datetime
    ) -> Turn:
        return self._core.step(content, conversation, self._at_home(runner), event, now)

    def _club(self, content: Any) -> ClubCore | None:
        """The clubs of this terminal; a core that a test brings has none."""
        if self._core.step is not _core_step:
            return None
        core = club_core(content)

        def step(content: Any, held: Held, event: Event, now: datetime) -> ClubTurn:
            at_home = msgspec.structs.replace(held, runner=self._at_home(held.runner))
            return core.step(content, at_home, event, now)

        return replace(core, step=step)

    def _at_home(self, runner: Runner) -> Runner:
        changes: dict[str, Any] = {}
        if not runner.zone:
            changes["zone"] = self._options.zone.key
        if self._options.units and "units" not in runner.settings:
            changes["settings"] = {**runner.settings, "units": self._options.units}
        return msgspec.structs.replace(runner, **changes) if changes else runner

    def _asked(self, who: Person, where: Place) -> Event:
        home = None if where.private else Place(PLATFORM, who.id)
        return Event("", who, where, Said(""), self.now, home)


def _short(path: Path) -> Path:
    """A path as short as it can be said: below the present folder, without it."""
    try:
        return path.resolve().relative_to(Path.cwd())
    except ValueError:
        return path
