"""Pause and stop: from a button or in words, read back with its date before it begins.

Rule (product.md 9, evidence.md 7): a pause freezes the weeks on plan and never raises a count; it
plans nothing and asks nothing. After an injury the goal is rehab days (rehab.py). Coming back takes
one question (coming_back.py). Stop ends all messages at once.
"""

import re
from datetime import date, time, timedelta

from bot.conversation import going_on, token
from bot.conversation.follow_through import coached, prompts, rehab
from bot.conversation.follow_through.pause_words import PauseTold, pause_told
from bot.conversation.follow_through.soreness_scale import split
from bot.conversation.log import Paused
from bot.conversation.message import Button
from bot.conversation.speaking import full_day
from bot.conversation.talk import Talk
from bot.conversation.turn import Cancel, Plan

REASONS = ("injury", "illness", "holiday", "life")
WEEKS = (7, 14, 28)
BACK_AT = time(9)
_NO = re.compile(r"^(?:no|nope|sorry)\b[, ]*", re.IGNORECASE)
AWAY = "away_told"
"""The setting that keeps a time away which was told before there was a plan."""
_TO_COME = re.compile(r"\b(?:until|till?|from|next week)\b", re.IGNORECASE)
_BODY = re.compile(r"\b(?:sore|hurts?|pain\w*|stiff|tight|calf|calves)\b|/ ?10\b", re.IGNORECASE)
MONTH_FIRST = frozenset({"US"})
"""Countries where 5/3 is the 3rd of May."""


def pause(talk: Talk, _: str) -> None:
    """[Pause]: why?"""
    prompts.put(
        talk, "ask_pause", *(talk.button(f"pause_{why}", "pause_for", why) for why in REASONS)
    )


def pause_for(talk: Talk, reason: str) -> None:
    """Until when?"""
    _ask_until(talk, reason, "ask_pause_until")


def _ask_until(talk: Talk, reason: str, words_id: str) -> None:
    reason = reason if reason in REASONS else REASONS[-1]
    buttons = []
    for days in WEEKS:
        until = talk.voice.today + timedelta(days=days)
        label = talk.voice.say("weeks", count=days // 7) if days > 7 else talk.voice.say("week_1")
        buttons.append(Button(label, token.action("pause_until", f"{reason}@{until.isoformat()}")))
    buttons.append(talk.button("pause_open", "pause_until", f"{reason}@open"))
    if words_id == "ask_pause_until_offer":
        buttons.append(talk.button("pause_none", "pause_no"))
    if reason == "injury":
        buttons.append(talk.button("signs", "signs", "pause"))
    prompts.put(talk, words_id, *buttons)


def pause_until(talk: Talk, argument: str) -> None:
    """The pause begins, now or on its first day: "holiday@2026-10-19@2026-11-03"."""
    about, told = split(argument)
    reason, _, first = about.partition("@")
    until = None if told == "open" else date.fromisoformat(told)
    if until is not None and until <= talk.voice.today:
        _ask_until(talk, reason, "ask_pause_until_past")
        return
    since = date.fromisoformat(first) if first else None
    since = since if since is not None and since > talk.voice.today else None
    talk.update(open="")
    talk.record(Paused(talk.new_id("pause"), talk.now, reason, until, since))
    if since is None:
        talk.do(Cancel("", keep_exempt=True))
    plan_question(talk, until)
    _say_paused(talk, reason, since, until)


def plan_question(talk: Talk, until: date | None) -> None:
    """Ask the one question on the day of coming back, if there is such a day."""
    talk.do(Cancel("resume"))
    if until is not None:
        talk.do(Plan("resume", "resume", on=until, at_local=BACK_AT, late="send"))


def _say_paused(talk: Talk, reason: str, since: date | None, until: date | None) -> None:
    words = "paused_open" if until is None else "paused_from" if since else "paused_until"
    why = f"paused_{reason}"
    more = f"\n\n{talk.voice.say(why)}" if why in talk.content.words else ""
    buttons = rehab.buttons(talk) if reason == "injury" and since is None else []
    talk.say_words(
        words,
        *buttons,
        talk.button("resume" if since is None else "pause_none", "resume"),
        first=full_day(since, talk.voice.today) if since else "",
        day=full_day(until, talk.voice.today) if until else "",
        more=more,
    )


def no_pause(talk: Talk, _: str) -> None:
    """[No pause]: the plan goes on."""
    talk.update(open="")
    talk.say_words("pause_let_go", *talk.buttons(["my_plan", "menu"]))


def stop(talk: Talk, _: str) -> None:
    """Stop: all messages end, everything told stays, and how to come back."""
    talk.do(Cancel(""))
    talk.set(coached.STOPPED, value=True)
    talk.update(open="", pending=None)
    talk.say_words("stopped", talk.button("resume", "resume"))


# In words


def heard(talk: Talk, text: str) -> bool:
    """Take a pause in the runner's own words: its date is read back, what is missing is asked."""
    asked = _reason_asked(talk)
    text = _NO.sub("", text.strip()) if asked else text
    told = _told(talk, f"pause until {text}") if asked else None
    if told is None or told.problem == "unknown":
        told = (_told(talk, f"pause for {text}") if asked else None) or _told(talk, text)
    if told is None:
        return _away_before_the_plan(talk, text)
    if asked and told.problem == "none":
        return False
    _take(talk, told, told.reason or asked)
    return True


def _away_before_the_plan(talk: Talk, text: str) -> bool:
    """A time away told before there is a plan: kept, and asked about once the plan is agreed."""
    if coached.agreed(talk.runner) or not _TO_COME.search(text) or _BODY.search(text):
        return False
    month_first = talk.voice.country in MONTH_FIRST
    told = pause_told(text, talk.voice.today, coached=True, month_first=month_first)
    if told is None or told.until is None:
        return False
    first = f"@{told.first.isoformat()}" if told.first else ""
    talk.settings(**{AWAY: f"{told.reason or REASONS[-1]}{first}@{told.until.isoformat()}"})
    day = full_day(told.until, talk.voice.today)
    if _in_a_question(talk) or talk.conversation.pending or talk.standing.locked:
        talk.say_words("away_noted", day=day)
        going_on.go_on(talk)
    else:
        talk.say_words("away_noted", talk.button("plan", "plan"), day=day)
    return True


def away_told(talk: Talk) -> None:
    """The plan is agreed: read back the time away that was told before, if it is still to come."""
    about, until = split(str(talk.runner.settings.get(AWAY) or ""))
    if not until:
        return
    talk.set(AWAY, "")
    reason, _, first = about.partition("@")
    back = date.fromisoformat(until)
    if back > talk.voice.today:
        since = date.fromisoformat(first) if first else None
        since = since if since is not None and since > talk.voice.today else None
        _read_back(talk, PauseTold(reason, since, back), reason)


def _reason_asked(talk: Talk) -> str:
    """The reason of the pause whose end is being asked for or read back, or ""."""
    if not any(prompts.is_open(talk, name) for name in ("ask_pause_until", "pause_read")):
        return ""
    found = (token.read(button.token) for button in talk.conversation.recent)
    stated = (one for one in found if isinstance(one, token.Action) and one.name == "pause_until")
    return next((one.argument.partition("@")[0] for one in stated), "")


def _told(talk: Talk, text: str) -> PauseTold | None:
    return pause_told(
        text,
        talk.voice.today,
        coached=coached.agreed(talk.runner) and not _in_a_question(talk),
        month_first=talk.voice.country in MONTH_FIRST,
    )


def _in_a_question(talk: Talk) -> bool:
    """Whether a question of the decision tables waits, which such words could be the answer to."""
    return talk.conversation.open in talk.content.question_by_id


def _take(talk: Talk, told: PauseTold, reason: str) -> None:
    if told.until is not None or told.open:
        _read_back(talk, told, reason or REASONS[-1])
    elif told.problem in ("past", "unknown", "long"):
        _ask_until(talk, reason, f"ask_pause_until_{told.problem}")
    elif not reason:
        pause(talk, "")
    elif reason in ("illness", "injury"):
        _ask_until(talk, reason, "ask_pause_until_offer")
    else:
        pause_for(talk, reason)


def _read_back(talk: Talk, told: PauseTold, reason: str) -> None:
    first = f"@{told.first.isoformat()}" if told.first else ""
    end = told.until.isoformat() if told.until else "open"
    words = "pause_read_open" if told.open else "pause_read_from" if told.first else "pause_read"
    day = full_day(told.until, talk.voice.today) if told.until else ""
    why = f"pause_why_{reason}"
    prompts.put(
        talk,
        words,
        talk.button("right", "pause_until", f"{reason}{first}@{end}"),
        talk.button("pause_change", "pause_for", reason),
        first=full_day(told.first, talk.voice.today) if told.first else "",
        day=day,
        why=f" · {talk.voice.say(why)}" if why in talk.content.words else "",
    )
