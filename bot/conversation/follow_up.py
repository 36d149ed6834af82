"""The follow-through in the conversation: its deeds, and the words it listens to.

Rule: a runner with a plan is heard here after the warning signs and before everything else.
"""

from collections.abc import Callable, Mapping

from bot.conversation import (
    guarding,
    keeping,
    nudging,
    pausing,
    planning,
    prompts,
    run_checks,
    settings_talk,
    weekly,
)
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood


def chosen(talk: Talk, text: str, understood: Understood) -> str:
    """The button of the open prompt that these words choose, or ""."""
    if any(reading.fact.startswith(("run_", "planned_")) for reading in understood.readings):
        return ""
    return prompts.chosen(talk, text, understood.option)


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take words that belong to the follow-through. False: they are for somebody else."""
    return (
        settings_talk.heard(talk, text)
        or pausing.heard(talk, text, understood)
        or guarding.heard(talk, text, understood)
    )


DEEDS: Mapping[str, Callable[[Talk, str], None]] = {
    "effort": run_checks.effort,
    "during": run_checks.during,
    "limp": run_checks.limp,
    "morning": run_checks.morning,
    "signs": run_checks.signs,
    "why_light": run_checks.why_light,
    "ex_now": nudging.now,
    "ready": nudging.ready,
    "ex_done": nudging.done,
    "ex_easier": nudging.easier,
    "ex_later": nudging.later,
    "ex_tomorrow": nudging.tomorrow,
    "ex_skip": nudging.skip,
    "ex_hurts": nudging.hurts,
    "ex_why": nudging.why,
    "felt": nudging.felt,
    "hurt": nudging.hurt,
    "week": weekly.answered,
    "my_plan": lambda talk, _: planning.wanted(talk),
    "settings": settings_talk.show,
    "set": settings_talk.ask,
    "put": settings_talk.put,
    "day": settings_talk.toggle_day,
    "days_done": settings_talk.days_done,
    "pause": pausing.pause,
    "pause_for": pausing.pause_for,
    "pause_until": pausing.pause_until,
    "resume": pausing.resume,
    "back_well": pausing.back_well,
    "back_sore": pausing.back_sore,
    "stop": pausing.stop,
    "log": keeping.log,
    "export": keeping.export,
    "delete": keeping.delete,
    "delete_yes": keeping.delete_yes,
    "privacy": keeping.privacy,
    "why_guard": guarding.why,
}
