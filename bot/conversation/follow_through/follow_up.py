"""The follow-through in the conversation: its deeds, and the words it listens to.

Rule: a runner with a plan is heard here after the warning signs and before everything else.
"""

from collections.abc import Callable, Mapping

from bot.conversation.follow_through import (
    along,
    asked_next,
    coached,
    coming_back,
    guarding,
    nudge_answers,
    nudging,
    pausing,
    planning,
    pre_run,
    prompts,
    rehab,
    run_checks,
    told_deeds,
    walks,
    weekly,
)
from bot.conversation.follow_through.deed_forms import (
    choice,
    dated,
    dated_choice,
    dated_score,
    scored,
    setting,
    shaped,
    until,
)
from bot.conversation.pages import charting, reporting
from bot.conversation.runs import club_runs, past_runs
from bot.conversation.settings import keeping, settings_talk
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood


def chosen(talk: Talk, text: str, understood: Understood) -> str:
    """The button of the open prompt that these words choose, or ""."""
    if settings_talk.told(talk, text) is not None:
        return ""
    about_a_run = {
        reading.fact
        for reading in understood.readings
        if reading.fact.startswith(("run_", "planned_"))
    }
    effort = understood.of("run_effort")
    if effort is not None and about_a_run == {"run_effort"} and prompts.is_open(talk, "ask_effort"):
        return prompts.scored(talk, float(effort.value))
    if about_a_run:
        return ""
    return prompts.chosen(talk, text, understood.option, understood.command)


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take words that belong to the follow-through. False: they are for somebody else."""
    if run_checks.effort_told(talk, understood) or run_checks.during_told(talk, text, understood):
        return True
    if understood.command == "why" and coached.resting(talk):
        return run_checks.why_last(talk)
    return (
        settings_talk.heard(talk, text)
        or coming_back.heard(talk, text)
        or rehab.heard(talk, text)
        or asked_next.heard(talk, text)
        or walks.heard(talk, text, understood)
        or told_deeds.heard(talk, text, understood)
        or pausing.heard(talk, text)
        or guarding.heard(talk, text, understood)
    )


DEEDS: Mapping[str, Callable[[Talk, str], None]] = {
    "effort": shaped(run_checks.effort, scored),
    "during": shaped(run_checks.during, scored),
    "limp": shaped(run_checks.limp, choice("yes", "no")),
    "morning": shaped(run_checks.morning, scored),
    "signs": run_checks.signs,
    "why_light": run_checks.why_light,
    "ex_now": nudging.now,
    "along": shaped(along.begin, along.shaped),
    "set_done": shaped(along.set_done, along.shaped),
    "along_hurts": shaped(along.hurts, along.shaped),
    "ready": shaped(nudging.ready, dated_score),
    "ex_show": shaped(nudging.show_again, dated),
    "ex_done": shaped(nudge_answers.done, dated),
    "ex_easier": shaped(nudge_answers.easier, dated),
    "ex_later": shaped(nudge_answers.later, dated),
    "ex_tomorrow": shaped(nudge_answers.tomorrow, dated),
    "ex_skip": shaped(nudge_answers.skip, dated),
    "ex_hurts": shaped(nudge_answers.hurts, dated),
    "ex_why": shaped(nudge_answers.why, dated),
    "felt": shaped(nudge_answers.felt, dated_choice("easy", "right", "hard")),
    "hurt": shaped(nudge_answers.hurt, dated_score),
    "week": shaped(weekly.answered, dated_choice(*weekly.ANSWERS)),
    "my_plan": lambda talk, _: planning.wanted(talk),
    "remind": pre_run.remind,
    "settings": settings_talk.show,
    "set": settings_talk.ask,
    "put": shaped(settings_talk.put, setting),
    "day": settings_talk.toggle_day,
    "days_done": settings_talk.days_done,
    "pause": pausing.pause,
    "pause_no": pausing.no_pause,
    "pause_for": pausing.pause_for,
    "pause_until": shaped(pausing.pause_until, until),
    "rehab": shaped(rehab.done, dated),
    "resume": coming_back.resume,
    "back_well": coming_back.back_well,
    "back_sore": shaped(coming_back.back_sore, scored),
    "stop": pausing.stop,
    "log": keeping.log,
    "chart": charting.show,
    "report": reporting.show,
    "export": keeping.export,
    "delete": keeping.delete,
    "delete_no": keeping.delete_no,
    "delete_yes": keeping.delete_yes,
    "privacy": keeping.privacy,
    "why_guard": guarding.why,
    "club_ran": shaped(club_runs.ran, club_runs.form),
    "club_sore": shaped(club_runs.sore, club_runs.form),
    "keep_runs": past_runs.keep,
    "leave_runs": past_runs.leave,
    "runs_in": shaped(past_runs.unit_told, choice("km", "mi")),
}
