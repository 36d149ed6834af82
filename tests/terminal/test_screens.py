import io
import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from adapters.terminal.keys import keys
from adapters.terminal.plain import PlainScreen
from adapters.terminal.screen import RichScreen
from adapters.terminal.shown import Shown
from bot.conversation.message import Attachment, Button, Message, Picture, Strong, Words
from tests.terminal.toy import FIX, RIGHT, START, said

ZONE = ZoneInfo("Europe/London")
LONG = "Walk today and tomorrow, and move your ankles gently when you sit for a long time. " * 3


def shown(message: Message, to: str = "you", place: str = "private", *, due: bool = False) -> Shown:
    """A message as the scene hands it to a screen."""
    return Shown(message, to, place, START, keys([message]), due)


def plain(one: Shown, me: str = "you", here: str = "private", saved: str = "") -> str:
    """What the plain screen writes."""
    out = io.StringIO()
    PlainScreen(ZONE, out).show(one, me, here, saved)
    return out.getvalue()


def rich(one: Shown, width: int = 80, **options: Any) -> str:
    """What the rich screen writes."""
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, **options)
    RichScreen(ZONE, console).show(one, "you", "private")
    return out.getvalue()


def test_a_plain_message_is_indented_lines_and_numbered_buttons() -> None:
    """The plain screen writes words and button keys, and nothing else."""
    assert plain(shown(said("Hello.\n\nHow are you?", RIGHT, FIX))) == (
        "bot> Hello.\n\n     How are you?\n     1[Right]  2[Fix]\n"
    )


def test_buttons_that_cannot_be_used_from_here_are_shown_without_a_key() -> None:
    """A private answer to something said in a group still shows what can be chosen there."""
    one = Shown(said("Which side?", RIGHT, FIX), "you", "private", START)

    assert plain(one, here="#runs") == (
        "bot> (in private)\n     Which side?\n     [Right]  [Fix]\n"
    )
    assert "[Right]   [Fix]" in rich(one)


def test_an_urgent_message_says_so_in_words() -> None:
    """Urgency does not rest on colour or on one mark."""
    text = plain(shown(said("Call 999 now.", urgent=True)))

    assert text.index("IMPORTANT") < text.index("Call 999 now.")


def test_a_message_that_fell_due_has_its_local_time() -> None:
    """Who reads it later knows when it came, on their own clock."""
    assert plain(shown(said("Rest day."), due=True)).startswith("bot> (Thu 7 May, 18:40)\n")


@pytest.mark.parametrize(
    ("message", "to", "place", "heading"),
    [
        (said("x", audience="everyone_here"), "ann", "#runs", "in #runs, everyone sees this"),
        (said("x", audience="only_you_here"), "you", "#runs", "in #runs, only for you"),
        (said("x"), "ann", "private", "to ann"),
        (said("x"), "you", "private", ""),
    ],
)
def test_who_sees_a_message_is_said_where_it_matters(
    message: Message, to: str, place: str, heading: str
) -> None:
    """A plain reply in private needs no heading; anything else says for whom it is."""
    first = plain(shown(message, to, place)).splitlines()[0]

    assert first == (f"bot> ({heading})" if heading else "bot> x")


def test_a_picture_and_a_file_are_said_in_words() -> None:
    """A picture is its path and what it shows; a file is where it was put."""
    message = said(
        "Heel drop",
        picture=Picture("pictures/heel.png", "A person on a step."),
        attachment=Attachment("export.json", "{}"),
    )

    assert plain(shown(message), saved="data/files/export.json") == (
        "bot> Heel drop\n     Picture: pictures/heel.png\n"
        "     It shows: A person on a step.\n     File: data/files/export.json\n"
    )


@pytest.mark.parametrize("urgent", [False, True])
def test_words_cannot_steer_the_terminal(urgent: bool) -> None:
    """Escape sequences and markup in a message are shown as plain words or dropped."""
    one = shown(said("a\x1b[2Jb [bold]c[/bold]", Button("\x1b[0m[x]", "!x"), urgent=urgent))

    for text in (plain(one), rich(one)):
        assert "\x1b" not in text
        assert "[bold]c[/bold]" in text


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("urgent", [False, True])
def test_lines_fit_the_window(width: int, urgent: bool) -> None:
    """Words wrap within the window, and within a readable width in a wide one."""
    buttons = [Button(f"Choice {n}", f"!c:{n}") for n in range(12)]
    text = rich(shown(said(LONG, *buttons, urgent=urgent)), width)

    assert max(len(line) for line in text.splitlines()) <= min(width, 78)
    assert all(f"[Choice {n}]" in text for n in range(12))


def test_a_rich_urgent_message_stands_in_a_box_with_a_title() -> None:
    """It differs from others without colour."""
    text = rich(shown(said("Call 999 now.", urgent=True)), color_system=None)

    assert "IMPORTANT" in text
    assert "╔" in text
    assert "IMPORTANT" not in rich(shown(said("Rest.")))


def test_bold_and_colour_change_no_word() -> None:
    """Without the styling a coloured screen says the same as a colourless one."""
    message = Message((Strong("Walk today"), Words("\n\nNo run yet.")), (RIGHT, FIX))
    styled = rich(shown(message), force_terminal=True, color_system="standard")

    assert "\x1b[1m" in styled
    assert re.sub(r"\x1b\[[0-9;]*m", "", styled) == rich(shown(message))


def test_a_box_survives_a_terminal_without_unicode(tmp_path: Path) -> None:
    """In an ASCII terminal the box is drawn with ASCII."""
    path = tmp_path / "out.txt"
    with path.open("w", encoding="ascii", errors="replace") as file:
        RichScreen(ZONE, Console(file=file, width=60)).show(
            shown(said("Call 999 now.", urgent=True)), "you", "private"
        )

    text = path.read_text(encoding="ascii")
    assert "IMPORTANT" in text
    assert "?" not in text
