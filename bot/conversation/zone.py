"""The runner's time zone, from a shared location.

Rule: only the zone's name comes this far; the location itself was thrown away by the adapter.
"""

import msgspec

from bot.conversation import going_on
from bot.conversation.talk import Talk


def located(talk: Talk, zone: str) -> None:
    """A location was shared: its zone is the runner's own from now on."""
    if not zone:
        talk.say_words("zone_not_found")
    else:
        talk.runner = msgspec.structs.replace(talk.runner, zone=zone)
        talk.update()
        talk.say_words("zone_set", zone=zone.rpartition("/")[2].replace("_", " "))
    going_on.go_on(talk)
