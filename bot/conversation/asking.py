"""Turns a question of the content into a message with buttons.

Rule: every button is a statement that names its question and option, so it means the same for ever.
A multiple choice shows what is chosen with a tick in words, and its button then states the opposite.
"""

from collections.abc import Mapping

import msgspec

from bot.content.condition import Value
from bot.content.questions import Option, Question
from bot.conversation import token
from bot.conversation.message import Button, Message, message
from bot.conversation.speaking import Voice

NOT = "-"
"""Before an option of a multiple choice: not this one."""
NUMBERS = frozenset({"number", "distance", "duration"})


def asked(
    question: Question, facts: Mapping[str, Value], voice: Voice, *, again: bool = False
) -> Message:
    """The message that puts a question. `again` puts it in other words."""
    text = voice.fill(question.rephrase if again and question.rephrase else question.ask)
    lines = [voice.fill(option.line) for option in question.options if option.line]
    if lines:
        text += "\n\n" + "\n".join(f"• {line}" for line in lines)
    buttons = tuple(_button(question, option, facts, voice) for option in question.options)
    expects = "number" if question.kind in NUMBERS and question.number else ""
    return msgspec.structs.replace(
        message(text, *buttons), kind=f"question:{question.id}", expects=expects
    )


def _button(question: Question, option: Option, facts: Mapping[str, Value], voice: Voice) -> Button:
    label = voice.fill(option.label)
    if question.kind == "multi" and _chosen(option, facts):
        return Button(f"✓ {label}", token.answer(question.id, NOT + option.id))
    return Button(label, token.answer(question.id, option.id))


def _chosen(option: Option, facts: Mapping[str, Value]) -> bool:
    return bool(option.set) and all(
        value is True and facts.get(name) is True for name, value in option.set.items()
    )


def stated(
    question: Question, option_id: str, facts: Mapping[str, Value]
) -> dict[str, Value] | None:
    """The facts an option states; None if the question has no such option (any more)."""
    negated = option_id.startswith(NOT)
    option = question.option(option_id.removeprefix(NOT))
    if option is None:
        return None
    if negated:
        return dict.fromkeys(option.set, False)
    if question.kind != "multi":
        return dict(option.set)
    return {
        name: value
        for name, value in option.set.items()
        if not (value is False and facts.get(name) is True)
    }
