"""The few sentences that only this platform needs. Everything else is said by the core.

Rule: they name no answer and no body part, because some of them are seen by everyone in a channel.
"""

ANSWERED_IN_PRIVATE = (
    "I answer in private. Look at your direct messages, or press the button. Only you will see it."
)
"""Under a mention in a channel."""
SHOW_IT_HERE = "Show it here, only to me"
WRITE = "In my own words"
"""The button that opens a form, where typing would be seen by everyone."""
FORM_TITLE = "In my own words"
FORM_LABEL = "Write as you like"
FORM_HINT = "Only I read this. For example: 5 km in 31 min, left calf 3 out of 10"
NOT_KEPT = (
    "Something went wrong in this program. It is not your fault.\n"
    "I could not keep what you sent. Please send it again in a minute.\n"
    "Do you have chest pain, trouble breathing, or a leg that is suddenly swollen? "
    "Do not wait for me. Call your emergency number now."
)
THREAD = "After the run"
"""What a thread below a run is called where the run's title cannot be read."""
RUN_TITLE = "A club run"
RUN_FIELDS = {
    "title": ("Title", "For example: Thursday social run", False, 80),
    "when": ("When", "For example: Thu 7pm. Or: every Tue 18:30", True, 80),
    "where": ("Where", "For example: Town Hall steps", True, 100),
    "options": ("Options", "For example: 10k easy; 4k walk-run", False, 300),
    "more": ("Most places, and a note", "For example: 20, bring a light", False, 200),
}
"""The form for a run: each field with its label, a hint, whether it is needed, and its room."""
PICK = "Pick one"
"""In a menu, where there are too many choices for buttons."""
PICK_MORE = "More to pick from"


def needs(permissions: list[str]) -> str:
    """What is missing in a channel."""
    return f"I need {' and '.join(permissions)} here."
