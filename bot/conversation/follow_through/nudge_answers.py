"""What a runner answers to the exercises of a day.

Rule: each answer is logged once, however often it is tapped; "Later" asks once more, then rests; a
skip gets no word of blame, because one miss does not matter (evidence.md 7, S66).
"""

from datetime import date, datetime, time, timedelta

import msgspec

from bot.coaching.clock import in_quiet_hours, instant
from bot.conversation.follow_through import (
    check_times,
    coached,
    lapses,
    nudging,
    planned_weeks,
    progression,
    prompts,
    run_checks,
)
from bot.conversation.follow_through.soreness_scale import scale, split
from bot.conversation.log import Exercise, Note
from bot.conversation.speaking import joined
from bot.conversation.talk import Talk
from bot.conversation.turn import Plan

LATER = timedelta(hours=2)
SHORTEST_LATER = timedelta(minutes=30)


def done(talk: Talk, about: str, answer: str = "done") -> None:
    """[Done] and [Made it easier]: logged, once, however often it is tapped."""
    names = _names(talk, about)
    if names is None:
        return
    before = coached.last_deed(talk.runner.log)
    record(talk, about, names, answer)
    counted(talk, about, before)


def counted(talk: Talk, about: str, before: datetime | None) -> None:
    """What follows when the exercises of a day are done; `before`: the last deed until then."""
    lapses.welcome(talk, before=before)
    check_times.morning_of(talk, talk.voice.today)
    lapses.plan(talk)
    kept, of = planned_weeks.kept_lately(talk)
    felt = [
        talk.button(f"felt_{one}", "felt", f"{about}@{one}") for one in ("easy", "right", "hard")
    ]
    words = "nudge_done" if of > 1 else "nudge_done_first"
    prompts.put(talk, words, *felt, kept=kept, of=of)


def felt(talk: Talk, argument: str) -> None:
    """How hard the exercises were, and what that means for the next time."""
    about, answer = split(argument)
    names = []
    for entry in talk.runner.log.of(Exercise):
        if entry.id.startswith(f"ex-{about}-"):
            talk.record(msgspec.structs.replace(entry, felt=answer))
            names.append(entry.exercise)
    talk.update(open="")
    if talk.voice.today - date.fromisoformat(about) > nudging.STILL_COUNTS:
        talk.say_words("noted_late", talk.button("my_plan", "my_plan"))
        return
    more = progression.grown(talk, names, if_settled=True)
    if more:
        talk.say_words("felt_more", more=more)
    else:
        talk.say_words("felt_same")


def easier(talk: Talk, about: str) -> None:
    """[Made it easier]."""
    done(talk, about, "easier")


def later(talk: Talk, about: str) -> None:
    """[Later today]: once more, then rest."""
    day = date.fromisoformat(about)
    asked = any(note.id == f"later-{about}" for note in nudging.notes(talk))
    at = talk.now + LATER
    quiet = (
        check_times.clock_setting(talk, "quiet_from", time(21)),
        check_times.clock_setting(talk, "quiet_to", time(8)),
    )
    if in_quiet_hours(at, talk.runner.zone, *quiet):
        at = instant(talk.voice.today, quiet[0], talk.runner.zone) - SHORTEST_LATER
    if day != talk.voice.today or at < talk.now + SHORTEST_LATER:
        tomorrow(talk, about)
        return
    talk.update(open="")
    if asked:
        talk.say_words("nudge_rest")
        return
    talk.record(Note(f"later-{about}", talk.now, "later"))
    talk.do(Plan(f"later:{about}", "later", at=at, late="drop", data=check_times.NOT_COUNTED))
    talk.say_words("nudge_later", at=talk.voice.clock(at))


def tomorrow(talk: Talk, about: str) -> None:
    """[Tomorrow]: moved to the next day without a run."""
    if _names(talk, about) is None:
        return
    days = planned_weeks.planned_days(talk)
    day = talk.voice.today + planned_weeks.DAY
    while days.get(day) in ("run", "walk"):
        day += planned_weeks.DAY
    planned_weeks.keep(talk, {**days, date.fromisoformat(about): "rest", day: "exercises"})
    talk.update(open="")
    at = nudging.nudge_time(talk).strftime("%H:%M")
    talk.say_words("nudge_tomorrow", day=talk.voice.day(day), at=at)


def skip(talk: Talk, about: str) -> None:
    """[Skip]: noted, and no word about it."""
    names = _names(talk, about)
    if names is not None:
        record(talk, about, names, "skipped")
        talk.update(open="")
        talk.say_words("nudge_skipped")


def hurts(talk: Talk, about: str) -> None:
    """[Hurts]: stop, say how much, and the warning signs again."""
    names = _names(talk, about)
    if names is not None:
        record(talk, about, names, "hurts")
        prompts.put(talk, "nudge_hurts", *scale(talk, "hurt", about))


def hurt(talk: Talk, argument: str) -> None:
    """How much it hurts, 0 to 10."""
    about, answer = split(argument)
    run_checks.note_soreness(talk, f"hurt-{about}", float(answer))
    talk.say_words("nudge_hurt")
    run_checks.screen_again(talk, float(answer))


def why(talk: Talk, about: str) -> None:
    """[Why?]: what the exercises rest on, and how strong that is."""
    names = _names(talk, about)
    if names is None:
        return
    lines = []
    for name in names:
        exercise = talk.content.exercises[name]
        cites = joined(talk.content.evidence.cite(source) for source in exercise.sources[:2])
        lines.append(f"• {exercise.name}. {exercise.evidence.words} ({cites})")
    reviewed = all(talk.content.exercises[name].reviewed_by for name in names)
    end = "" if reviewed else talk.voice.say("not_reviewed")
    buttons = [talk.button(name, name, about) for name in nudging.ANSWERS if name != "ex_why"]
    talk.say_words("nudge_why", *buttons, lines="\n".join(lines), reviewed=end)


def record(talk: Talk, about: str, names: list[str], answer: str) -> None:
    """Log one answer for these exercises of a day, once."""
    for name in names:
        dose = progression.dose(talk, name).id
        entry = Exercise(f"ex-{about}-{name}", talk.now, name, answer, dose)  # type: ignore[arg-type]
        if not any(
            old.id == entry.id and old.answer == answer for old in talk.runner.log.of(Exercise)
        ):
            talk.record(entry)


def _names(talk: Talk, about: str) -> list[str] | None:
    """The exercises a button is about; None, and a word to say so, if it is too old."""
    note = next((note for note in nudging.notes(talk) if note.id == f"nudge-{about}"), None)
    fresh = talk.voice.today - date.fromisoformat(about) <= nudging.STILL_COUNTS
    if note is None or not fresh:
        talk.say_words("nudge_old", talk.button("ex_now", "ex_now"))
        return None
    known = talk.content.exercises
    return [name for name in note.answer.split(",") if name in known]
