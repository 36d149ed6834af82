"""Facts that follow from others: by a rule of content (`implied`) or by arithmetic (`derived`).

Rule: a derived fact is unknown while one of its inputs is, and "dont_know" when the runner does not
know an input. The arithmetic itself lives in bot/coaching; this file only feeds it.
"""

from collections.abc import Callable, Mapping

from bot.content.condition import DONT_KNOW, Judge, Value
from bot.content.load import Content

Inputs = Mapping[str, Value]
LONG_GAP_DAYS = 30
"""Without a run in 30 days there is no longest run to compare with (evidence.md 3.1)."""


def complete(content: Content, facts: dict[str, Value]) -> frozenset[str]:
    """Add what follows to `facts` and return the facts that were only assumed."""
    pending = _imply(content.follows, facts)
    assumed = _assume(content, facts)
    pending = _imply(pending, facts)
    _derive(content, facts)
    _imply(pending, facts)
    return assumed


def implied(content: Content, facts: Inputs) -> dict[str, Value]:
    """The facts with those that follow from them by rule."""
    found = dict(facts)
    _imply(content.follows, found)
    return found


Implied = tuple[tuple[Judge, Mapping[str, Value]], ...]


def _imply(rules: Implied, facts: dict[str, Value]) -> Implied:
    """Apply the rules that hold, again while that adds facts; return those that may hold later."""
    grown = True
    while grown:
        grown = False
        pending = []
        for rule in rules:
            held = rule[0](facts)
            if held:
                before = len(facts)
                for name, value in rule[1].items():
                    facts.setdefault(name, value)
                grown = grown or len(facts) > before
            elif held is None:
                pending.append(rule)
        rules = tuple(pending)
    return rules


def _assume(content: Content, facts: dict[str, Value]) -> frozenset[str]:
    assumed = set()
    for name, value in content.assumptions.items():
        if name not in facts:
            facts[name] = value
            assumed.add(name)
    return frozenset(assumed)


def _derive(content: Content, facts: dict[str, Value]) -> None:
    if "pain_walk" not in facts and "pain_now" in facts:
        facts["pain_walk"] = facts["pain_now"]
    for derived in content.derived:
        if derived.id in facts:
            continue
        compute = COMPUTED[derived.id]
        value = compute(facts)
        if value is not None:
            facts[derived.id] = value


def _number(facts: Inputs, name: str) -> float | str | None:
    value = facts.get(name)
    if value is None:
        return None
    return value if isinstance(value, str) else float(value)


def _ratio(facts: Inputs, top: str, bottom: str) -> Value | None:
    upper, lower = _number(facts, top), _number(facts, bottom)
    if DONT_KNOW in (upper, lower):
        return DONT_KNOW
    if not isinstance(upper, float) or not isinstance(lower, float):
        return None
    return upper / lower if lower > 0 else DONT_KNOW


def _spike(facts: Inputs) -> Value | None:
    gap = _number(facts, "break_days")
    if isinstance(gap, float) and gap >= LONG_GAP_DAYS:
        return DONT_KNOW
    return _ratio(facts, "run_distance_m", "longest_30d_m")


def _frequency_jump(facts: Inputs) -> Value | None:
    now, before = _number(facts, "runs_last_week"), _number(facts, "runs_per_week_before")
    if DONT_KNOW in (now, before):
        return DONT_KNOW
    if not isinstance(now, float) or not isinstance(before, float):
        return None
    return now > max(before, 1.0) + 1.0 or (before < 1.0 and now >= 3.0)


def _gap(facts: Inputs, left: str, right: str) -> tuple[float, float] | str | None:
    a, b = _number(facts, left), _number(facts, right)
    if DONT_KNOW in (a, b):
        return DONT_KNOW
    if not isinstance(a, float) or not isinstance(b, float):
        return None
    return a, b


def _side_gap(facts: Inputs) -> Value | None:
    sides = _gap(facts, "heel_raises_left", "heel_raises_right")
    if not isinstance(sides, tuple):
        return sides
    most = max(sides)
    return abs(sides[0] - sides[1]) / most * 100 if most else 0.0


def _knee_gap(facts: Inputs) -> Value | None:
    sides = _gap(facts, "knee_to_wall_left_cm", "knee_to_wall_right_cm")
    return abs(sides[0] - sides[1]) if isinstance(sides, tuple) else sides


def _minor_b(facts: Inputs) -> Value | None:
    members = ("age_60", "overweight", "smoker", "dehydrated", "varicose_veins")
    values = [facts.get(f"dvt_risk.{member}") for member in members]
    if any(value is None for value in values) and sum(value is True for value in values) < 2:
        return None
    return sum(value is True for value in values)


COMPUTED: Mapping[str, Callable[[Inputs], Value | None]] = {
    "spike": _spike,
    "frequency_jump": _frequency_jump,
    "side_gap": _side_gap,
    "knee_gap": _knee_gap,
    "minor_b": _minor_b,
}
