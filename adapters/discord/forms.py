"""The forms: one for free words, one for a club run. Each is read by its custom_id, at any time.

Rule: nothing here is held in memory, so a form that is sent after a restart is read as well. What
the run's form says becomes the one line that is read anyway (bot/club/run_form.py).
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import discord
from discord import ui

from adapters.discord import words
from bot.club.run_form import line_of

FORM = "words"
"""The custom_id of the form for free text, and of the button that opens it."""
RUN_FORM = "run"
"""The custom_id of the form for a run."""
_TITLE, _HINT = 45, 100
"""The most letters of a title or a label, and of a hint."""
Say = Callable[[str], str]
_MOST = re.compile(
    r"(?:max(?:imum)?\b|at most\b)?[\s.:]*(\d{1,4})(?![\d:]|\s*(?:k|km|mi|m|am|pm|min)\b)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^\W*(?:(?:places|people|runners)\b)?\W*(?:notes?\s*:)?\s*", re.IGNORECASE)


def words_form(say: Say = str) -> ui.Modal:
    """A form for free text. `say` puts its labels into somebody's language."""
    made = ui.Modal(title=say(words.FORM_TITLE)[:_TITLE], custom_id=FORM)
    label, hint = say(words.FORM_LABEL), say(words.FORM_HINT)
    _add(made, "text", label, hint, long=True, most=2000)
    made.stop()
    return made


def run_form(say: Say = str) -> ui.Modal:
    """A form for a run of a club. `say` puts its labels into somebody's language."""
    made = ui.Modal(title=say(words.RUN_TITLE)[:_TITLE], custom_id=RUN_FORM)
    for name, (label, hint, needed, most) in words.RUN_FIELDS.items():
        _add(made, name, say(label), say(hint), needed=needed, long=name == "options", most=most)
    made.stop()
    return made


def said_to(interaction: discord.Interaction[Any]) -> Say:
    """How labels are said to whoever acts: as the commands are, in their language if there is one."""
    translator: Any = getattr(interaction.client, "tree").translator  # noqa: B009 - any client's
    return translator.say(interaction.locale) if hasattr(translator, "say") else str


def _add(
    form: ui.Modal, name: str, label: str, hint: str, *, most: int, needed: bool = True,
    long: bool = False,
) -> None:  # fmt: skip
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    box: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, style=style, max_length=most, placeholder=hint[:_HINT], required=needed
    )
    form.add_item(ui.Label(text=label[:_TITLE], component=box))


def written(components: list[dict[str, Any]]) -> dict[str, str]:
    """What was written into a form that was sent, by field."""
    found: dict[str, str] = {}
    for each in components:
        inner = [*each.get("components", []), *([each["component"]] if "component" in each else [])]
        if each.get("value"):
            found[str(each.get("custom_id"))] = str(each["value"])
        found |= written(inner)
    return found


def run_line(fields: Mapping[str, str]) -> str:
    """The line that the run's form stands for."""
    most, notes = _more(fields.get("more", ""))
    return line_of(
        fields.get("when", ""),
        fields.get("where", ""),
        fields.get("options", ""),
        title=fields.get("title", ""),
        most=most,
        notes=notes,
    )


def _more(text: str) -> tuple[str, str]:
    """How many may come, and a note, from one field: "20, bring a light"."""
    found = _MOST.match(text.strip())
    if found is None:
        return "", _NOTE.sub("", text, count=1).strip()
    return found[1], _NOTE.sub("", text.strip()[found.end() :], count=1).strip()
