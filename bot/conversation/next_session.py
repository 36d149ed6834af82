"""The next session in one line: what, and on which day."""

from datetime import date

from bot.conversation.outcome import outcome
from bot.conversation.plan_card import items
from bot.conversation.sessions import session_words
from bot.conversation.speaking import capital
from bot.conversation.talk import Talk
from bot.conversation.training_log import runs


def next_day(talk: Talk) -> date | None:
    """The day of the next run or walk: the first of the plan after today, or the earliest day."""
    kind = "walk" if outcome(talk).level == 0 else "run"
    planned = [item.day for item in items(talk) if item.kind == kind]
    ran = {run.on for run in runs(talk.runner.log)}
    later = [day for day in planned if day not in ran]
    return later[0] if later else outcome(talk).earliest


def home(talk: Talk) -> None:
    """Where a runner with a plan is when nothing is being talked about."""
    talk.update(open="")
    names = ["plan", "exercises", "log", "menu"]
    talk.say_words("home", *talk.buttons(names), next=next_words(talk))


def next_words(talk: Talk) -> str:
    """The next session: "Saturday: 5 min walk, then 6 times 1 min jog and 2 min walk"."""
    found = outcome(talk)
    day = next_day(talk)
    if found.session is not None:
        what = session_words(found.session)
    elif found.cap_m is not None:
        what = talk.voice.say("plan_easy_up_to", distance=talk.voice.distance(found.cap_m))
    else:
        what = talk.voice.say("plan_easy")
    when = talk.voice.day(day) if day else talk.voice.say("not_yet")
    return talk.voice.say("next_session", day=capital(when), what=what)
