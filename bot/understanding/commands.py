"""Words to the program itself, and small talk.

Rule: a command is a message that is nothing but the command; a story that contains the word "stop"
is a story.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.understanding.analysis import Text

_COMMANDS = (
    "stop",
    "delete",
    "export",
    "pause",
    "start_again",
    "privacy",
    "settings",
    "exercises",
    "plan",
    "log",
    "chart",
    "report",
    "menu",
    "back",
    "why",
    "help",
)
_ANSWERS = {
    "say.none": "none_of_these",
    "say.not_sure": "not_sure",
    "say.yes": "yes",
    "say.no": "no",
}
_FILLERS = frozenset(
    [
        "please",
        "pls",
        "now",
        "ok",
        "just",
        "the",
        "my",
        "a",
        "to",
        "i",
        "want",
        "can",
        "you",
        "me",
        "it",
        "all",
        "that",
        "this",
        "so",
        "oh",
        "and",
        "lets",
        "let",
        "us",
        "go",
        "would",
        "like",
        "id",
        "hey",
        "hi",
        "bitte",
        "por",
        "favor",
        "merci",
        "thanks",
    ]
)
_MAX_WORDS = 8


def find_command(text: Text) -> str | None:
    """The command a message is, `change:<fact>`, a bare answer, or None."""
    size = len(text.tokens)
    if not 0 < size <= _MAX_WORDS:
        return None
    change = _change(text)
    if change is not None:
        return change
    for name in _COMMANDS:
        if _is_all(text, "cmd." + name):
            return name
    for concept, name in _ANSWERS.items():
        if _is_all(text, concept):
            return name
    return None


def find_chit_chat(text: Text, empty: bool) -> str | None:
    """Greeting, thanks, abuse or off-topic talk; `empty` when nothing else was read."""
    size = len(text.tokens)
    if text.of("talk.abuse"):
        return "abuse"
    if empty and text.of("talk.off_topic"):
        return "off_topic"
    for name in ("thanks", "greeting"):
        if any(h.i <= 1 or name == "thanks" for h in text.of("talk." + name)) and (
            empty or size <= 4
        ):
            return name
    return None


def _change(text: Text) -> str | None:
    for hit in text.of("cmd.change"):
        if hit.i > 2:
            continue
        for name in text.of("factname"):
            if name.i >= hit.j and name.j >= len(text.tokens) - 1:
                return f"change:{name.value}"
    return None


def _is_all(text: Text, concept: str) -> bool:
    """Whether the hits of a concept and filler words are the whole message."""
    for hit in text.of(concept):
        rest = [t for t in range(len(text.tokens)) if not hit.i <= t < hit.j]
        if all(text.norm(t) in _FILLERS or text.has(concept, t, t + 1) for t in rest):
            return True
    return False
