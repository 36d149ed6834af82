"""Words that say somebody has looked at it, while a sign waits to be checked.

Rule: they open the question [I have been checked] opens, and clear nothing by themselves. A wish, a
question or a "not yet" says nothing of the kind.
"""

import re

from bot.conversation import repair
from bot.conversation.talk import Talk

_WHO = r"(?:gp|doctor|dr|nurse|physio|hospital|clinic|a&e|er|paramedics?|pharmacist|midwife)"
_SEEN = re.compile(
    r"\b(?:been|was|got|had (?:it|this|my \w+)|am|i'm) (?:now |just |all )?"
    r"(?:checked|seen|examined|cleared)\b"
    rf"|\b(?:saw|seen|visited|been to|went to|back from) (?:a |the |my |an )?{_WHO}\b"
    rf"|\b{_WHO}s? (?:says|said|say|told|cleared|thinks|looked|checked)\b"
)
_NOT = re.compile(
    r"\b(?:not|never|no one|nobody|\w+n't|havent|wasnt|hasnt|didnt|should|shall|must|will|need|want|"
    r"going to|tomorrow|later|when|where|how|if|waiting)\b|\?"
)


def heard(talk: Talk, text: str) -> bool:
    """Take "I was checked, all fine"; False if nothing waits, or the words say something else."""
    plain = text.casefold().replace("’", "'")
    if not talk.standing.locked or not _SEEN.search(plain) or _NOT.search(plain):
        return False
    repair.checked(talk, "")
    return True
