"""The few sentences of the terminal itself. What Heeldrop says about calves comes from the core."""

from adapters.terminal.commands import HELP

EXAMPLE = "ran 6 miles after 5 months off, calves sore"
BYE = "Saved. Type the same command to go on."
GONE = "The temporary folder is removed."
RESTARTED = "Closed, and opened again from the data file."
NOTHING_CAME = "Nothing was due."


def first_screen(data: str, clock: str, *, fresh: bool) -> list[str]:
    """What is shown before anything else: where this is, where the data is, and what to try.

    `clock` is the chat's own time in words, where it is not the world's.
    """
    place = "a temporary folder, removed at the end" if fresh else data
    return [
        f"No tokens needed: this is the terminal chat. Your data is in {place}.",
        *([f"The clock of this chat says {clock}."] if clock else []),
        f"Try: {EXAMPLE}",
        "Type words, or the number of a button. The right arrow picks a button. :help says more.",
    ]


def help_lines() -> list[str]:
    """The scene commands, one per line."""
    width = max(len(name) for name, _ in HELP)
    return [
        "Words and button numbers go to Heeldrop. These lines steer the chat:",
        *(f"  {name.ljust(width)}   {what}" for name, what in HELP),
    ]
