"""The runner asks for what comes next: "when is my next run?", "what do I do today?".

Rule: it is answered at any moment once there is advice. While a sign has to be checked, that stands.
"""

import re

from bot.conversation import advice
from bot.conversation.follow_through import coached
from bot.conversation.next_session import home, next_words
from bot.conversation.talk import Talk

_WHAT = r"(?:run|session|jog|walk|workout|training)"
_ASKS = re.compile(
    rf"^(?:(?:so|and|ok|okay|hi|hey),? )*(?:"
    rf"when(?:'s|s| is)? (?:my|the) (?:next|first) {_WHAT}"
    rf"|when (?:do|should|will|can) i (?:next )?run(?: next| again)?"
    rf"|what(?:'s|s| is)? (?:my |the )?next(?: {_WHAT})?"
    rf"|what(?:'s|s| is) (?:on |planned |the plan )?(?:for )?today"
    rf"|what (?:do|should) i do (?:today|now|next)"
    rf"|(?:my )?next {_WHAT}"
    rf")$"
)


def heard(talk: Talk, text: str) -> bool:
    """Take such a question. False if it is none, or there is no advice to answer it from."""
    plain = " ".join(text.casefold().replace("’", "'").strip(" .!?").split())
    standing, conversation = talk.standing, talk.conversation
    if not _ASKS.match(plain) or conversation.pending or standing.locked:
        return False
    if coached.agreed(talk.runner):
        home(talk)
        return True
    if not standing.settled or not conversation.advised:
        return False
    talk.say(advice.short(talk, next_words(talk)))
    return True
