"""Deliveries as the outbox would hand them over."""

from itertools import count
from typing import Any

from bot.conversation.event import Person, Place
from bot.conversation.fit import Fitted
from bot.conversation.message import Words
from bot.runtime.adapter import Delivery

_numbers = count(1)


def delivery(
    chat: int,
    text: str = "",
    *,
    private: bool = True,
    person: int = 0,
    thread: str = "",
    **more: Any,
) -> Delivery:
    """One message to a chat; to the person of that chat, if it is private."""
    number = next(_numbers)
    parts = (Words(text),) if text else ()
    more.setdefault("fitted", Fitted(parts))
    return Delivery(
        id=number,
        nonce=f"n{number}",
        place=Place("telegram", str(chat), thread, private),
        person=Person("telegram", str(person or (chat if private else ""))),
        **more,
    )
