"""A warning sign of somebody else: said at once where to get help, and nothing is kept of it.

Rule: it never changes the runner's own answers. Whoever tells of themselves in the same message is
heard first, so this is reached only when the message is about nobody but the other person.
"""

from bot.conversation import going_on
from bot.conversation.talk import Talk
from bot.understanding.reading import Understood

CALM = (False, "none", "normal", "easy")


def heard(talk: Talk, understood: Understood) -> bool:
    """Answer "my wife has chest pain"; False if no sign of another person was read."""
    signs = [
        reading
        for reading in understood.readings
        if reading.standing == "other_person"
        and reading.fact in talk.content.flags
        and reading.value not in CALM
    ]
    if not signs:
        return False
    talk.say_words("somebody_else")
    if talk.conversation.open or talk.conversation.pending or talk.standing.locked:
        going_on.go_on(talk)
    return True
