"""Buttons and menus: each says its whole meaning in its custom_id, and is kept nowhere.

Rule: nothing here is held in memory. The library finds the class by the pattern of the custom_id, so a
button works after a restart, and weeks later.
"""

import re
from collections.abc import Sequence
from typing import Any, Protocol

import discord
from discord import ui

from adapters.discord import words
from adapters.discord.forms import FORM, said_to, words_form
from adapters.discord.receive import PICKS
from bot.conversation.message import Button

MOST_BUTTONS = 25
IN_A_ROW = 5
MOST_ROWS = 5


class Desk(Protocol):
    """The client, as these items see it."""

    async def arrive(self, interaction: discord.Interaction) -> None:
        """Take what somebody did."""
        ...


class Press(ui.DynamicItem[ui.Button[Any]], template=re.compile(r"[=!].{1,99}", re.DOTALL)):
    """A button that makes a statement: its custom_id is the token."""

    def __init__(self, label: str, token: str) -> None:
        super().__init__(ui.Button(label=label, custom_id=token))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> "Press":
        """The button again, from its id."""
        return cls(getattr(item, "label", "") or "-", match[0])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """It was pressed."""
        await interaction.client.arrive(interaction)


class Pick(ui.DynamicItem[ui.Select[Any]], template=rf"{PICKS}\d"):
    """A menu of statements, where there are too many for buttons: its values are tokens."""

    def __init__(self, number: int, choices: Sequence[Button]) -> None:
        options = [discord.SelectOption(label=each.label, value=each.token) for each in choices]
        placeholder = words.PICK_MORE if number else words.PICK
        super().__init__(
            ui.Select(custom_id=f"{PICKS}{number}", options=options, placeholder=placeholder)
        )

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> "Pick":
        """The menu again, from its id; what was picked comes with the interaction."""
        return cls(int(match[0].removeprefix(PICKS)), [])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Something was picked."""
        await interaction.client.arrive(interaction)


class Write(ui.DynamicItem[ui.Button[Any]], template=FORM):
    """A button that opens the form: the way to type in private where others would read along."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=words.WRITE, custom_id=FORM))

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction, item: ui.Item[Any], match: re.Match[str], /
    ) -> "Write":
        """The button again."""
        return cls()

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Open the form."""
        await interaction.response.send_modal(words_form(said_to(interaction)))


def view_of(rows: Sequence[Sequence[Button]], *, write: bool = False) -> ui.View | None:
    """Rows of buttons as Discord shows them, or None without any. `write` adds the form's button.

    More than 25 become menus. A token that comes twice is shown once, since Discord wants it so.
    """
    buttons = {button.token: button for row in rows for button in row}
    menus = len(buttons) > MOST_BUTTONS
    laid = _menus(list(buttons.values())) if menus else _rows(rows, buttons)
    if write and laid and not menus and len(laid[-1]) < IN_A_ROW:
        laid[-1].append(Write())
    elif write and len(laid) < MOST_ROWS:
        laid.append([Write()])
    if not laid:
        return None
    made = ui.View(timeout=None)
    for number, row in enumerate(laid):
        for item in row:
            item.row = number
            made.add_item(item)
    made.stop()  # it is not to be remembered
    return made


def _rows(rows: Sequence[Sequence[Button]], buttons: dict[str, Button]) -> list[list[ui.Item[Any]]]:
    left = dict(buttons)
    fresh = [[left.pop(each.token) for each in row if each.token in left] for row in rows]
    fresh = [row for row in fresh if row]
    if len(fresh) > MOST_ROWS or any(len(row) > IN_A_ROW for row in fresh):
        flat = [button for row in fresh for button in row]
        fresh = [flat[at : at + IN_A_ROW] for at in range(0, len(flat), IN_A_ROW)]
    return [[Press(button.label, button.token) for button in row] for row in fresh]


def _menus(buttons: Sequence[Button]) -> list[list[ui.Item[Any]]]:
    starts = range(0, min(len(buttons), MOST_ROWS * MOST_BUTTONS), MOST_BUTTONS)
    return [[Pick(at // MOST_BUTTONS, buttons[at : at + MOST_BUTTONS])] for at in starts]
