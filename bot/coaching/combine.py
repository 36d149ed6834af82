"""How several causes are taken together.

Rules (evidence.md 2.3): safety first; a fixed order of causes; the smallest cap counts; penalties
add, 3 levels at most (start.py); one new thing at a time, 2 weeks apart, 4 after a change of
style [D]; after a big run with hills or speed cut intensity first, then distance, then days; with
more than 2 causes the top 2 are shown and one action.
"""

from collections.abc import Collection
from typing import Literal

from bot.content.coaching.comeback import Combine

NewThing = Literal["technique", "other"]


def coaching_suspended(triage: str, rules: Collection[str], combine: Combine) -> bool:
    """Whether safety suspends every branch of coaching (2.3 rule 1)."""
    return triage in {"emergency", "same_day"} or not set(rules).isdisjoint(combine.suspend_rules)


def in_order(pathways: Collection[str], combine: Combine) -> tuple[str, ...]:
    """The causes in the order in which they are applied; others last, by name (2.3 rule 2)."""
    order = {name: place for place, name in enumerate(combine.order)}
    return tuple(sorted(pathways, key=lambda name: (order.get(name, len(order)), name)))


def top_causes(pathways: Collection[str], combine: Combine) -> tuple[str, ...]:
    """The causes a message shows: 2 at most (2.3 rule 10)."""
    return in_order(pathways, combine)[: combine.causes_shown]


def smallest(*caps: float | None) -> float | None:
    """The smallest of the caps that are known; None if none is (2.3 rule 3)."""
    return min((cap for cap in caps if cap is not None), default=None)


def cut_first(pathways: Collection[str], combine: Combine) -> tuple[str, ...]:
    """What to cut, in order, after a big run with hills or speed; empty otherwise (2.3 rule 6)."""
    return combine.cut_order if {"overload", "hills_speed"} <= set(pathways) else ()


def days_to_next_new(days_since_last: int, last: NewThing, combine: Combine) -> int:
    """Days until the next new thing may begin; 0 is today (2.3 rule 4 [D])."""
    wait = {
        "technique": combine.between_new_technique_days,
        "other": combine.between_new_days,
    }[last]
    return max(wait - days_since_last, 0)
