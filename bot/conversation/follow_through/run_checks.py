"""The questions after a run, the light they give, and what the light changes.

Rule (evidence.md 4.4): effort, soreness and limp after the run, first steps the next morning; the
worst of what is known is the light. Green twice goes one level up, amber stays, red goes back one
level with 2 days off. "How it feels tomorrow morning matters more than how it feels now."
"""

from datetime import date, timedelta
from statistics import median

import msgspec

from bot.coaching.effort import is_hard
from bot.coaching.lights import Check, Light, Tissue, light
from bot.conversation import going_on
from bot.conversation.asking import asked
from bot.conversation.follow_through import (
    check_times,
    coached,
    planned_weeks,
    progression,
    prompts,
)
from bot.conversation.follow_through.deed_forms import dated
from bot.conversation.follow_through.score_words import calf_score
from bot.conversation.follow_through.soreness_scale import DURING, EFFORT, scale, split
from bot.conversation.log import Exercise, Note, Run, Soreness
from bot.conversation.next_session import exercises_today, next_words
from bot.conversation.outcome import outcome
from bot.conversation.runs.training_log import runs
from bot.conversation.speaking import full_day
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood

USUAL_FROM = 3
"""So many first-steps reports make a usual morning."""
SCREEN_FROM = 5
STILL_ASKED = timedelta(days=3)
"""So long after a run its buttons still lead on; after that they only correct the log."""
OF_CALVES = frozenset({"sore", "location", "side", "pain_now", "pain_run", "trend"})
ENOUGH_EXERCISE = "x-"
"""What a morning check is about begins so when it follows exercises and not a run."""


def run_of(talk: Talk, run_id: str) -> Run | None:
    """The run of this id."""
    return next((run for run in runs(talk.runner.log) if run.id == run_id), None)


def ask_next(talk: Talk, run: Run) -> bool:
    """Ask the first thing not known about a run: effort, soreness while running, limp."""
    if run.effort is None:
        prompts.put(talk, "ask_effort", *scale(talk, "effort", run.id, EFFORT))
    elif _score(talk, run, "during") is None:
        prompts.put(talk, "ask_during", *scale(talk, "during", run.id, DURING))
    elif _noted(talk, run, "limp") is None:
        yes = talk.button("limp_yes", "limp", f"{run.id}@yes")
        prompts.put(talk, "ask_limp", talk.button("limp_no", "limp", f"{run.id}@no"), yes)
    else:
        return False
    return True


def effort(talk: Talk, argument: str) -> None:
    """How hard a run was, 0 to 10."""
    run = _of_answer(talk, argument)
    if run is not None:
        run = msgspec.structs.replace(run, effort=float(split(argument)[1]))
        talk.record(run)
        _go_on(talk, run)


def effort_told(talk: Talk, understood: Understood) -> bool:
    """Take "effort 4/10" for the last run, today's or yesterday's, and ask what is not known yet."""
    told = understood.of("run_effort")
    others = {"run_distance_m", "run_duration_s"} & {one.fact for one in understood.readings}
    last = runs(talk.runner.log)[-1:]
    if told is None or others or not last or not coached.agreed(talk.runner):
        return False
    if talk.conversation.pending or talk.voice.today - last[0].on > timedelta(days=1):
        return False
    effort(talk, f"{last[0].id}@{float(told.value):.0f}")
    return True


def during_told(talk: Talk, text: str, understood: Understood) -> bool:
    """Take "felt great, calf 1/10" for today's run: calm calves are no reason to screen."""
    score = calf_score(text)
    last = runs(talk.runner.log)[-1:]
    if score is None or score > coached.SETTLED or not last or coached.on_hold(talk):
        return False
    others = {one.fact for one in understood.readings if one.certainty != "possible"} - OF_CALVES
    if others or talk.conversation.pending or last[0].on != talk.voice.today:
        return False
    if _score(talk, last[0], "during") is not None:
        return False
    during(talk, f"{last[0].id}@{score}")
    return True


def during(talk: Talk, argument: str) -> None:
    """How sore the calves were while running, 0 to 10."""
    run = _of_answer(talk, argument)
    if run is not None:
        score = float(split(argument)[1])
        talk.record(Soreness(f"during-{run.id}", talk.now, "during", score, run=run.id))
        _go_on(talk, run)


def limp(talk: Talk, argument: str) -> None:
    """Whether the runner limped."""
    run = _of_answer(talk, argument)
    if run is not None:
        talk.record(Note(f"limp-{run.id}", talk.now, "limp", split(argument)[1]))
        _go_on(talk, run)


def _of_answer(talk: Talk, argument: str) -> Run | None:
    run = run_of(talk, split(argument)[0])
    if run is None:
        talk.say_words("run_is_gone")
    return run


def _go_on(talk: Talk, run: Run) -> None:
    if talk.voice.today - run.on > STILL_ASKED:
        judge(talk, run.id)
        talk.update(open="")
        day = full_day(run.on, talk.voice.today)
        talk.say_words("noted_for_run", talk.button("my_plan", "my_plan"), day=day)
        return
    if ask_next(talk, run):
        judge(talk, run.id)
        return
    talk.update(open="")
    judge(talk, run.id)
    say_light(talk, run.id)


def ask_morning(talk: Talk, about: str, words_id: str = "ask_morning") -> None:
    """One tap: the first steps of this morning. The button for swelling is always there."""
    signs = talk.button("signs", "signs", about)
    prompts.put(talk, words_id, *scale(talk, "morning", about), signs)


def morning(talk: Talk, argument: str) -> None:
    """The first steps of the morning, 0 to 10."""
    about, answer = split(argument)
    score = float(answer)
    run = run_of(talk, about)
    if _of_another_morning(talk, about, run):
        _too_late(talk, score)
        return
    key = f"steps-{about}-{talk.voice.today.isoformat()}"
    after = run.id if run else ""
    talk.record(Soreness(key, talk.now, "first_steps", score, run=after))
    talk.update(open="")
    if run is not None:
        judge(talk, run.id)
        say_light(talk, run.id, final=True)
    elif score <= coached.SETTLED:
        names = [entry.exercise for entry in _trained_yesterday(talk)]
        more = progression.grown(talk, names, if_settled=False)
        words = "morning_calm_more" if more else "morning_calm"
        buttons = (*exercises_today(talk), talk.button("my_plan", "my_plan"))
        talk.say_words(words, *buttons, more=more)
    else:
        talk.say_words("morning_sore", talk.button("my_plan", "my_plan"))
    if not coached.on_hold(talk):
        planned_weeks.remember(talk)
    if score >= SCREEN_FROM:
        screen_again(talk, score)


def _of_another_morning(talk: Talk, about: str, run: Run | None) -> bool:
    """Whether a button is of a check whose morning is long past."""
    day = about.removeprefix(ENOUGH_EXERCISE)
    asked = run.on if run else date.fromisoformat(day) if dated(day) else None
    return asked is not None and talk.voice.today - asked > STILL_ASKED


def _too_late(talk: Talk, score: float) -> None:
    """Nothing is logged for a morning long past; calves that are this sore now are screened."""
    if score >= SCREEN_FROM:
        screen_again(talk, score)
        return
    signs_ = talk.button("signs", "signs", "morning")
    talk.say_words("morning_old", talk.button("my_plan", "my_plan"), signs_)


def _trained_yesterday(talk: Talk) -> list[Exercise]:
    yesterday = talk.voice.today - timedelta(days=1)
    return [
        entry
        for entry in talk.runner.log.of(Exercise)
        if talk.voice.day_of(entry.at) == yesterday and entry.answer != "skipped"
    ]


def note_soreness(talk: Talk, key: str, score: float) -> None:
    """Keep how sore the calves are now."""
    talk.record(Soreness(key, talk.now, "now", score))


def signs(talk: Talk, about: str) -> None:
    """[Swelling or another sign]: which one? A card follows if it is one."""
    run = run_of(talk, about)
    if run is not None:
        talk.record(Note(f"signs-{run.id}", talk.now, "signs", "yes"))
        judge(talk, run.id)
    question = talk.content.question_by_id["today"]
    talk.answer({"sore": True}, "check_in")
    talk.update(open=question.id)
    talk.say(asked(question, talk.standing.facts, talk.voice))


def screen_again(talk: Talk, score: float) -> None:
    """So sore that the warning signs are asked again."""
    talk.answer({"sore": True, "pain_walk": score}, "check_in")
    talk.update(advised="")
    going_on.go_on(talk)


# The light


def judge(talk: Talk, run_id: str) -> Light | None:
    """Work out the light of a run from all that is known, and keep it with the run."""
    run = run_of(talk, run_id)
    if run is None:
        return None
    limped = _noted(talk, run, "limp")
    sore = _score(talk, run, "during")
    steps = _score(talk, run, "first_steps")
    figures = talk.content.coaching
    hard = run.effort is not None and is_hard(round(run.effort), figures.load.effort)
    found = light(
        Check(
            during=None if sore is None else round(sore),
            limp=None if limped is None else limped == "yes",
            sharp=True if _noted(talk, run, "signs") else None,
            morning=None if steps is None else round(steps),
            usual=_usual(talk, run),
            hard_return_run=hard and run.level is not None,
            tissue=_tissue(talk),
        ),
        figures.lights,
    )
    if found != run.light:
        talk.record(msgspec.structs.replace(run, light=found))
    if found == "red":
        check_times.day2(talk, run)
    return found


def say_light(talk: Talk, run_id: str, *, final: bool = False) -> None:
    """Say what a run's light changes: up, the same, or back one level, and the next session."""
    run = run_of(talk, run_id)
    if run is None or run.light is None:
        return
    if not final and run.light == "green":
        talk.say_words("light_so_far", talk.button("my_plan", "my_plan"), kind="light:green")
        return
    today = exercises_today(talk) if final and run.light != "red" else []
    buttons = [*today, talk.button("why_light", "why_light", run.id)]
    buttons.append(talk.button("my_plan", "my_plan"))
    colour = "amber_hard" if run.light == "amber" and _only_hard(talk, run) else run.light
    text = talk.voice.say(f"light_{colour}_{_step(talk, run)}", next=next_words(talk))
    talk.say_text(text, *buttons, kind=f"light:{run.light}")


def _only_hard(talk: Talk, run: Run) -> bool:
    """Whether a run was hard and the calves were calm."""
    scores = (_score(talk, run, "during"), _score(talk, run, "first_steps"))
    return run.effort is not None and all((score or 0) <= coached.SETTLED for score in scores)


def why_light(talk: Talk, run_id: str) -> None:
    """Why a run has its light: what was told, the rule and how strong it is."""
    run = run_of(talk, run_id)
    if run is None or run.light is None:
        talk.say_words("run_is_gone")
        return
    told = []
    for when in ("during", "first_steps"):
        score = _score(talk, run, when)
        if score is not None:
            told.append(talk.voice.say(f"told_{when}", score=round(score)))
    if run.effort is not None:
        told.append(talk.voice.say("told_effort", score=round(run.effort)))
    if _noted(talk, run, "limp"):
        told.append(talk.voice.say(f"told_limp_{_noted(talk, run, 'limp')}"))
    talk.say_words("why_light", told=", ".join(told), rule=talk.voice.say(f"rule_{run.light}"))


def why_last(talk: Talk) -> bool:
    """Answer "why" while nothing is talked about: why the last light; False if there is none."""
    judged = [run for run in runs(talk.runner.log) if run.light]
    if judged:
        why_light(talk, judged[-1].id)
    return bool(judged)


def _step(talk: Talk, run: Run) -> str:
    level = outcome(talk).level
    if run.level is None or level is None or level == run.level:
        return "same"
    return "up" if level > run.level else "back"


def _tissue(talk: Talk) -> Tissue:
    names = set(coached.pathways(talk.runner.log))
    if "strain_suspected" in names:
        return "strain"
    return "tendon" if names & {"tendon_mid", "tendon_insertional"} else "calf"


def _score(talk: Talk, run: Run, when: str) -> float | None:
    scores = [
        entry.score
        for entry in coached.soreness(talk.runner.log)
        if entry.run == run.id and entry.when == when
    ]
    return scores[-1] if scores else None


def _usual(talk: Talk, run: Run) -> int | None:
    """The runner's usual morning before this run; None until there are enough of them."""
    earlier = [
        entry.score
        for entry in coached.soreness(talk.runner.log)
        if entry.when == "first_steps" and entry.at < run.at
    ]
    return round(median(earlier[-5:])) if len(earlier) >= USUAL_FROM else None


def _noted(talk: Talk, run: Run, what: str) -> str | None:
    wanted = f"{what}-{run.id}"
    return next(
        (e.answer for e in talk.runner.log.entries if isinstance(e, Note) and e.id == wanted), None
    )
