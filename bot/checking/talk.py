"""Conversation scripts: a few plain words a physio can write, played against the real core.

    title: A big run after a long break
    at: 2026-10-08 18:40 Europe/London
    runner: ran 6 miles yesterday, first time since spring
    bot: I read: 6 miles
    tap: Right
    state: pathway long_break
    wait: 18h

`runner:` types, `tap:` presses a button by the start of its label (the newest one that fits, on any
message so far), `press:` sends a raw token, `wait:` lets time pass: what was planned for that time
falls due on the way, at its own instant and in order. `bot:` must stand in what was just said (by all
check-ins of a wait together), in that order; `never:` must not; `silence:` means nothing was said.
`state:` is one of: triage LEVEL · pathway NAME · no pathway
NAME · fact NAME VALUE · no fact NAME · rule ID · plan VERDICT · level NUMBER · next QUESTION ·
exercise ID · no exercises · only card.

Rule: between any two turns the state goes to JSON and back, so what a script proves holds after a
restart too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from bot.checking.planned import Planned
from bot.content.load import Content
from bot.conversation.answers import span
from bot.conversation.event import Event, Happening, Person, Said, Tapped
from bot.conversation.event import Place as Chat
from bot.conversation.message import Button, Message
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step
from bot.conversation.turn import Forget
from bot.conversation.view import state_of

T = TypeVar("T")
VERBS = frozenset(
    {"title", "at", "runner", "bot", "never", "silence", "tap", "press", "wait", "state", "units"}
    | {"country"}
)
ACTS = frozenset({"runner", "tap", "press", "wait"})
DEFAULT_AT = "2026-10-08 18:40 Europe/London"


class ScriptError(Exception):
    """A script does not hold, or cannot be read. The text names file, line and what was said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script."""

    number: int
    verb: str
    text: str


@dataclass(frozen=True, slots=True)
class Script:
    """A script file: its title and its lines."""

    file: str
    title: str
    lines: tuple[Line, ...]

    def settings(self) -> Mapping[str, str]:
        """The lines that set the scene."""
        return {
            line.verb: line.text for line in self.lines if line.verb in ("at", "units", "country")
        }


def read_script(path: Path) -> Script:
    """Read a .talk file. Raises ScriptError."""
    lines: list[Line] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not raw.strip() or raw.lstrip().startswith("#"):
            continue
        verb, colon, text = raw.partition(":")
        verb = verb.strip()
        if not colon or verb not in VERBS:
            known = ", ".join(sorted(VERBS))
            raise ScriptError(
                f"{path.name}:{number}: cannot read {raw!r}. A line starts with one of: {known}."
            )
        lines.append(Line(number, verb, text.strip()))
    title = next((line.text for line in lines if line.verb == "title"), path.stem)
    return Script(path.name, title, tuple(lines))


def scripts_in(folder: Path) -> list[Script]:
    """Every script of one runner in a folder, by name (those of the club: club_talk.py)."""
    return [read_script(path) for path in sorted(folder.glob("*.talk"))]


@dataclass(slots=True)
class Stage:
    """Where a script plays: the pure core, its state through JSON at every turn."""

    content: Content
    now: datetime
    runner: Runner
    conversation: Conversation = field(default_factory=Conversation)
    said: list[Message] = field(default_factory=list)
    shown: list[Button] = field(default_factory=list)
    turns: int = 0
    planned: Planned = field(default_factory=Planned)

    def happen(self, what: Happening) -> None:
        """One event, one turn."""
        self.turns += 1
        habits = (self.runner.zone, self.runner.settings)
        event = Event(
            str(self.turns), Person("script", "runner"), Chat("script", "chat"), what, self.now
        )
        turn = step(self.content, self.conversation, self.runner, event, self.now)
        self.conversation = _again(turn.conversation, Conversation)
        self.runner = _again(turn.runner, Runner)
        self.said = list(turn.messages)
        if any(isinstance(effect, Forget) for effect in turn.effects):
            self.runner = Runner(id=self.runner.id)
            self.conversation = Conversation()
        self.planned.take(turn.effects, self.runner, self.now)
        if (self.runner.zone, self.runner.settings) != habits:
            self.planned.again(self.runner, self.now)
        self.shown += [button for message in turn.messages for button in message.buttons]

    def wait(self, length: timedelta) -> None:
        """Let time pass; what was planned falls due on the way. `said` is all of what it sent."""
        until = self.now + length
        sent: list[Message] = []
        while (found := self.planned.due(until)) is not None:
            at, due = found
            self.now = max(at, self.now)
            self.planned.done(at, self.runner)
            self.happen(due)
            sent += self.said
        self.now = until
        self.said = sent

    def button(self, label: str) -> Button | None:
        """The newest button whose label starts like this."""
        wanted = label.casefold()
        exact = (b for b in reversed(self.shown) if b.label.casefold() == wanted)
        close = (b for b in reversed(self.shown) if b.label.casefold().startswith(wanted))
        return next(exact, None) or next(close, None)


def opened(script: Script, content: Content) -> Stage:
    """The stage of a script before its first line."""
    scene = script.settings()
    now, zone = moment(scene.get("at", DEFAULT_AT))
    settings = {name: scene[name] for name in ("units", "country") if name in scene}
    return Stage(content, now, Runner(id="script", zone=zone, settings=dict(settings)))


def transcript(script: Script, content: Content) -> Iterator[str]:
    """What is said and pressed, line by line, whether or not the script's claims hold."""
    stage = opened(script, content)
    for line in script.lines:
        if line.verb not in ACTS:
            continue
        _act(stage, script, line)
        yield f"{line.verb}> {line.text}"
        for message in stage.said:
            yield "bot> " + message.text.replace("\n", "\n     ")
            if message.buttons:
                yield "     " + "  ".join(f"[{button.label}]" for button in message.buttons)


def play(script: Script, content: Content) -> Stage:
    """Play a script to its end. Raises ScriptError where it does not hold."""
    stage = opened(script, content)
    heard: Iterator[str] = iter(())
    for line in script.lines:
        if line.verb in ACTS:
            _act(stage, script, line)
            heard = iter([message.text for message in stage.said])
        else:
            heard = _judge(stage, script, line, heard)
    return stage


def _act(stage: Stage, script: Script, line: Line) -> None:
    if line.verb == "runner":
        stage.happen(Said(line.text))
    elif line.verb == "wait":
        stage.wait(span(line.text.replace(" ", "")))
    elif line.verb == "press":
        stage.happen(Tapped(line.text))
    else:
        button = stage.button(line.text)
        if button is None:
            labels = ", ".join(f"[{shown.label}]" for shown in stage.shown[-12:])
            raise _fail(script, line, f"there is no button {line.text!r}; there are {labels}")
        stage.happen(Tapped(button.token))


def _judge(stage: Stage, script: Script, line: Line, heard: Iterator[str]) -> Iterator[str]:
    if line.verb == "bot":
        rest = list(heard)
        for index, text in enumerate(rest):
            if line.text.casefold() in text.casefold():
                return iter(rest[index:])
        raise _fail(script, line, f"{line.text!r} was not said. Said:\n" + _said(stage))
    if line.verb == "never":
        if any(line.text.casefold() in message.text.casefold() for message in stage.said):
            raise _fail(script, line, f"{line.text!r} was said:\n" + _said(stage))
    elif line.verb == "silence":
        if stage.said:
            raise _fail(script, line, "something was said:\n" + _said(stage))
    elif line.verb == "state":
        state = state_of(stage.content, stage.conversation, stage.runner, stage.now)
        if not _holds(line.text, state, stage):
            raise _fail(
                script, line, f"{line.text!r} does not hold: {_brief(state)}\n" + _said(stage)
            )
    return heard


def _holds(text: str, state: Mapping[str, object], stage: Stage) -> bool:
    words = text.split()
    for claim, check in _CLAIMS.items():
        start = claim.split()
        if words[: len(start)] == start:
            return check(words[len(start) :], state, stage)
    raise ScriptError(f"cannot read the state {text!r}")


def _fact(words: list[str], state: Mapping[str, object], _: Stage) -> bool:
    facts = state["facts"]
    value = facts.get(words[0]) if isinstance(facts, dict) else None
    if isinstance(value, bool):
        return words[1:] == ["yes" if value else "no"]
    if isinstance(value, (int, float)):
        return abs(float(words[1]) - value) <= max(0.01 * abs(value), 0.01)
    return value is not None and str(value) == " ".join(words[1:])


def _among(name: str, key: str = "") -> Callable[[list[str], Mapping[str, object], Stage], bool]:
    def check(words: list[str], state: Mapping[str, object], _: Stage) -> bool:
        found = state[name]
        items: Iterable[object] = found if isinstance(found, (list, dict)) else ()
        return words[0] in [item[key] if key and isinstance(item, dict) else item for item in items]

    return check


def _inside(name: str, key: str) -> Callable[[list[str], Mapping[str, object], Stage], bool]:
    def check(words: list[str], state: Mapping[str, object], _: Stage) -> bool:
        found = state[name]
        return isinstance(found, dict) and str(found.get(key)) == words[0]

    return check


def _no(
    check: Callable[[list[str], Mapping[str, object], Stage], bool],
) -> Callable[[list[str], Mapping[str, object], Stage], bool]:
    return lambda words, state, stage: not check(words, state, stage)


_CLAIMS: Mapping[str, Callable[[list[str], Mapping[str, object], Stage], bool]] = {
    "triage": lambda words, state, _: state["triage"] == words[0],
    "no pathway": _no(_among("pathways")),
    "pathway": _among("pathways"),
    "no fact": _no(_among("facts")),
    "fact": _fact,
    "rule": _among("rules", "id"),
    "plan": _inside("plan", "verdict"),
    "level": _inside("plan", "level"),
    "next": _inside("next", "id"),
    "no exercises": lambda _, state, __: not state["exercises"],
    "exercise": _among("exercises", "id"),
    "only card": lambda _, __, stage: all(m.kind.startswith("card:") for m in stage.said),
}


def moment(text: str) -> tuple[datetime, str]:
    """An `at:` line as an instant (UTC) and the zone it names."""
    day, clock, zone = text.split()
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC), zone


def _again(value: T, kind: type[T]) -> T:
    return msgspec.json.decode(msgspec.json.encode(value), type=kind)


def _fail(script: Script, line: Line, text: str) -> ScriptError:
    return ScriptError(f"{script.file}:{line.number}: {line.verb}: {text}")


def _said(stage: Stage) -> str:
    return "\n---\n".join(message.text for message in stage.said)


def _brief(state: Mapping[str, object]) -> str:
    return ", ".join(
        f"{name}={state[name]}" for name in ("triage", "pathways", "plan", "next", "facts")
    )
