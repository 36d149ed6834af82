import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.harness.terminal import Terminal
from tests.terminal.program import AT, TOY

pytest.importorskip("pty", reason="this system has no pseudo-terminals")

UP, RIGHT, CTRL_C, CTRL_D = "\x1b[A", "\x1b[C", "\x03", "\x04"
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3[1-7]|9[0-7]|38|4[1-7]|48)(?:;\d+)*m")


Sit = Callable[..., Terminal]


@pytest.fixture
def sit(tmp_path: Path) -> Iterator[Sit]:
    """Opens chats in terminals on one data folder, and closes them at the end."""
    opened: list[Terminal] = []

    def down(*options: str, columns: int = 80, **env: str) -> Terminal:
        command = [*TOY, "--data", str(tmp_path / "data"), *AT, *options]
        opened.append(Terminal(command, columns=columns, **env))
        return opened[-1]

    yield down
    for terminal in opened:
        terminal.close()


def test_the_first_screen_says_where_the_data_is_and_what_to_try(sit: Sit) -> None:
    """One look is enough to begin; then it waits for words."""
    terminal = sit()
    shown = terminal.wait_for("you>")

    assert "terminal chat" in shown
    assert "heeldrop.db" in "".join(shown.split())
    assert "Try: ran 6 miles after 5 months off, calves sore" in shown
    assert "Which side" not in shown


def test_words_numbers_and_arrows_lead_to_advice(sit: Sit) -> None:
    """A person types, presses a number, and picks a button with the right arrow."""
    terminal = sit()
    terminal.wait_for("you>")
    terminal.type("calves sore\r")
    terminal.wait_for("[Both]")
    terminal.wait_for("you>")
    terminal.type("1\r")
    terminal.wait_for("[0 to 2]")
    terminal.wait_for("you>")
    terminal.type(RIGHT + RIGHT + "\r")
    terminal.wait_for("Walk today")
    terminal.wait_for("you>")
    terminal.type(":state\r")

    assert "pain: high" in terminal.wait_for("pain: high")


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C, "half" + CTRL_C + CTRL_C, ":quit\r"])
def test_leaving_is_said_and_well(sit: Sit, keys: str) -> None:
    """Each way to leave says that all is kept, and ends with exit code 0."""
    terminal = sit()
    terminal.wait_for("you>")
    terminal.type(keys)

    assert terminal.end() == 0
    assert "Saved." in terminal.seen


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_runner_comes_back_to_where_they_were(sit: Sit, how: signal.Signals) -> None:
    """However a chat ends in the middle, the next one greets and goes on from the same question."""
    first = sit()
    first.wait_for("you>")
    first.type("calves sore\r")
    first.wait_for("you>")
    first.type("1\r")
    first.wait_for("How sore?")
    first.process.send_signal(how)
    first.end()

    second = sit()
    second.wait_for("Welcome back.")
    second.wait_for("How sore?")
    second.wait_for("you>")
    second.type(UP + "\r")
    second.wait_for("you>")
    second.type("a\r")
    assert "Side: left" in second.wait_for("Side: left")


def test_history_comes_back_in_the_next_chat(sit: Sit) -> None:
    """The up arrow finds what was typed in an earlier chat."""
    first = sit()
    first.wait_for("you>")
    first.type("hill sprints\r")
    first.wait_for("[Both]")
    first.wait_for("you>")
    first.type(CTRL_D)
    first.end()

    second = sit()
    second.wait_for("you>")
    second.type(UP + "\r")
    assert second.wait_for("I read: hill sprints.")


def test_the_prompt_says_who_speaks_where(sit: Sit) -> None:
    """In a group, as someone else, the line says so."""
    terminal = sit()
    terminal.wait_for("you>")
    terminal.type(":as member-2 in #runs\r")

    assert terminal.wait_for("member-2 in #runs>")


def test_an_urgent_card_differs_without_colour(sit: Sit) -> None:
    """With NO_COLOR there is no colour at all, and an urgent card still stands in a titled box."""
    terminal = sit(NO_COLOR="1")
    terminal.wait_for("you>")
    terminal.type("swollen\r")
    shown = terminal.wait_for("One leg is swollen.") + terminal.wait_for("you>")

    assert "IMPORTANT" in shown
    assert "╔" in shown
    assert not COLOUR.search(shown)


def test_a_sign_of_work_is_shown_when_something_is_slow(sit: Sit) -> None:
    """What takes longer than a moment shows that something happens."""
    terminal = sit()
    terminal.wait_for("you>")
    terminal.type("slow\r")
    shown = terminal.wait_for("I read: slow.")

    assert "One moment" in shown


def test_a_dumb_terminal_gets_plain_lines(sit: Sit) -> None:
    """Without escape codes, the chat is the same."""
    terminal = sit(TERM="dumb")
    shown = terminal.wait_for("you>")
    terminal.type("calves sore\n")
    shown += terminal.wait_for("3[Both]")
    terminal.wait_for("you>")
    terminal.type("1\n")
    shown += terminal.wait_for("a[0 to 2]")
    terminal.type(CTRL_D)

    assert terminal.end() == 0
    assert "\x1b" not in shown + terminal.seen


def test_ctrl_c_ends_a_dumb_terminals_chat(sit: Sit) -> None:
    """There, too, nothing hangs and nothing is lost."""
    terminal = sit("--plain")
    terminal.wait_for("you>")
    terminal.process.send_signal(signal.SIGINT)

    assert terminal.end() == 130
    assert "Traceback" not in terminal.seen


@pytest.mark.parametrize("columns", [20, 40, 200])
def test_any_window_will_do(sit: Sit, columns: int) -> None:
    """In a narrow or a wide window every word and button is there."""
    terminal = sit(columns=columns)
    terminal.wait_for("you>")
    terminal.type("x\r")

    assert terminal.wait_for("[Both]")


def test_moving_the_clock_shows_what_fell_due(sit: Sit) -> None:
    """Messages come with their local time, and the time stays moved in the next chat."""
    first = sit()
    first.wait_for("you>")
    for line, answer in ((("x"), "[Both]"), ("1", "[0 to 2]"), ("a", "Walk today")):
        first.type(line + "\r")
        first.wait_for(answer)
        first.wait_for("you>")
    first.type(":skip 18h\r")
    first.wait_for("Fri 8 May, 08:40")
    first.wait_for("Due: soreness")
    first.wait_for("It is now Fri 8 May, 12:40.")
    first.wait_for("you>")
    first.type(CTRL_D)
    first.end()

    assert sit().wait_for("Fri 8 May, 12:40")
