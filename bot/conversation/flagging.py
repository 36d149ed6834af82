"""A possible warning sign in a runner's words: asked about before anything else.

Rule: what is clearly said counts at once (see hearing.py); what may be a figure of speech, "couldn't
walk for two days", is asked about; "Not sure" counts as yes (evidence.md 1.2).
"""

import msgspec

from bot.content.condition import Value
from bot.conversation import going_on, token
from bot.conversation.message import Button, message
from bot.conversation.talk import Talk

OPEN = "flag:"


def ask(talk: Talk, fact: str, value: Value, quote: str) -> None:
    """Is that so now? [Yes] [No] [Not sure]."""
    claim = f"{fact}={str(value).lower() if isinstance(value, bool) else value}"
    text = talk.voice.say("flag_check", quote=quote, sign=talk.voice.fact(fact, value))
    _put(talk, fact, claim, text)


def again(talk: Talk) -> bool:
    """Put the open check once more, after what else was said; False if none is open."""
    if not talk.conversation.open.startswith(OPEN):
        return False
    claim = talk.conversation.open.removeprefix(OPEN)
    fact_id, value = _read(talk, claim)
    if fact_id not in talk.content.facts:
        return False
    _put(talk, fact_id, claim, talk.voice.say("flag_again", sign=talk.voice.fact(fact_id, value)))
    return True


def _read(talk: Talk, claim: str) -> tuple[str, Value]:
    """The fact and the value of a claim: "weight_bear=cannot_4_steps"."""
    fact_id, _, text = claim.partition("=")
    fact = talk.content.facts.get(fact_id)
    yes_no = fact is not None and fact.kind in ("yes_no", "set")
    return fact_id, text == "true" if yes_no else text


def _put(talk: Talk, fact: str, claim: str, text: str) -> None:
    talk.update(open=OPEN + claim)
    buttons = [
        Button(talk.voice.say(f"button_flag_{name}"), token.action(f"flag_{name}", claim))
        for name in ("yes", "no", "unsure")
    ]
    talk.say(msgspec.structs.replace(message(text, *buttons), kind=f"flag:{fact}"))


def answered(talk: Talk, which: str, claim: str) -> None:
    """The runner said whether it is so."""
    fact_id, value = _read(talk, claim)
    fact = talk.content.facts.get(fact_id)
    if fact is not None:
        if which == "unsure" and fact.not_sure is not None:
            value = fact.not_sure
        if which == "no":
            value = fact.values[0] if fact.kind == "choice" else False
        talk.update(open="")
        talk.answer({fact_id: value}, "tapped", f"flag-{fact_id}", which)
    going_on.go_on(talk)


def said(talk: Talk, command: str | None) -> bool:
    """Whether plain words (yes, no, not sure) answered an open check."""
    names = {"yes": "yes", "no": "no", "not_sure": "unsure", "none_of_these": "no"}
    if not talk.conversation.open.startswith(OPEN) or command not in names:
        return False
    answered(talk, names[command], talk.conversation.open.removeprefix(OPEN))
    return True
