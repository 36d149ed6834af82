"""Coaching pathways: when each applies, what is said about it, and what it prescribes.

Rule: one file a pathway in content/flows/. Its rules are collected (several pathways may apply);
`order` is the order of application of evidence.md 2.3.
"""

from typing import Any, Literal

import msgspec

from bot.content.tables import Rule

PathwayKind = Literal["safety", "tissue", "coaching", "scope"]


class Pathway(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A label of evidence.md's vocabulary, and its plain words."""

    id: str
    label: str
    kind: PathwayKind


class Flow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What Heeldrop knows to say and do about one pathway."""

    pathway: str
    label: str
    order: int
    rule: tuple[Rule, ...]
    headline: str
    """The first line of the advice when this is the main cause."""
    because: tuple[str, ...]
    calm_headline: str = ""
    """The first line instead, for a runner who is not sore."""
    today: tuple[str, ...] = ()
    then: tuple[str, ...] = ()
    done_when: str = ""
    exercises: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """What would change this advice."""
    claims: tuple[str, ...] = ()
    article: tuple[int, ...] = ()
    remedy: tuple[str, ...] = ()
    """More that can be asked for by name ("stretching", "roller", "barefoot")."""
    was: tuple[str, ...] = ()


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One care card. Placeholders {emergency}, {urgent_line}, {gp} and {ae} depend on the country."""

    id: str
    level: Literal["emergency", "same_day", "this_week"]
    heading: str
    lines: tuple[str, ...]
    safety_net: bool = False
    may_walk: bool = False
    """Adds that walking or cycling is fine at 2 out of 10 or less (evidence.md 1.5)."""
    sources: tuple[str, ...] = ()
    reviewed_by: str = ""


class SafetyCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must hold on every path: a sentence a physio can read, checked by walking all paths."""

    id: str
    says: str
    when: Any
    never: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    source: str = ""
