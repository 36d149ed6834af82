"""The runner's time zone, from a shared location.

Rule: only the zone's name comes this far; the location itself was thrown away by the adapter.
"""

import msgspec

from bot.conversation import going_on
from bot.conversation.follow_through import coached, following
from bot.conversation.talk import Talk


def located(talk: Talk, zone: str) -> None:
    """A location was shared: its zone is the runner's own from now on."""
    if not zone:
        talk.say_words("zone_not_found")
    else:
        had = talk.runner.zone
        talk.runner = msgspec.structs.replace(talk.runner, zone=zone)
        talk.update()
        talk.say_words("zone_set", zone=zone.rpartition("/")[2].replace("_", " "))
        if coached.agreed(talk.runner) and not had:
            following.confirm(talk)
            return
        following.begin(talk)
    going_on.go_on(talk)
