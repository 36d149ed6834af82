"""Care cards: what a runner sees when they need help before any coaching.

Rules (evidence.md 1.5): an emergency card stands alone; a same-day card carries no exercise, plan,
stretch or roller tip; coaching stays locked until the runner says they were checked.
"""

import msgspec

from bot.content.flows import Card
from bot.content.tables import Rule
from bot.conversation import token
from bot.conversation.derive import Standing
from bot.conversation.message import Button, Message, message
from bot.conversation.speaking import Voice

URGENT = frozenset({"emergency", "same_day"})


def card_of(standing: Standing, voice: Voice) -> tuple[Rule, Card]:
    """The rule that decides and its card."""
    rule = next(rule for rule in standing.deciding if rule.card)
    return rule, voice.content.cards[rule.card]


def care_card(standing: Standing, voice: Voice) -> Message:
    """The card of the most serious rule that holds, with what the runner can do from there."""
    _, card = card_of(standing, voice)
    lines = [voice.fill(line) for line in card.lines]
    if card.level == "emergency":
        text = "\n".join((voice.fill(card.heading), *lines))
    else:
        text = f"{voice.fill(card.heading)}\n\n" + "\n".join(lines)
    if card.safety_net:
        text += f"\n\n{voice.say('safety_net')}"
    if card.may_walk:
        text += f"\n\n{voice.say('walk_or_cycle')}"
    urgent = card.level in URGENT
    return msgspec.structs.replace(
        message(text, *_buttons(card)), kind=f"card:{card.id}", urgent=urgent
    )


def _buttons(card: Card) -> tuple[Button, ...]:
    checked = Button("I have been checked", token.action("checked"))
    wrong = Button("That is not right", token.action("fix"))
    why = Button("Why?", token.action("why"))
    if card.level == "emergency":
        return (checked, wrong)
    return (checked, why, wrong)
