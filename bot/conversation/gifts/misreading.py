"""Misreading: noticing that a sentence was read wrongly, and offering once that it may be given.

Rule: the sentence is held only while its read-back waits and while the offer stands. The turn after
the offer lets it go, unless the runner asked to see it.
"""

from collections.abc import Mapping, Sequence

import msgspec

from bot.content.condition import Value
from bot.conversation.gifts.masking import masked
from bot.conversation.message import Words
from bot.conversation.readback import HIDDEN
from bot.conversation.state import Misread, Pending
from bot.conversation.talk import Talk
from bot.conversation.turn import Say
from bot.understanding.reading import Understood

LONGEST = 1000
"""Characters of a sentence that can be given."""


def sentence_of(understood: Understood) -> str:
    """The words of this message, masked; "" if they are too long to be given."""
    if understood.analysis is None:
        return ""
    text = understood.analysis.text
    if len(text.raw) > LONGEST:
        return ""
    sentence = masked(text.raw.strip(), text.language.known)
    return sentence if len(sentence) <= LONGEST else ""


def sentence_after(talk: Talk, old: Pending, facts: Mapping[str, Value], more: str) -> str:
    """What was read, now that `more` was said while `old` waited: a correction, or more of it."""
    if not old.sentence:
        return ""
    wrong = [name for name in facts if name in old.facts and old.facts[name] != facts[name]]
    noticed(talk, old, wrong)
    held = talk.conversation.misread
    if held is not None and held.sentence == old.sentence:
        return old.sentence
    both = f"{old.sentence}\n{more}" if more else ""
    return both if len(both) <= LONGEST else ""


def noticed(talk: Talk, pending: Pending, wrong: Sequence[str]) -> None:
    """The runner did not accept these readings of what waits to be read back."""
    if not wrong or not pending.sentence:
        return
    held = talk.conversation.misread
    if held is not None and held.sentence == pending.sentence:
        names = tuple(dict.fromkeys((*held.wrong, *wrong)))
        talk.update(misread=msgspec.structs.replace(held, wrong=names))
        return
    read = {name: value for name, value in pending.facts.items() if _of_sentence(pending, name)}
    talk.update(
        misread=Misread(
            pending.sentence, pending.language, read, tuple(wrong), talk.now, talk.conversation.open
        )
    )


def _of_sentence(pending: Pending, name: str) -> bool:
    """A run without a day counts as today's: that was not read, so it is no part of the reading."""
    return name not in HIDDEN and (name != "run_date" or name in pending.words)


def asked(talk: Talk) -> None:
    """What was misread is now asked for: the sentence waits as long as that question is open."""
    held = talk.conversation.misread
    if held is not None and not held.corrected:
        talk.update(misread=msgspec.structs.replace(held, open=talk.conversation.open))


def offer(talk: Talk) -> None:
    """Once it is known what the reading was put right to: a line and a button, once."""
    held = talk.conversation.misread
    if held is None or held.mark:
        return
    corrected = _corrected(talk, held)
    if not corrected or not _add(talk, mark := str(talk.conversation.turns)):
        return
    talk.update(misread=msgspec.structs.replace(held, corrected=corrected, mark=mark))


def _corrected(talk: Talk, held: Misread) -> dict[str, Value]:
    known, pending = talk.standing.known, talk.conversation.pending
    waiting: Mapping[str, Value] = pending.facts if pending else {}
    found: dict[str, Value] = {}
    for name in held.wrong:
        if name in waiting:
            found[name] = waiting[name]
        elif name in known.origin and known.origin[name].at >= held.at:
            found[name] = known.facts[name]
    return {
        name: value
        for name, value in found.items()
        if name not in held.read or held.read[name] != value
    }


def _add(talk: Talk, mark: str) -> bool:
    """Put the offer under what was just said."""
    if not talk.effects or not isinstance(said := talk.effects[-1], Say):
        return False
    button = talk.button("give", "give", mark)
    line = Words(f"\n\n{talk.voice.say('give_offer')}")
    words = said.message
    words = msgspec.structs.replace(
        words, parts=(*words.parts, line), buttons=(*words.buttons, button)
    )
    talk.effects[-1] = msgspec.structs.replace(said, message=words)
    talk.update(recent=words.buttons)
    return True


def tidy(talk: Talk, before: Misread | None) -> None:
    """At the end of a turn: a sentence that nothing was done about is let go."""
    held = talk.conversation.misread
    if held is None or held is not before:
        return
    if held.mark or talk.standing.locked or talk.conversation.open != held.open:
        let_go(talk)


def let_go(talk: Talk) -> None:
    """Keep the sentence no longer, nor the copy in the read-back that still waits."""
    pending = talk.conversation.pending
    left = msgspec.structs.replace(pending, sentence="") if pending else None
    talk.update(misread=None, pending=left)
