"""Rehab days: what counts while an injury pauses the plan.

Rule (product.md 4.7; evidence.md 6.1 E14): the weeks on plan freeze and rehab days are the goal. A
rehab day is what a physio gave them, or the easy day at 2 out of 10 or less; nothing else is given.
Rest counts, nothing is asked, days without are never listed, and nobody but the runner hears of it.
"""

import re
from datetime import date, timedelta

from bot.coaching.exercises import EASY
from bot.conversation.follow_through import coached
from bot.conversation.log import Note, Paused
from bot.conversation.message import Button
from bot.conversation.speaking import full_day
from bot.conversation.talk import Talk

WHAT = "rehab"
STILL_COUNTS = timedelta(days=2)
_DONE = re.compile(
    r"^(?:i )?(?:(?:did|done|finished) (?:my |the |some |today's )?(?:rehab|physio)(?: day| exercises)?"
    r"|(?:rehab|physio)(?: day| exercises)? (?:is |are )?done)(?: today)?$"
)


def pause(talk: Talk) -> Paused | None:
    """The injury that pauses the plan today, or None."""
    found = coached.pause(talk.runner, talk.voice.today)
    return found if found is not None and found.reason == "injury" else None


def buttons(talk: Talk) -> list[Button]:
    """[Rehab day done] and [Easy day]."""
    today = talk.voice.today.isoformat()
    return [talk.button("rehab", "rehab", today), talk.button("rehab_how", "show", EASY)]


def done(talk: Talk, about: str) -> None:
    """[Rehab day done]: counted once a day."""
    day = date.fromisoformat(about)
    old = not timedelta(0) <= talk.voice.today - day <= STILL_COUNTS
    if pause(talk) is None or old:
        _too_late(talk)
        return
    talk.record(Note(f"rehab-{about}", talk.now, WHAT, "done"))
    talk.update(open="")
    talk.say_words("rehab_done", talk.button("resume", "resume"), count=count_words(talk))


def _since(talk: Talk) -> date:
    """The day the pause began; one that was made longer counts from its first beginning."""
    first = talk.voice.today
    for one in sorted(talk.runner.log.of(Paused), key=lambda entry: entry.at, reverse=True):
        if one.reason != "injury":
            break
        first = one.since or talk.voice.day_of(one.at)
    return first


def _too_late(talk: Talk) -> None:
    if pause(talk) is None:
        talk.say_words("rehab_over", talk.button("menu", "menu"))
    else:
        say(talk)


def heard(talk: Talk, text: str) -> bool:
    """Take "did my rehab" while an injury pauses the plan."""
    if pause(talk) is None or not _DONE.match(text.casefold().strip(" .!")):
        return False
    done(talk, talk.voice.today.isoformat())
    return True


def say(talk: Talk) -> None:
    """Where a runner with an injury is: the goal, what counts, and how to come back."""
    found = pause(talk)
    until = found.until if found else None
    words = "home_rehab_until" if until else "home_rehab"
    day = full_day(until, talk.voice.today) if until else ""
    names = talk.buttons(["resume", "log", "menu"])
    talk.say_words(words, *buttons(talk), *names, day=day, count=count_words(talk))


def count_words(talk: Talk) -> str:
    """How many rehab days there were since the pause began; "" for none."""
    since = _since(talk)
    days = sum(
        note.what == WHAT and talk.voice.day_of(note.at) >= since
        for note in talk.runner.log.of(Note)
    )
    if not days:
        return ""
    return talk.voice.say("rehab_count_one" if days == 1 else "rehab_count", count=days)
