"""Soreness in 4 taps: the bands the lights turn on, each kept as its highest score.

Rule (evidence.md 4.4): up to 2 is green, 3 is one above the usual, 4 is two above it.
"""

from bot.conversation import token
from bot.conversation.message import Button
from bot.conversation.talk import Talk

NEXT_DAY = ((2, "0_2"), (3, "3"), (4, "4"), (5, "5_up"))
DURING = ((2, "0_2"), (5, "3_5"), (6, "6_up"))
EFFORT = ((3, "1_3"), (6, "4_6"), (8, "7_up"))


def scale(
    talk: Talk, deed: str, about: str, bands: tuple[tuple[int, str], ...] = NEXT_DAY
) -> list[Button]:
    """A button for each band, as `!deed:about@score`."""
    return [
        Button(talk.voice.say(f"button_band_{label}"), token.action(deed, f"{about}@{score}"))
        for score, label in bands
    ]


def split(argument: str) -> tuple[str, str]:
    """What an answer is about, and the answer: "run-7@3" is ("run-7", "3")."""
    about, _, answer = argument.rpartition("@")
    return about, answer
