"""A runner with an agreed plan, for the tests of what follows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from bot.checking.talk import Stage
from bot.content.load import DEFAULT_FOLDER, Content, load_content
from bot.conversation.event import Said, Tapped
from bot.conversation.log import Run
from bot.conversation.state import Runner

T = TypeVar("T")
START = datetime(2026, 10, 15, 17, 40, tzinfo=UTC)
"""A Thursday, 18:40 in London."""
TO_THE_CARD = (
    "Right", "None of these", "None of these", "Sore or stiff", "Life", "Make me a plan",
    "None of these", "A step", "A wall", "Done", "Wednesday", "Saturday", "Sunday", "Done",
)  # fmt: skip


@lru_cache(maxsize=1)
def content() -> Content:
    """The content of the project."""
    return load_content(DEFAULT_FOLDER)


def shown_card(zone: str = "Europe/London") -> Stage:
    """A runner who sees the plan card and has not agreed yet."""
    stage = Stage(content(), START, Runner(id="test", zone=zone, settings={"units": "km"}))
    say(stage, "ran 6 miles yesterday first time since spring, both calves sore 4/10")
    tap(stage, *TO_THE_CARD)
    return stage


def agreed() -> Stage:
    """A runner who has agreed to a plan: runs Wednesday, Saturday and Sunday; first one on the 17th."""
    stage = shown_card()
    tap(stage, "Looks good")
    return stage


def say(stage: Stage, *texts: str) -> str:
    """Type, one after another; what the last one got as an answer."""
    for text in texts:
        stage.happen(Said(text))
    return heard(stage)


def tap(stage: Stage, *labels: str) -> str:
    """Tap buttons by their labels; what the last one got as an answer."""
    for label in labels:
        button = stage.button(label)
        assert button is not None, f"no button {label!r}: {[b.label for b in stage.shown[-12:]]}"
        stage.happen(Tapped(button.token))
    return heard(stage)


def press(stage: Stage, token: str) -> str:
    """Press a button by what it states."""
    stage.happen(Tapped(token))
    return heard(stage)


def wait(stage: Stage, **length: float) -> str:
    """Let time pass; what the check-ins on the way said."""
    stage.wait(timedelta(**length))
    return heard(stage)


def heard(stage: Stage) -> str:
    """All that was said last."""
    return "\n".join(message.text for message in stage.said)


def labels(stage: Stage) -> list[str]:
    """The buttons of what was said last."""
    return [button.label for message in stage.said for button in message.buttons]


def kinds(stage: Stage) -> list[str]:
    """What was said last, by kind."""
    return [message.kind for message in stage.said]


def entries(stage: Stage, kind: type[T]) -> list[T]:
    """The log entries of one kind."""
    return [entry for entry in stage.runner.log.entries if isinstance(entry, kind)]


def run_on_saturday(stage: Stage) -> Run:
    """The first run of the plan: Saturday the 17th, logged at half past twelve."""
    stage.wait(timedelta(hours=41, minutes=50))
    say(stage, "ran 31 min")
    tap(stage, "Right")
    return entries(stage, Run)[-1]


def checked(stage: Stage, effort: str, during: str, limp: str) -> str:
    """Answer the three questions after a run."""
    stage.wait(timedelta(hours=1))
    return tap(stage, effort, during, limp)


def planned(stage: Stage) -> Iterator[str]:
    """The keys of all that is planned."""
    yield from stage.planned.rows
