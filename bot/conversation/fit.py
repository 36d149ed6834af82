"""Fitting a message to what a platform allows: once, here, so that platforms degrade alike.

Rule: nothing is lost. Text too long for one message becomes several, cut at paragraphs; buttons go
under the last one; a button with more words than fit keeps its first ones.
"""

from collections.abc import Iterator

import msgspec

from bot.conversation.message import Button, Message, Part, Strong, When, Words


class Limits(msgspec.Struct, frozen=True):
    """What one platform allows. Lengths in characters unless said otherwise."""

    text: int
    caption: int
    button_label: int
    button_bytes: int
    buttons: int
    per_row: int
    row_chars: int = 34
    """How many label characters fit side by side on a phone."""
    edit: bool = True
    private_reply: bool = False
    media: tuple[str, ...] = ()


TELEGRAM = Limits(4096, 1024, 64, 64, 100, 8, private_reply=False, media=("gif", "mp4", "png"))
DISCORD = Limits(
    2000, 2000, 80, 100, 25, 5, private_reply=True, media=("gif", "mp4", "png", "webp")
)
TERMINAL = Limits(100_000, 100_000, 200, 64, 100, 100, row_chars=100, edit=False)


class Fitted(msgspec.Struct, frozen=True):
    """One message of a platform: its parts, and its buttons in rows."""

    parts: tuple[Part, ...]
    rows: tuple[tuple[Button, ...], ...] = ()

    @property
    def text(self) -> str:
        """The plain words."""
        return "".join(part.text for part in self.parts)


def fit(message: Message, limits: Limits) -> tuple[Fitted, ...]:
    """The message as one or more that fit. The last one carries the buttons."""
    shows = message.picture or message.attachment or message.drawing
    room = limits.caption if shows else limits.text
    pieces = list(_pieces(message.parts, room))
    rows = tuple(_rows(message.buttons[: limits.buttons], limits))
    return (*(Fitted(piece) for piece in pieces[:-1]), Fitted(pieces[-1], rows))


def _rows(buttons: tuple[Button, ...], limits: Limits) -> Iterator[tuple[Button, ...]]:
    row: list[Button] = []
    for button in buttons:
        label = button.label
        if len(label) > limits.button_label:
            label = label[: limits.button_label - 1].rstrip() + "…"
        used = sum(len(other.label) + 3 for other in row)
        if row and (len(row) == limits.per_row or used + len(label) > limits.row_chars):
            yield tuple(row)
            row = []
        row.append(Button(label, button.token))
    if row:
        yield tuple(row)


def _pieces(parts: tuple[Part, ...], room: int) -> Iterator[tuple[Part, ...]]:
    piece: list[Part] = []
    left = room
    for part in parts:
        for number, chunk in enumerate(_chunks(part, room, left)):
            if piece and (number > 0 or len(chunk.text) > left):
                yield tuple(piece)
                piece, left = [], room
            piece.append(chunk)
            left -= len(chunk.text)
    yield tuple(piece)


def _chunks(part: Part, room: int, left: int) -> Iterator[Part]:
    if isinstance(part, When) or len(part.text) <= left:
        yield part
        return
    kind = Strong if isinstance(part, Strong) else Words
    rest = part.text
    first = left if left > room // 2 else room
    while len(rest) > first:
        cut = _cut(rest, first)
        yield kind(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n ")
        first = room
    if rest:
        yield kind(rest)


def _cut(text: str, room: int) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        at = text.rfind(mark, room // 3, room)
        if at > 0:
            return at + (1 if mark == ". " else 0)
    return room
