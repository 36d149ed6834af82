"""What a runner with a plan tells of a day in words: exercises done, a day skipped, a run missed.

Rule (evidence.md 7, S66): what was done is logged as if its button was pressed; a miss is met with one
neutral sentence, and is never asked about.
"""

import re

from bot.conversation.follow_through import coached, nudge_answers, nudging
from bot.conversation.log import Note
from bot.conversation.next_session import exercises_today, next_words
from bot.conversation.outcome import outcome
from bot.conversation.speaking import full_day
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood

_EXERCISES = r"(?:exercises|heel drops|heel raises|calf raises|strength(?: work| exercises)?)"
_DONE = re.compile(
    rf"^(?:i |just |i've |i have )*(?:did|done|finished) (?:all )?(?:my |the |all my |all the |today's )?"
    rf"{_EXERCISES}(?: today| now)?$|^{_EXERCISES} (?:are )?done(?: today)?$"
)
_SKIP = re.compile(r"^(?:i'll |i will |i'm |can i )?(?:skip|skipping|not)(?: it| them)? today$")
_MISSED = re.compile(
    r"^(?:sorry,? )?(?:i )?(?:missed|skipped|didn't do|did not do|didn't make|couldn't do)"
    r" (?:my |a |the |today's |yesterday's )?(?:run|session|walk|exercises|training|workout)\b"
    r"|^(?:sorry,? )?i (?:didn't|did not|couldn't|could not) run\b"
)
_MOVE = re.compile(
    r"\b(?:move|swap|shift|change|switch) (?:my |the |a |today's )?(?:run|session|walk)\b"
)
LONGEST_WORDS = 10


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take such words; False if they are about something else, or there is no plan to go by."""
    plain = text.casefold().replace("’", "'").strip(" .!")
    if coached.on_hold(talk) or talk.conversation.pending or len(plain.split()) > LONGEST_WORDS:
        return False
    told = {one.fact for one in understood.readings}
    if told == {"planned_date"} or (_MOVE.search(plain) and told <= {"planned_date", "run_date"}):
        _move(talk)
    elif _DONE.match(plain):
        _done(talk)
    elif _SKIP.match(plain) and exercises_today(talk):
        nudge_answers.skip(talk, _noted(talk))
    elif _SKIP.match(plain) or _MISSED.match(plain):
        talk.update(open="")
        talk.say_words("missed", talk.button("my_plan", "my_plan"), next=next_words(talk))
    else:
        return False
    return True


def _move(talk: Talk) -> None:
    """A run may move: not before its earliest day, and with a clear day between (4.4)."""
    earliest, today = outcome(talk).earliest, talk.voice.today
    talk.update(open="")
    words = "move_run_from" if earliest is not None and earliest > today else "move_run"
    day = full_day(earliest, today) if earliest else ""
    buttons = talk.buttons(["my_plan", "change_days"])
    talk.say_words(words, *buttons, day=day, next=next_words(talk))


def _done(talk: Talk) -> None:
    nudge_answers.done(talk, _noted(talk))


def _noted(talk: Talk) -> str:
    """Today, with the exercises of today noted, as after a nudge."""
    today = talk.voice.today.isoformat()
    if not any(note.id == f"nudge-{today}" for note in nudging.notes(talk)):
        score = coached.sore_now(talk.runner.log, talk.now) or 0
        calm = score <= coached.SETTLED
        names = ",".join(one.id for one in nudging.pick(talk, score, calm=calm))
        talk.record(Note(f"nudge-{today}", talk.now, "nudge", names))
    return today
