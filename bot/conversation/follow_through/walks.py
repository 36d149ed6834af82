"""A walk told in words: "walked 30 min", "did my walk".

Rule (evidence.md 4.1, 4.3; product.md 9): a walk is never asked about and never read as a run. When it
is told it is noted, and counts as doing something, so that no word about silence follows.
"""

import re

from bot.conversation.follow_through import coached, following, lapses
from bot.conversation.log import Note
from bot.conversation.next_session import next_words
from bot.conversation.speaking import duration
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood

WHAT = "walk"
LONGEST_S = 12 * 3600
_WALKED = re.compile(
    r"^(?:i |just |i've |i have |today i )*"
    r"(?:walked|(?:went|been) (?:for|on) (?:a|my|the) (?:\w+ )?walk|"
    r"(?:did|done|had|took) (?:a|my|the) (?:\w+ )?walk|(?:brisk )?walk (?:is )?done)\b"
)
_TIME = re.compile(r"(\d{1,3})\s*(min|mins|minutes?|h|hrs?|hours?)\b")
_ABOUT_THE_WALK = ("run_", "planned_")


def heard(talk: Talk, text: str, understood: Understood) -> bool:
    """Take a walk of a runner with a plan; False where anything else is told with it."""
    plain = text.casefold().strip(" .!")
    if not _WALKED.match(plain) or not coached.agreed(talk.runner) or talk.conversation.pending:
        return False
    told = (*understood.readings, *understood.denied)
    if talk.standing.locked or any(not one.fact.startswith(_ABOUT_THE_WALK) for one in told):
        return False
    before = coached.last_deed(talk.runner.log)
    found = _TIME.search(plain)
    seconds = int(found[1]) * (3600 if found[2].startswith("h") else 60) if found else 0
    length = duration(seconds) if 0 < seconds <= LONGEST_S else ""
    talk.record(Note(talk.new_id(WHAT), talk.now, WHAT, str(seconds) if length else ""))
    talk.update(open="")
    lapses.welcome(talk, before=before)
    words = "walk_logged_time" if length else "walk_logged"
    talk.say_words(words, talk.button("my_plan", "my_plan"), time=length, next=next_words(talk))
    following.moved(talk)
    return True
