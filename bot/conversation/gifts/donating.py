"""Giving a misread sentence: shown first, asked each time, kept apart from who gave it.

Rule: nothing is kept apart without [Yes, give it] on exactly what was shown. What is given names no
runner, no place and no day, so it cannot be found again; that is said before the yes.
"""

from collections.abc import Mapping
from datetime import date

import msgspec

from bot.content.condition import Value
from bot.conversation import going_on
from bot.conversation.gifts import misreading
from bot.conversation.readback import listed
from bot.conversation.state import Misread
from bot.conversation.talk import Talk
from bot.conversation.turn import Donate

OPEN = "give"
_YES = ("yes", "ja", "si", "sí", "oui", "sim")
NOW = ("today", "yesterday")


def show(talk: Talk, mark: str) -> None:
    """[Give this sentence]: all that would be kept, and a yes or no."""
    held = _held(talk, mark)
    if held is None:
        return
    talk.update(misread=msgspec.structs.replace(held, shown=True), open=OPEN)
    gift = gift_of(talk, held)
    talk.say_words(
        "give_show",
        talk.button("give_yes", "give_yes", mark),
        talk.button("give_no", "give_no", mark),
        sentence=gift.sentence,
        read=_in_words(talk, held.read),
        corrected=_in_words(talk, held.corrected),
        language=gift.language,
        month=talk.voice.today.strftime("%B %Y"),
    )


def yes(talk: Talk, mark: str) -> None:
    """[Yes, give it]."""
    held = _held(talk, mark)
    if held is None:
        return
    if not held.shown:
        show(talk, mark)
        return
    talk.do(gift_of(talk, held))
    _over(talk, "give_done")


def no(talk: Talk, mark: str) -> None:
    """[No]: the sentence is let go."""
    if _held(talk, mark) is not None:
        _over(talk, "give_not")


def said(talk: Talk, text: str, command: str | None) -> bool:
    """Whether a plain yes or no answered what is shown. "Right" and "ok" are no yes to this."""
    held = talk.conversation.misread
    if held is None or not held.shown or talk.conversation.open != OPEN:
        return False
    if command == "no":
        no(talk, held.mark)
    elif command == "yes" and text.casefold().startswith(_YES):
        yes(talk, held.mark)
    else:
        return False
    return True


def gift_of(talk: Talk, held: Misread) -> Donate:
    """What would be kept of this sentence."""
    today = talk.voice.today
    return Donate(
        held.sentence,
        held.language,
        f"{today:%Y-%m}",
        _without_days(_kept(talk, held.read), today),
        _without_days(_kept(talk, held.corrected), today),
    )


def _held(talk: Talk, mark: str) -> Misread | None:
    """The sentence this button is about; if it is no longer there, that is said."""
    held = talk.conversation.misread
    if held is not None and held.mark and held.mark == mark:
        return held
    talk.say_words("give_gone")
    going_on.go_on(talk)
    return None


def _over(talk: Talk, words_id: str) -> None:
    misreading.let_go(talk)
    talk.update(open="")
    talk.say_words(words_id)
    going_on.go_on(talk)


def _kept(talk: Talk, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts that are shown in words. A date in the future would say too much of the day."""
    return {
        name: value
        for name, value in facts.items()
        if name != "planned_date" and talk.voice.fact(name, value)
    }


def _in_words(talk: Talk, facts: Mapping[str, Value]) -> str:
    return listed(_kept(talk, facts), talk.voice) or talk.voice.say("give_nothing")


def _without_days(facts: Mapping[str, Value], today: date) -> dict[str, Value]:
    return {
        name: _days_ago(value, today) if name.endswith("_date") else value
        for name, value in facts.items()
    }


def _days_ago(value: Value, today: date) -> Value:
    if not isinstance(value, str) or not value[:1].isdigit():
        return value
    days = (today - date.fromisoformat(value)).days
    return NOW[days] if 0 <= days < len(NOW) else f"{days}_days_ago"
