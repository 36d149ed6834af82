"""The three commonest stories, told in one sentence: how many taps until the first advice.

Rule: each is played through the real step, reading included, and answered as an ordinary runner with
nothing alarming would.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from bot.content.load import Content
from bot.conversation.event import Event, Happening, Person, Place, Said, Tapped
from bot.conversation.message import Message
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step

STORIES = (
    "ran 6 miles yesterday, first time since spring, calves are killing me",
    "I switched to forefoot running two weeks ago and now both calves are sore",
    "both calves sore since Sunday, nothing new, I run 3 times a week as always",
)
ALLOWED = 6
MOST_TURNS = 30
NOW = datetime(2026, 10, 8, 18, 0, tzinfo=UTC)
PREFERRED = ("right", "none", "no", "ordinary", "low", "mid", "life", "first")
"""Options an ordinary runner with nothing alarming picks, by id, best first."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story played: the taps it took, and the advice it ended in."""

    text: str
    taps: int
    allowed: int
    questions: tuple[str, ...]
    ending: str


def told_stories(content: Content) -> list[Story]:
    """Play all of them."""
    return [_play(content, text) for text in STORIES]


def _play(content: Content, text: str) -> Story:
    conversation, runner = (
        Conversation(),
        Runner(id="story", zone="Europe/London", settings={"units": "mi"}),
    )
    what: Happening = Said(text)
    seen: list[str] = []
    last = ""
    for number in range(MOST_TURNS):
        event = Event(str(number), Person("check", "story"), Place("check", "chat"), what, NOW)
        turn = step(content, conversation, runner, event, NOW)
        conversation, runner = turn.conversation, turn.runner
        message = turn.messages[-1]
        last = message.text
        if message.kind == "advice" or message.kind.startswith("card:"):
            return Story(text, number, ALLOWED, tuple(seen), last)
        seen.append(message.kind)
        if not message.buttons:
            break
        what = Tapped(_pick(message))
    return Story(text, MOST_TURNS, ALLOWED, tuple(seen), last)


def _pick(message: Message) -> str:
    tokens = [button.token for button in message.buttons]
    for wanted in PREFERRED:
        for token in tokens:
            if token.rpartition(":")[2] == wanted or token == f"!{wanted}":
                return token
    return tokens[0]
