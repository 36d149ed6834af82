"""What an edited content folder would change for the conversations there are.

Rule: both contents are asked the same thing of the same answers at the same moment; only differences
are told, without what anybody said.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.content.load import Content
from bot.conversation.state import Conversation, Runner
from bot.conversation.view import state_of

WATCHED = ("triage", "pathways", "card", "plan", "exercises", "next")


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different for one conversation: name, before, after."""

    conversation: int
    what: str
    before: str
    after: str


def changes(
    before: Content,
    after: Content,
    conversations: Iterable[tuple[int, Conversation, Runner]],
    now: datetime,
) -> tuple[int, list[Change]]:
    """How many conversations were looked at, and every difference."""
    found: list[Change] = []
    count = 0
    for number, conversation, runner in conversations:
        count += 1
        old = state_of(before, conversation, runner, now)
        new = state_of(after, conversation, runner, now)
        found += [
            Change(number, what, _short(old[what]), _short(new[what]))
            for what in WATCHED
            if old[what] != new[what]
        ]
        lost = sorted(set(old["facts"]) - set(new["facts"]))
        if lost:
            found.append(Change(number, "facts no longer known", ", ".join(lost), ""))
    return count, found


def _short(value: object) -> str:
    if isinstance(value, dict):
        return str(value.get("id") or value.get("verdict") or value)
    if isinstance(value, list):
        return (
            ", ".join(str(item["id"] if isinstance(item, dict) else item) for item in value)
            or "none"
        )
    return str(value)
