"""Returning: /start at any moment, and a chat that can be reached again.

Rule: somebody who comes back is asked one question, and nothing they told is lost. A link to the
private chat may carry words after /start; those that nobody knows mean plain /start.
"""

import re
from datetime import timedelta

from bot.conversation import going_on, repair
from bot.conversation.follow_through import coached, coming_back, prompts
from bot.conversation.talk import Talk

OPEN = "returned"
_START = re.compile(r"/start(?:\s+[A-Za-z0-9_-]{1,64})?", re.IGNORECASE)
"""Telegram lets a link carry these characters, and no more of them."""
_SAME_MOMENT = timedelta(minutes=1)


def heard(talk: Talk, text: str) -> bool:
    """Take "/start", whatever follows it; False for anything else."""
    if not _START.fullmatch(text):
        return False
    if not talk.conversation.introduced:
        repair.welcome(talk)
    elif not _just_asked(talk):
        _go_on(talk, away=talk.runner.settings.get(coached.STOPPED) is True)
    return True


def returned(talk: Talk) -> None:
    """The runner had blocked the bot and let it in again."""
    _go_on(talk, away=coached.agreed(talk.runner))
    if not prompts.is_open(talk):
        talk.update(open=prompts.MARK + OPEN)


def _just_asked(talk: Talk) -> bool:
    """Whoever lifts a block sends /start with it: one question is enough for both."""
    last = talk.conversation.last_at
    asked = prompts.is_open(talk, OPEN) or prompts.is_open(talk, "ask_back")
    return asked and last is not None and talk.now - last < _SAME_MOMENT


def _go_on(talk: Talk, *, away: bool) -> None:
    if talk.standing.locked or talk.conversation.pending is not None:
        going_on.go_on(talk)
    elif away and talk.runner.settings.get(coached.AGREED):
        talk.set(coached.STOPPED, value=False)
        coming_back.ask(talk)
    elif coached.agreed(talk.runner):
        going_on.go_on(talk)
    else:
        repair.resume(talk)
