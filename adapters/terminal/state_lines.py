"""What is known and derived, as lines to read: the answer to `:state`."""

from collections.abc import Mapping
from typing import Any

_TITLES = {
    "facts": "Known",
    "triage": "Triage",
    "pathways": "Pathways",
    "rules": "Rules that fired",
    "plan": "Plan",
    "next": "Asked next",
}


def state_lines(state: Mapping[str, Any]) -> list[str]:
    """One line per fact, rule or figure; "nothing yet" where there is none."""
    names = [*_TITLES, *(name for name in state if name not in _TITLES)]
    lines: list[str] = []
    for name in names:
        if name in state:
            lines += _entry(_TITLES.get(name, name.capitalize()), state[name])
    return lines or ["Nothing is known yet."]


def _entry(title: str, value: Any) -> list[str]:
    if value is None or value == "" or value in ([], {}, ()):
        return [f"{title}: nothing yet"]
    if isinstance(value, Mapping):
        return [f"{title}:", *(f"  {key}: {_short(inner)}" for key, inner in value.items())]
    if isinstance(value, (list, tuple)):
        if all(isinstance(inner, str) for inner in value):
            return [f"{title}: {', '.join(value)}"]
        return [f"{title}:", *(f"  {_short(inner)}" for inner in value)]
    return [f"{title}: {_short(value)}"]


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_short(inner)}" for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_short, value))
    return "not known" if value is None else str(value)
