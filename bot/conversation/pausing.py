"""Pause, resume and stop.

Rule (product.md 9, evidence.md 7): a pause freezes the weeks on plan and never raises a count; it
plans nothing and asks nothing. Coming back takes one question. Stop ends all messages at once.
"""

import re
from datetime import date, time, timedelta

from bot.conversation import coached, following, prompts, run_checks, token
from bot.conversation.log import Paused
from bot.conversation.message import Button
from bot.conversation.next_session import next_words
from bot.conversation.soreness_scale import scale, split
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel, Plan
from bot.understanding.reading import Understood

REASONS = ("injury", "illness", "holiday", "life")
WEEKS = (7, 14, 28)
RESUME = frozenset(
    {"resume", "/resume", "unpause", "i am back", "i'm back", "im back", "back again"}
)
BACK_AT = time(9)
_PAUSE = re.compile(r"^/?pause\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(?:for\s+)?(\d{1,2}|a|one|two|three|four)\s+(day|week|month)s?\b", re.IGNORECASE
)
_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_DAYS = {"day": 1, "week": 7, "month": 30}
_REASONS = (
    ("illness", re.compile(r"\b(ill|sick|flu|cold|fever|covid)\b", re.IGNORECASE)),
    ("injury", re.compile(r"\b(injur\w*|hurt|sprain\w*)\b", re.IGNORECASE)),
    ("holiday", re.compile(r"\b(holidays?|vacation|away|travel\w*)\b", re.IGNORECASE)),
)


def pause(talk: Talk, _: str) -> None:
    """[Pause]: why?"""
    prompts.put(
        talk, "ask_pause", *(talk.button(f"pause_{why}", "pause_for", why) for why in REASONS)
    )


def pause_for(talk: Talk, reason: str) -> None:
    """Until when?"""
    buttons = []
    for days in WEEKS:
        until = talk.voice.today + timedelta(days=days)
        label = talk.voice.say("weeks", count=days // 7) if days > 7 else talk.voice.say("week_1")
        buttons.append(Button(label, token.action("pause_until", f"{reason}@{until.isoformat()}")))
    buttons.append(talk.button("pause_open", "pause_until", f"{reason}@open"))
    prompts.put(talk, "ask_pause_until", *buttons)


def pause_until(talk: Talk, argument: str) -> None:
    """The pause begins."""
    reason, told = split(argument)
    until = None if told == "open" else date.fromisoformat(told)
    talk.update(open="")
    talk.record(Paused(talk.new_id("pause"), talk.now, reason, until))
    talk.do(Cancel("", keep_exempt=True))
    words = "paused_open"
    if until is not None:
        talk.do(Plan("resume", "resume", on=until, at_local=BACK_AT, late="send"))
        words = "paused_until"
    end = talk.voice.say(f"paused_{reason}") if f"paused_{reason}" in talk.content.words else ""
    day = talk.voice.day(until) if until else ""
    talk.say_words(words, talk.button("resume", "resume"), day=day, more=end)


def due(talk: Talk, _: str) -> None:
    """The day until which it was paused has come."""
    if coached.agreed(talk.runner) and not talk.standing.locked:
        _ask(talk)


def resume(talk: Talk, _: str) -> None:
    """[Resume] and "resume": one question, then the plan goes on."""
    if talk.runner.settings.get(coached.STOPPED) is True:
        talk.set(coached.STOPPED, value=False)
    _ask(talk)


def _ask(talk: Talk) -> None:
    last = talk.runner.log.of(Paused)[-1:]
    reason = last[0].reason if last else ""
    if reason == "illness":
        names = ("well", "not_yet")
        buttons = [talk.button(f"back_{name}", "back_well", name) for name in names]
        prompts.put(talk, "ask_back_illness", *buttons)
    else:
        prompts.put(talk, "ask_back", *scale(talk, "back_sore", "now"))


def back_well(talk: Talk, answer: str) -> None:
    """After an illness: well again, or not yet."""
    talk.update(open="")
    if answer != "well":
        until = talk.voice.today + timedelta(days=7)
        talk.do(Plan("resume", "resume", on=until, at_local=BACK_AT, late="send"))
        talk.say_words("back_not_yet", talk.button("resume", "resume"))
        return
    _go_on(talk)


def back_sore(talk: Talk, argument: str) -> None:
    """How sore the calves are on coming back."""
    score = float(split(argument)[1])
    run_checks.note_soreness(talk, talk.new_id("back"), score)
    talk.update(open="")
    if score > coached.SETTLED:
        _end(talk)
        talk.say_words("back_is_sore")
        run_checks.screen_again(talk, score)
        return
    _go_on(talk)


def _go_on(talk: Talk) -> None:
    _end(talk)
    if not coached.agreed(talk.runner):
        talk.say_words("back_no_plan", talk.button("plan", "plan"))
        return
    talk.say_words("back", talk.button("my_plan", "my_plan"), next=next_words(talk))


def _end(talk: Talk) -> None:
    if talk.runner.log.of(Paused) and talk.runner.log.of(Paused)[-1].reason != "resumed":
        talk.record(Paused(talk.new_id("resumed"), talk.now, "resumed"))
    talk.do(Cancel("resume"))
    following.begin(talk)


def stop(talk: Talk, _: str) -> None:
    """Stop: all messages end, everything told stays, and how to come back."""
    talk.do(Cancel(""))
    talk.set(coached.STOPPED, value=True)
    talk.update(open="", pending=None)
    talk.say_words("stopped", talk.button("resume", "resume"))


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take "pause for 2 weeks" and "resume" in the runner's own words."""
    plain = text.casefold().strip(" .!")
    if plain in RESUME:
        resume(talk, "")
        return True
    if not _PAUSE.match(plain) or (understood.command is None and len(plain.split()) > 8):
        return False
    reason = next((name for name, words in _REASONS if words.search(plain)), "life")
    length = _LENGTH.search(plain)
    if length is None:
        return False
    count = _NUMBERS.get(length[1].casefold()) or int(length[1])
    until = talk.voice.today + timedelta(days=count * _DAYS[length[2].casefold()])
    pause_until(talk, f"{reason}@{until.isoformat()}")
    return True
