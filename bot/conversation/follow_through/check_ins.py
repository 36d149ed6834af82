"""Check-ins: what is said when something planned falls due.

Rule: a check-in is an ordinary event with its own outcome; one that makes no sense any more says
nothing. What a check-in is about stands in its key after the colon ("morning:run-7"). If the one that
leads has nothing to say, those that were merged into it get their turn.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.conversation.event import Due
from bot.conversation.follow_through import (
    check_times,
    coached,
    coming_back,
    lapses,
    nudging,
    pre_run,
    run_checks,
    weekly,
)
from bot.conversation.follow_through.deed_forms import dated
from bot.conversation.talk import Talk

TOO_LATE_FOR_A_RUN = timedelta(hours=12)


def due(talk: Talk, what: Due) -> None:
    """A check-in of this kind fell due."""
    before = len(talk.effects)
    for key in (what.check_in, *filter(None, what.data.get("merged", "").split(","))):
        name, _, about = key.partition(":")
        kind = what.kind if key == what.check_in else name
        handler = KINDS.get(kind)
        if handler is not None:
            handler(talk, about)
        if len(talk.effects) > before:
            return


def _got_help(talk: Talk, _: str) -> None:
    if talk.standing.level in ("emergency", "same_day"):
        talk.say_words("got_help", *talk.buttons(["checked", "no_help_yet"]))


def _post_run(talk: Talk, run_id: str) -> None:
    if _about_run(talk, run_id):
        check_times.post_run_again(talk, run_id)


def _post_run_again(talk: Talk, run_id: str) -> None:
    _about_run(talk, run_id)


def _about_run(talk: Talk, run_id: str) -> bool:
    run = run_checks.run_of(talk, run_id)
    if run is None or coached.on_hold(talk) or talk.now - run.at > TOO_LATE_FOR_A_RUN:
        return False
    return run_checks.ask_next(talk, run)


def _morning(talk: Talk, about: str) -> None:
    if _morning_is_due(talk, about):
        run_checks.ask_morning(talk, about)
        check_times.at_midday(talk, about)


def _morning_again(talk: Talk, about: str) -> None:
    if _morning_is_due(talk, about):
        run_checks.ask_morning(talk, about)


def _day2(talk: Talk, about: str) -> None:
    if _morning_is_due(talk, about):
        run_checks.ask_morning(talk, about, "ask_day2")


def _morning_is_due(talk: Talk, about: str) -> bool:
    """Whether this morning is still unknown, and nothing newer has taken its place."""
    if coached.on_hold(talk):
        return False
    today = talk.voice.today
    zone_day = [entry for entry in coached.soreness(talk.runner.log) if entry.when == "first_steps"]
    if any(talk.voice.day_of(entry.at) == today for entry in zone_day):
        return False
    if about.startswith(run_checks.ENOUGH_EXERCISE):
        return True
    run = run_checks.run_of(talk, about)
    return run is not None and timedelta(0) < today - run.on <= timedelta(days=2)


def _later(talk: Talk, about: str) -> None:
    if dated(about):
        nudging.later_due(talk, about)


KINDS: Mapping[str, Callable[[Talk, str], None]] = {
    "got_help": _got_help,
    "post_run": _post_run,
    "post_run_again": _post_run_again,
    "morning": _morning,
    "morning_again": _morning_again,
    "day2": _day2,
    "nudge": nudging.due,
    "later": _later,
    "weekly_review": weekly.due,
    "pre_run": pre_run.due,
    "run_reminder": pre_run.reminder_due,
    "resume": coming_back.due,
    "lapse_neutral_line": lambda talk, about: lapses.due(talk, about, "neutral_line"),
    "lapse_smaller_plan": lambda talk, about: lapses.due(talk, about, "smaller_plan"),
    "lapse_level_again": lambda talk, about: lapses.due(talk, about, "level_again"),
    "lapse_pause": lambda talk, about: lapses.due(talk, about, "pause"),
}
