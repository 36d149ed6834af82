"""Every message fits every platform: its text, its buttons and their tokens (HD031).

Rule: questions and cards are looked at without a walk; advice is looked at where a walk ends in it.
"""

from collections.abc import Iterable
from datetime import date

from bot.checking.references import Place
from bot.content.load import Content
from bot.content.problem import Problem
from bot.conversation.asking import asked
from bot.conversation.fit import DISCORD, TELEGRAM, Limits, fit
from bot.conversation.message import Message, message
from bot.conversation.speaking import Voice

PLATFORMS = {"Telegram": TELEGRAM, "Discord": DISCORD}
FIX = "Say it in fewer words, or with fewer buttons."


def check_fits(content: Content) -> list[Problem]:
    """Every question, and every card in its own words, on every platform."""
    voice = Voice(content, "km", "GB", date(2026, 5, 7))
    found: list[Problem] = []
    for question in content.questions:
        put = asked(question, {}, voice)
        found += unfit(put, Place(content, "questions.toml"), question.id)
    for card in content.cards.values():
        told = message(voice.fill("\n".join((card.heading, *card.lines))))
        found += unfit(told, Place(content, f"cards/{card.id}.toml"), card.id)
    return found


def advice_unfit(content: Content, words: Message, pathways: Iterable[str]) -> list[Problem]:
    """The same for an advice that leads with the first of these pathways."""
    first = next(iter(pathways), "")
    file = f"flows/{first.replace('_', '-')}.toml" if first in content.flows else "words.toml"
    return unfit(words, Place(content, file), first)


def unfit(words: Message, place: Place, name: str) -> list[Problem]:
    """One problem for the first platform on which a message is too much."""
    for platform, limits in PLATFORMS.items():
        if _too_much(words, limits):
            size = f"{len(words.text)} characters, {len(words.buttons)} buttons"
            text = f"{size}; too much for one message on {platform}."
            return [place.problem("HD031", name, text, FIX)]
    return []


def _too_much(words: Message, limits: Limits) -> bool:
    long_token = any(len(button.token.encode()) > limits.button_bytes for button in words.buttons)
    return len(fit(words, limits)) > 1 or long_token or len(words.buttons) > limits.buttons
