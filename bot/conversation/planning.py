"""Making a plan: what the runner asks for, and what it needs."""

from bot.conversation import going_on, repair
from bot.conversation.talk import Talk


def wanted(talk: Talk) -> None:
    """[Make me a plan]: what the plan needs is asked, then it is shown."""
    talk.answer({"wants_plan": True}, "tapped", "wants_plan", "yes")
    talk.update(advised="")
    going_on.go_on(talk)


def good(talk: Talk, _: str) -> None:
    """[Looks good]: the plan is agreed."""
    talk.say_words("plan_agreed")


def change_days(talk: Talk, _: str) -> None:
    """[Change days]: ask for the run days again."""
    repair.forget(talk, "run_days.")
    talk.answer({"wants_plan": True}, "tapped", "wants_plan", "yes")
    going_on.go_on(talk)
