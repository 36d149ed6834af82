"""What may pass between a terminal and the core: words, and no control characters.

Rule: nothing a person typed, pasted or was sent can move the cursor, change a title or ring a bell.
Line breaks and tabs stay.
"""

import unicodedata

_KEPT = "\n\t"


def clean(text: str) -> str:
    """The text without control characters and lone surrogates; line ends become line breaks."""
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(char for char in text if char in _KEPT or not _is_control(char))


def has_controls(text: str) -> bool:
    """Whether `clean` would take something away from the text (other than line ends)."""
    return any(_is_control(char) for char in text if char not in "\r\n\t")


def _is_control(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cs"}
