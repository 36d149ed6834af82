"""Advice: the one message a runner came for.

Order (evidence.md 2.3 rule 10, 8.1): what they asked; the most likely cause, at most two; one action
for today; the first session and its earliest day; exercises on which days; what would change it; the
safety net. One screen.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from bot.content.flows import Flow
from bot.conversation import token
from bot.conversation.exercising import chosen_when_calm
from bot.conversation.follow_through import coached
from bot.conversation.follow_through.plan_card import plan_days
from bot.conversation.message import Button, Message, message
from bot.conversation.outcome import outcome
from bot.conversation.prescription import Prescription
from bot.conversation.sessions import session_words
from bot.conversation.speaking import Voice, span_of_days
from bot.conversation.talk import Talk

SHOWN_CAUSES = 2
MOVED_BY_HISTORY = ("1_to_3_months", "3_to_6_months")
"""Breaks after which what was run before still counts (evidence.md 4.1)."""


def advised(talk: Talk) -> Message:
    """The full advice."""
    found = outcome(talk)
    flows = [
        talk.content.flows[name] for name in talk.standing.pathways if name in talk.content.flows
    ]
    parts = [
        replies(talk, talk.conversation.asks),
        _causes(talk, flows),
        _spike(talk),
        _today(talk.voice, found, flows),
        _first_run(talk.voice, found, sore=talk.standing.facts.get("sore") is True),
        _then(talk.voice, flows),
        _exercises(talk, found),
        _changes(talk.voice, found, flows),
        talk.voice.say("safety_net") if talk.standing.facts.get("sore") else "",
    ]
    talk.update(asks=())
    text = "\n\n".join(part for part in parts if part)
    return msgspec.structs.replace(message(text, *_buttons(talk, found)), kind="advice")


def short(talk: Talk, text: str) -> Message:
    """A few words with the same buttons as the advice."""
    return message(text, *_buttons(talk, outcome(talk)))


def replies(talk: Talk, asks: Iterable[str]) -> str:
    """The short answers to what the runner asked; "" where only the whole advice answers it."""
    found = outcome(talk)
    lines = []
    for ask in asks:
        words = f"reply_{ask}_{found.verdict}"
        words = words if words in talk.content.words else f"reply_{ask}"
        if words in talk.content.words:
            lines.append(talk.voice.say(words, day=_day(talk.voice, found.earliest)))
    return " ".join(lines)


def _causes(talk: Talk, flows: list[Flow]) -> str:
    voice = talk.voice
    if not flows:
        return voice.say("no_cause")
    sore = talk.standing.facts.get("sore") is True
    headline = flows[0].headline if sore else flows[0].calm_headline or flows[0].headline
    lines = [headline, *flows[0].because]
    if talk.standing.facts.get("never_ran") is True and flows[0].pathway == "long_break":
        lines = [voice.say("new_runner")]
    if len(flows) >= SHOWN_CAUSES:
        lines.append(voice.say("also_cause", cause=flows[1].label, because=flows[1].because[0]))
    gap = talk.standing.facts.get("break_days")
    time_off = span_of_days(gap) if isinstance(gap, (int, float)) else voice.say("some_time")
    return voice.fill("\n".join(lines), time_off=time_off)


def _spike(talk: Talk) -> str:
    """Names the number where a run was too long for the month before it (evidence.md 2.2)."""
    facts, say = talk.standing.facts, talk.voice.say
    run, longest = facts.get("run_distance_m"), facts.get("longest_30d_m")
    if "overload" not in talk.standing.pathways:
        return ""
    if not isinstance(run, (int, float)) or not isinstance(longest, (int, float)) or run <= longest:
        return ""
    distance = talk.voice.distance
    return say("spike_named", run=distance(run), longest=distance(longest))


def _today(voice: Voice, found: Prescription, flows: list[Flow]) -> str:
    muscle = not flows or voice.content.pathways[flows[0].pathway].kind == "coaching"
    if found.verdict == "wait" and muscle:
        soon = found.earliest is not None and found.earliest <= voice.today + timedelta(days=1)
        return voice.say("today_sore_go" if soon else "today_wait")
    if found.verdict == "go" and found.earliest == voice.today and muscle and _is_doms(flows):
        return voice.say("today_sore_go")
    lines = [line for flow in flows for line in flow.today[:1]]
    return voice.fill(lines[0]) if lines else voice.say(f"today_{found.verdict}")


def _is_doms(flows: list[Flow]) -> bool:
    """Sore from a run before, and calm enough to run: its own first line says not to run yet."""
    return bool(flows) and flows[0].pathway == "doms"


def _first_run(voice: Voice, found: Prescription, *, sore: bool) -> str:
    if found.session is not None and found.session.run_s == 0:
        words = "first_walk"
        what = session_words(found.session)
    elif found.session is not None:
        words, what = "first_run", session_words(found.session)
    else:
        words, what = (
            "first_run",
            voice.say("easy_distance", distance=voice.distance(found.cap_m or 0)),
        )
    if sore and found.stairs_at_most is not None:
        condition = voice.say("only_if_stairs", score=found.stairs_at_most)
    else:
        condition = ""
    text = voice.say(words, day=_day(voice, found.earliest), what=what, condition=condition)
    if found.start.walk_week_first:
        text += " " + voice.say("walk_week_first")
    return text


def _then(voice: Voice, flows: list[Flow]) -> str:
    return voice.fill(flows[0].then[0]) if flows and flows[0].then else ""


def _exercises(talk: Talk, found: Prescription) -> str:
    picked = chosen_when_calm(talk, found)
    if not picked:
        return ""
    heading = "exercises_later" if found.verdict == "wait" else "exercises_heading"
    lines = [talk.voice.say(heading, days=picked[0][0].days.words)]
    lines += [f"• {exercise.name}: {dose.words}" for exercise, dose in picked]
    return "\n".join(lines)


def _changes(voice: Voice, found: Prescription, flows: list[Flow]) -> str:
    lines = list(dict.fromkeys(line for flow in flows[:1] for line in flow.changes[:2]))
    if found.start.row in MOVED_BY_HISTORY:
        lines.insert(0, voice.say("start_moves"))
    return voice.say("would_change", changes=voice.fill(" ".join(lines))) if lines else ""


def _day(voice: Voice, day: date | None) -> str:
    return voice.day(day) if day else voice.say("not_yet")


def _buttons(talk: Talk, found: Prescription) -> tuple[Button, ...]:
    agreed = coached.agreed(talk.runner)
    if not agreed and talk.standing.facts.get("wants_plan") is True and plan_days(talk):
        return talk.buttons(["plan_good", "change_days", "exercises", "why"])
    buttons = list(talk.buttons(["why", "my_plan" if agreed else "plan", "exercises"]))
    if found.earliest is not None and found.earliest > talk.voice.today:
        buttons.insert(2, talk.button("remind", "remind"))
    if talk.standing.facts.get("sore"):
        label = talk.voice.say("button_something_else")
        buttons.append(Button(label, token.action("something_else")))
    return tuple(buttons)
