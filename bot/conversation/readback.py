"""Read-back: what was read from a runner's words, shown before it is used.

Rule: nothing read from prose counts as said until the runner tapped [Right], with one exception that
leans to safety: a red flag counts at once, and is shown in the same message.
"""

from collections.abc import Iterable, Mapping

import msgspec

from bot.content.condition import Value
from bot.conversation import token
from bot.conversation.message import Button, Message, message
from bot.conversation.runs import file_words
from bot.conversation.speaking import Voice
from bot.conversation.state import Pending

ORDER = (
    "run_distance_m", "run_duration_s", "run_date", "run_effort", "break_days", "never_ran",
    "break_reason", "location", "side", "sore", "pain_now", "pain_walk", "days_since",
)  # fmt: skip
HIDDEN = frozenset({"trigger_72h", "nothing_new", "running_regularly"})
SEPARATOR = " · "


def read_back(pending: Pending, voice: Voice) -> Message:
    """The line "I read: 4 miles · yesterday · about 6 months off · both calves sore" [Right] [Fix]."""
    text = voice.say("read_back", facts=SEPARATOR.join(dict.fromkeys(_waiting(pending, voice))))
    if pending.file is not None:
        text = f"{text} {file_words.notes(pending.file, voice)}".strip()
    buttons = (
        Button(voice.say("button_right"), token.action("right")),
        Button(voice.say("button_fix"), token.action("fix")),
    )
    return msgspec.structs.replace(message(text, *buttons), kind="read_back")


def _waiting(pending: Pending, voice: Voice) -> Iterable[str]:
    """What waits, in a few words each; with the clock and the climb of a run from a file."""
    file = pending.file
    if file is None:
        yield from _phrases(pending.facts, voice)
        return
    of_run = {name: value for name, value in pending.facts.items() if name.startswith("run_")}
    rest = {name: value for name, value in pending.facts.items() if name not in of_run}
    said = SEPARATOR.join(_phrases(of_run, voice))
    yield f"{said} {file_words.clock(file)}".strip()
    yield from filter(None, [file_words.climb(file, voice)])
    yield from _phrases(rest, voice)


def listed(facts: Mapping[str, Value], voice: Voice) -> str:
    """The facts in a few words each, the run first, a sore place as one phrase."""
    return SEPARATOR.join(dict.fromkeys(_phrases(facts, voice)))


def which_is_wrong(facts: Iterable[str], voice: Voice) -> Message:
    """Which of these is not right? One button each."""
    buttons = [Button(_label(voice, name), token.action("change", name)) for name in ordered(facts)]
    buttons.append(Button(voice.say("button_start_again"), token.action("start_again")))
    return msgspec.structs.replace(message(voice.say("which_is_wrong"), *buttons), kind="fix")


def ordered(facts: Iterable[str]) -> list[str]:
    """Fact ids in the order people tell them."""
    names = [name for name in facts if name not in HIDDEN]
    return sorted(
        names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name)
    )


def _label(voice: Voice, name: str) -> str:
    fact = voice.content.facts[name]
    member = name.partition(".")[2]
    return (fact.read.get(member, member) if member else fact.label).replace("_", " ")


def _phrases(facts: Mapping[str, Value], voice: Voice) -> Iterable[str]:
    place = _sore_place(facts, voice)
    for name in ordered(facts):
        if name == "break_days" and facts.get("never_ran") is True:
            continue
        if place and name in ("location", "side", "sore"):
            yield place
            continue
        phrase = voice.fact(name, facts[name])
        if phrase:
            yield phrase


def _sore_place(facts: Mapping[str, Value], voice: Voice) -> str:
    if facts.get("sore") is not True or "location" not in facts:
        return ""
    side, location = str(facts.get("side", "")), str(facts["location"])
    part = voice.content.words.get(f"place_{location}", location.replace("_", " "))
    many = voice.content.words.get(f"places_{location}", part)
    if side == "both":
        return f"both {many} sore"
    if side in ("left", "right"):
        return f"{side} {part} sore"
    return f"{part} sore" if side == "one" else f"{many} sore"
