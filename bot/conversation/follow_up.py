"""The follow-through in the conversation: its deeds, and the words it listens to.

Rule: a runner with a plan is heard here after the warning signs and before everything else.
"""

from collections.abc import Callable, Mapping

from bot.conversation import prompts, run_checks
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood


def chosen(talk: Talk, text: str, understood: Understood) -> str:
    """The button of the open prompt that these words choose, or ""."""
    if any(reading.fact.startswith(("run_", "planned_")) for reading in understood.readings):
        return ""
    return prompts.chosen(talk, text, understood.option)


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take words that belong to the follow-through. False: they are for somebody else."""
    return False


DEEDS: Mapping[str, Callable[[Talk, str], None]] = {
    "effort": run_checks.effort,
    "during": run_checks.during,
    "limp": run_checks.limp,
    "morning": run_checks.morning,
    "signs": run_checks.signs,
    "why_light": run_checks.why_light,
}
