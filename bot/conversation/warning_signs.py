"""Warning signs in a runner's words: they come first, whatever is going on.

Rule: a clear sign counts at once and is shown in the same message. Signs that are only possible count
at once where together they would be an emergency, and are asked about otherwise (flagging.py).
"""

from collections.abc import Mapping

from bot.content.condition import Value
from bot.conversation import flagging, going_on, told
from bot.conversation.cards import URGENT
from bot.conversation.derive import derive_facts
from bot.conversation.readback import listed
from bot.conversation.state import Pending
from bot.conversation.talk import Talk
from bot.understanding.reading import Reading, Understood

OF_A_RUN = frozenset({"run_distance_m", "run_duration_s", "run_date", "run_effort"})


def heard(talk: Talk, understood: Understood, *, first_time: bool) -> bool:
    """Whether the message held a warning sign; if so, it has been dealt with."""
    signs = [reading for reading in understood.readings if _is_flag(talk, reading)]
    flags = {sign.fact: sign.value for sign in signs if sign.certainty != "possible"}
    flags |= _urgent_together(talk, told.volunteered(talk, understood))
    flags |= _emergency_together(talk, {sign.fact: sign.value for sign in signs})
    new = {name: value for name, value in flags.items() if talk.standing.facts.get(name) != value}
    if not new:
        return _possible_flag(talk, signs, understood, first_time=first_time)
    facts = {**told.volunteered(talk, understood), **flags}
    pending = talk.conversation.pending
    if pending:
        facts = {**pending.facts, **facts}
    _keep_run(talk, facts)
    words = " … ".join(reading.quote for reading in understood.readings if reading.fact in flags)
    talk.answer(facts, "said", words=words)
    if first_time and talk.standing.level not in ("emergency", "same_day"):
        talk.say_words("introduction")
    if talk.standing.level != "emergency":
        talk.say_words("read_flag", facts=listed(facts, talk.voice))
    going_on.go_on(talk)
    return True


def _keep_run(talk: Talk, facts: Mapping[str, Value]) -> None:
    """A run told with a sign waits behind it: it is read back, and logged, once the signs are through."""
    told_run = {name: value for name, value in facts.items() if name in OF_A_RUN}
    if not told_run.keys() & {"run_distance_m", "run_duration_s"}:
        talk.update(pending=None)
        return
    told_run.setdefault("run_date", talk.voice.today.isoformat())
    old = talk.conversation.pending or Pending({})
    talk.update(pending=Pending(told_run, old.words, talk.now, waits=True, file=old.file))


def _urgent_together(talk: Talk, told: Mapping[str, Value]) -> dict[str, Value]:
    """All that was told, if together with what is known it needs help today."""
    pending = talk.conversation.pending
    facts = {**talk.standing.known.facts, **(pending.facts if pending else {}), **told}
    before = talk.standing.triage.held
    if not told or (before and before[0].level in URGENT):
        return {}
    held = derive_facts(talk.content, dict(facts)).triage.held
    return dict(told) if held and held[0].level in URGENT else {}


def _emergency_together(talk: Talk, told: Mapping[str, Value]) -> dict[str, Value]:
    """All signs, even only possible ones, if together they would be an emergency."""
    facts = {**talk.standing.known.facts, "sore": True, **told}
    held = derive_facts(talk.content, dict(facts)).triage.held if told else ()
    return dict(told) if held and held[0].level == "emergency" else {}


def _possible_flag(
    talk: Talk, signs: list[Reading], understood: Understood, *, first_time: bool
) -> bool:
    facts = talk.standing.facts
    sign = next((sign for sign in signs if sign.fact not in facts), None)
    if sign is None:
        return False
    rest = told.volunteered(talk, understood)
    if rest:
        told.pend(talk, rest, understood)
    if first_time:
        talk.say_words("introduction")
    flagging.ask(talk, sign.fact, sign.value, sign.quote)
    return True


def _is_flag(talk: Talk, reading: Reading) -> bool:
    return (
        reading.standing == "now"
        and reading.fact in talk.content.flags
        and reading.value not in (False, "none", "normal", "easy")
        and told.fitting(talk, reading.fact, reading.value)
    )
