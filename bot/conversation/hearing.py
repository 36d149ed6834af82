"""Hearing: what to do with words the runner typed.

Order: a red flag first, whatever is going on; then a word to the program (back, why, help ...); then
the answer to the open question; then whatever else was volunteered, read back before it is used;
then chit-chat; and last, not understood: once in other words, after that buttons that finish the job.
"""

from collections.abc import Iterable, Mapping

from bot.content.condition import Value
from bot.content.facts import fits
from bot.content.load import Content
from bot.content.questions import Question
from bot.conversation import (
    actions,
    advice,
    coached,
    exercising,
    flagging,
    follow_up,
    going_on,
    linking,
    prompts,
    repair,
    returning,
)
from bot.conversation.asking import stated
from bot.conversation.cards import URGENT
from bot.conversation.derive import derive_facts
from bot.conversation.readback import listed
from bot.conversation.state import Pending
from bot.conversation.talk import Talk
from bot.understanding.lexicon import Lexicon, load_lexicon
from bot.understanding.read import read
from bot.understanding.reading import OpenQuestion, Reading, Understood

LONGEST_READ = 4000
"""Characters of one message that are read; more than any platform sends in one go."""
_KINDS = {
    "choice": "choice", "screen": "choice", "multi": "many", "number": "number",
    "distance": "distance", "duration": "duration", "text": "text",
}  # fmt: skip


def heard(talk: Talk, text: str) -> None:
    """The runner typed something."""
    text = text.strip()
    if len(text) > LONGEST_READ:
        talk.say_words("too_long")
        text = text[:LONGEST_READ]
    label = _button_named(talk, text)
    if label:
        actions.tapped(talk, label)
        return
    if returning.heard(talk, text) or linking.heard(talk, text):
        return
    understood = read(
        text,
        lexicon(talk.content),
        today=talk.voice.today,
        lang=None,
        open_fact=_open(talk),
    )
    first_time = not talk.conversation.introduced
    if first_time:
        talk.update(introduced=True)
    _hear(talk, text, understood, first_time=first_time)


def lexicon(content: Content) -> Lexicon:
    """The words of runners, compiled once for this content."""
    if "lexicon" not in content.memo:
        content.memo["lexicon"] = load_lexicon(content.folder / "lexicon")
    found: Lexicon = content.memo["lexicon"]
    return found


def _hear(talk: Talk, text: str, understood: Understood, *, first_time: bool) -> None:
    if flagging.said(talk, understood.command) or _red_flag(
        talk, understood, first_time=first_time
    ):
        return
    token = follow_up.chosen(talk, text, understood)
    if token:
        actions.tapped(talk, token)
        return
    if follow_up.heard(talk, text, understood):
        return
    command = understood.command
    if command is None and text.casefold().startswith("why") and talk.conversation.open:
        command = "why"
    if command and _command(talk, command, first_time=first_time):
        return
    if _answer(talk, understood):
        return
    facts = _volunteered(talk, understood)
    if understood.asks:
        talk.update(asks=tuple(dict.fromkeys(ask.kind for ask in understood.asks)))
    if facts:
        if first_time:
            talk.say_words("introduction")
        _pend(talk, facts, understood)
        going_on.go_on(talk)
        return
    _otherwise(talk, text, understood, first_time=first_time)


# A red flag


def _red_flag(talk: Talk, understood: Understood, *, first_time: bool) -> bool:
    signs = [reading for reading in understood.readings if _is_flag(talk, reading)]
    flags = {sign.fact: sign.value for sign in signs if sign.certainty != "possible"}
    flags |= _urgent_together(talk, _volunteered(talk, understood))
    flags |= _emergency_together(talk, {sign.fact: sign.value for sign in signs})
    new = {name: value for name, value in flags.items() if talk.standing.facts.get(name) != value}
    if not new:
        return _possible_flag(talk, signs, understood, first_time=first_time)
    facts = {**_volunteered(talk, understood), **flags}
    pending = talk.conversation.pending
    if pending:
        facts = {**pending.facts, **facts}
        talk.update(pending=None)
    words = " … ".join(reading.quote for reading in understood.readings if reading.fact in flags)
    talk.answer(facts, "said", words=words)
    if first_time and talk.standing.level not in ("emergency", "same_day"):
        talk.say_words("introduction")
    if talk.standing.level != "emergency":
        talk.say_words("read_flag", facts=listed(facts, talk.voice))
    going_on.go_on(talk)
    return True


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
    rest = _volunteered(talk, understood)
    if rest:
        _pend(talk, rest, understood)
    if first_time:
        talk.say_words("introduction")
    flagging.ask(talk, sign.fact, sign.value, sign.quote)
    return True


def _is_flag(talk: Talk, reading: Reading) -> bool:
    return (
        reading.standing == "now"
        and reading.fact in talk.content.flags
        and reading.value not in (False, "none", "normal", "easy")
        and _fits(talk, reading.fact, reading.value)
    )


# A word to the program


def _command(talk: Talk, command: str, *, first_time: bool) -> bool:
    name, _, argument = command.partition(":")
    if name in ("yes", "no", "not_sure", "none_of_these"):
        return False
    if name == "start" or (first_time and name in ("menu", "help")):
        repair.welcome(talk)
        return True
    deed = actions.ACTIONS.get(name)
    if deed is None:
        return False
    deed(talk, argument)
    return True


# The open question


def _open(talk: Talk) -> OpenQuestion | None:
    if talk.conversation.pending is not None:
        return OpenQuestion(
            (),
            "choice",
            (("right", "Right", ("yes", "correct", "ok")), ("fix", "Fix", ("no", "wrong"))),
        )
    question = _open_question(talk)
    if question is None:
        return prompts.open_question(talk)
    options = tuple(
        (option.id, option.label, (*option.also, option.line)) for option in question.options
    )
    facts = (question.number,) if question.number else question.settles
    return OpenQuestion(facts, _KINDS[question.kind], options)


def _open_question(talk: Talk) -> Question | None:
    return talk.content.question_by_id.get(talk.conversation.open)


def _answer(talk: Talk, understood: Understood) -> bool:
    if talk.conversation.pending is not None:
        return _answer_read_back(talk, understood)
    question = _open_question(talk)
    if question is None:
        return False
    if question.number:
        reading = understood.of(question.number)
        if reading is not None and _fits(talk, question.number, reading.value):
            facts = {**_volunteered(talk, understood), question.number: reading.value}
            talk.answer(facts, "said", question.id, words=reading.quote)
            going_on.go_on(talk)
            return True
    if understood.option is not None and question.option(understood.option):
        extra = {
            name: value
            for name, value in _volunteered(talk, understood).items()
            if name not in question.settles
        }
        if question.kind == "multi":
            for option in understood.options[:-1]:
                actions.chosen(talk, question, option)
            actions.answered(talk, question.id, understood.options[-1])
        elif extra:
            _both(talk, question, understood, extra)
        else:
            actions.answered(talk, question.id, understood.option)
        return True
    told = {
        name: value
        for name, value in _volunteered(talk, understood).items()
        if name in question.settles
    }
    if told and set(told) == set(_volunteered(talk, understood)):
        talk.answer(told, "said", question.id, words=" ".join(r.quote for r in understood.readings))
        going_on.go_on(talk)
        return True
    return False


def _both(
    talk: Talk, question: Question, understood: Understood, extra: Mapping[str, Value]
) -> None:
    option = understood.option or ""
    talk.answer(stated(question, option, talk.standing.facts) or {}, "said", question.id, option)
    _pend(talk, extra, understood)
    going_on.go_on(talk)


def _answer_read_back(talk: Talk, understood: Understood) -> bool:
    if understood.option == "right" or understood.command == "yes":
        repair.right(talk, "")
        return True
    if understood.option == "fix" or understood.command == "no":
        if _volunteered(talk, understood):
            return False
        repair.fix(talk, "")
        return True
    return False


# What was volunteered


def _volunteered(talk: Talk, understood: Understood) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for reading in (*understood.denied, *understood.readings):
        current = reading.standing == "now" and reading.certainty != "possible"
        value = _value(talk, reading)
        if (current or reading in understood.denied) and _fits(talk, reading.fact, value):
            found[reading.fact] = value
    known = talk.standing
    return {
        name: value
        for name, value in found.items()
        if name not in known.known.origin or known.facts[name] != value
    }


def _value(talk: Talk, reading: Reading) -> Value:
    """What was read; a sign that was denied is the calm value of a choice ("no swelling": none)."""
    fact = talk.content.facts.get(reading.fact)
    if fact is not None and fact.kind == "choice" and reading.value is False:
        return fact.values[0]
    return reading.value


def _fits(talk: Talk, name: str, value: Value) -> bool:
    fact = talk.content.facts.get(name)
    if fact is None or value == "other":
        return False
    if fact.kind == "set":
        return isinstance(value, bool)
    return fits(fact, value)


def _pend(talk: Talk, facts: Mapping[str, Value], understood: Understood) -> None:
    old = talk.conversation.pending
    words = {reading.fact: reading.quote for reading in understood.readings}
    merged = {**(old.facts if old else {}), **facts}
    if "run_date" not in merged and merged.keys() & {"run_distance_m", "run_duration_s"}:
        merged["run_date"] = talk.voice.today.isoformat()
    talk.update(
        pending=Pending(merged, {**(old.words if old else {}), **words}, talk.now), misses=0
    )


# Nothing of the above


def _otherwise(talk: Talk, text: str, understood: Understood, *, first_time: bool) -> None:
    if repair.silent_for_long(talk):
        repair.resume(talk)
        return
    topic = next((topic for topic in talk.content.topics if topic.named_in(text)), None)
    if topic is not None:
        talk.say(exercising.about(talk, topic))
        if talk.standing.locked:
            going_on.go_on(talk)
        return
    if first_time and understood.chit_chat in (None, "greeting"):
        repair.welcome(talk)
        return
    if understood.chit_chat:
        talk.say_words(f"chit_chat_{understood.chit_chat}")
        if talk.conversation.open or talk.conversation.pending:
            going_on.go_on(talk)
        return
    if understood.asks:
        _asked_something(talk, (ask.kind for ask in understood.asks))
        return
    _not_understood(talk, text)


def _asked_something(talk: Talk, kinds: Iterable[str]) -> None:
    if talk.standing.settled and not talk.standing.locked and talk.conversation.advised:
        reply = advice.replies(talk, kinds)
        if reply:
            talk.update(asks=())
            talk.say(advice.short(talk, reply))
            return
        talk.update(advised="")
    going_on.go_on(talk)


def _not_understood(talk: Talk, text: str) -> None:
    misses = talk.conversation.misses + 1
    talk.update(misses=misses)
    if not any(character.isalnum() for character in text):
        talk.say_words("nothing_to_read")
    elif talk.standing.locked:
        talk.say_words("locked_for_now")
    elif misses == 1:
        talk.say_words("not_understood")
    else:
        talk.say_words("use_the_buttons", *talk.buttons(["menu", "start_again"]))
    if talk.conversation.pending or talk.standing.locked or coached.resting(talk):
        going_on.go_on(talk)
    elif talk.standing.next is not None:
        going_on.ask(talk, again=misses == 1)
    elif misses > 1:
        repair.menu(talk, "")


def _button_named(talk: Talk, text: str) -> str:
    wanted = text.casefold().strip(" .!")
    for button in talk.conversation.recent:
        if wanted and wanted == button.label.casefold().strip(" .!?"):
            return button.token
    return ""
