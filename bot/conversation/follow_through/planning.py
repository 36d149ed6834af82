"""Making a plan: what the runner asks for, what it needs, and what follows once it is agreed."""

from bot.conversation import going_on, repair
from bot.conversation.follow_through import coached, following, plan_card
from bot.conversation.settings import settings_talk
from bot.conversation.talk import Talk


def wanted(talk: Talk) -> None:
    """[Make me a plan] and "plan": what the plan needs is asked, then it is shown."""
    if coached.resting(talk) and plan_card.items(talk):
        talk.update(open="")
        talk.say(plan_card.card(talk))
        return
    talk.answer({"wants_plan": True}, "tapped", "wants_plan", "yes")
    talk.update(advised="")
    going_on.go_on(talk)


def good(talk: Talk, _: str) -> None:
    """[Looks good]: the plan is agreed; from here on Heeldrop writes first."""
    if not plan_card.items(talk):
        going_on.go_on(talk)
        return
    talk.set(coached.AGREED, talk.voice.today.isoformat())
    talk.set(coached.STOPPED, value=False)
    if not talk.runner.zone:
        settings_talk.ask_zone(talk)
        return
    following.confirm(talk)


def change_days(talk: Talk, _: str) -> None:
    """[Change days]: ask for the run days again."""
    if coached.resting(talk):
        settings_talk.ask(talk, "days")
        return
    repair.forget(talk, "run_days.")
    talk.answer({"wants_plan": True}, "tapped", "wants_plan", "yes")
    talk.update(advised="")
    going_on.go_on(talk)
