"""The few sentences of the terminal itself. What Heeldrop says about calves comes from the core."""

from adapters.terminal.commands import HELP

EXAMPLE = "ran 6 miles after 5 months off, calves sore"
BYE = "Saved. Type the same command to go on."
RESTARTED = "Closed, and opened again from the data file."
NOTHING_CAME = "Nothing was due."
NEW_PERSON = "Nothing is known of {name} yet."


def first_screen(data: str, *, fresh: bool) -> list[str]:
    """What is shown before anything else: where this is, where the data is, and what to try."""
    place = "a temporary folder, removed at the end" if fresh else data
    return [
        f"No tokens needed: this is the terminal chat. Your data is in {place}.",
        f"Try: {EXAMPLE}",
        "Type words or a button's number. The right arrow picks a button. :help lists more.",
    ]


def help_lines() -> list[str]:
    """The scene commands, one per line."""
    width = max(len(name) for name, _ in HELP)
    return [
        "Words and button numbers go to Heeldrop. These lines steer the chat:",
        *(f"  {name.ljust(width)}   {what}" for name, what in HELP),
    ]
