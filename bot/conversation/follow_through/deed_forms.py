"""The forms that the arguments of deeds may have, so that no button can ever break a turn.

Rule: a button that states something unreadable is an old button: it gets a human answer.
"""

import re
from collections.abc import Callable
from datetime import date

from bot.conversation import going_on
from bot.conversation.talk import Talk

Deed = Callable[[Talk, str], None]
Form = Callable[[str], bool]
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
HIGHEST = 10


def shaped(deed: Deed, form: Form) -> Deed:
    """The deed for arguments of this form; any other gets the answer to an old button."""

    def done(talk: Talk, argument: str) -> None:
        if form(argument):
            deed(talk, argument)
        else:
            talk.say_words("old_button")
            going_on.go_on(talk)

    return done


def dated(argument: str) -> bool:
    """A day: "2026-10-19"."""
    try:
        return date.fromisoformat(argument).isoformat() == argument
    except ValueError:
        return False


def scored(argument: str) -> bool:
    """Something and a score of 0 to 10: "run-7@3"."""
    answer = argument.rpartition("@")[2]
    return answer.isascii() and answer.isdigit() and int(answer) <= HIGHEST


def dated_score(argument: str) -> bool:
    """A day and a score: "2026-10-19@3"."""
    return scored(argument) and dated(argument.rpartition("@")[0])


def dated_choice(*choices: str) -> Form:
    """A day and one of these words: "2026-10-19@easy"."""

    def form(argument: str) -> bool:
        about, _, answer = argument.rpartition("@")
        return dated(about) and answer in choices

    return form


def choice(*choices: str) -> Form:
    """Something and one of these words: "run-7@yes"."""
    return lambda argument: argument.rpartition("@")[2] in choices


def until(argument: str) -> bool:
    """A reason, perhaps a first day, and a day or "open": "holiday@2026-11-01@2026-11-09"."""
    reason, _, told = argument.rpartition("@")
    _, at, first = reason.partition("@")
    return (told == "open" or dated(told)) and (not at or dated(first))


def setting(argument: str) -> bool:
    """A setting and its value: "units@km", "quiet@22:00-07:00"."""
    name, _, value = argument.partition("@")
    if name in ("nudge_time", "morning_time", "run_time"):
        return _TIME.fullmatch(value) is not None
    if name == "quiet":
        return [bool(_TIME.fullmatch(part)) for part in value.split("-")] == [True, True]
    allowed = {"units": ("km", "mi"), "pre_run": ("yes", "no"), "days": ("",)}
    return value in allowed[name] if name in allowed else name in ("country", "zone")
