"""Filling in a form: answers by label or custom_id become what a client sends back."""

from typing import Any

ROW, SELECT, TEXT_INPUT, TEXT, LABEL = 1, 3, 4, 10, 18
RADIO, CHECKBOXES, CHECKBOX = 21, 22, 23


def fill_in(modal: dict[str, Any], answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The components of a modal submit; what is needed and not answered fails the test."""
    left = dict(answers)
    filled = [_top(part, left) for part in modal["components"]]
    if left:
        raise AssertionError(f"the form has nothing called {list(left)}")
    return filled


def _top(part: dict[str, Any], left: dict[str, Any]) -> dict[str, Any]:
    if part["type"] == TEXT:
        return {"type": TEXT, "id": 0}
    if part["type"] == ROW:
        inner = [_value(each, each.get("label"), left) for each in part["components"]]
        return {"type": ROW, "id": 0, "components": inner}
    return {"type": LABEL, "id": 0, "component": _value(part["component"], part["label"], left)}


def _value(part: dict[str, Any], label: str | None, left: dict[str, Any]) -> dict[str, Any]:
    kind, custom_id = part["type"], part["custom_id"]
    answer = left.pop(custom_id, None) if custom_id in left else left.pop(label or "", None)
    made: dict[str, Any] = {"type": kind, "id": 0, "custom_id": custom_id}
    if answer is None and part.get("required", True) and kind != CHECKBOX:
        answer = part.get("value")
        if answer is None:
            raise AssertionError(f"{label or custom_id!r} must be filled in")
    if kind == TEXT_INPUT:
        return made | {"value": _text(part, answer)}
    if kind == CHECKBOX:
        return made | {"value": bool(answer)}
    if kind == RADIO:
        return made | {"value": None if answer is None else _options(part, [answer])[0]}
    chosen = answer if isinstance(answer, list) else [] if answer is None else [answer]
    return made | {"values": _options(part, chosen)}


def _text(part: dict[str, Any], answer: str | None) -> str:
    text = part.get("value") or "" if answer is None else answer
    least, most = part.get("min_length") or 0, part.get("max_length") or 4000
    if text and not least <= len(text) <= most:
        raise AssertionError(f"{part['custom_id']!r} takes {least} to {most} characters")
    return text


def _options(part: dict[str, Any], chosen: list[str]) -> list[str]:
    known = part.get("options") or []
    values = [each["value"] for each in known if {each["label"], each["value"]} & set(chosen)]
    if len(values) != len(chosen):
        raise AssertionError(f"{chosen} is not among {[each['label'] for each in known]}")
    return values
