"""Which messages of the core need something here that other platforms do not: by their kinds.

Rule: kinds name messages; nothing here decides who reads them.
"""

from bot.runtime.adapter import Delivery

GOES_ON_IN_PRIVATE = frozenset({"club_private_line", "club_safety_line"})
"""Lines for everyone that are followed by an answer for one."""
_OF_CLUBS = "club_"
_AWAITS = frozenset(
    {
        "club_ask_zone", "club_ask_zone_city", "club_ask_digest", "club_ask_name",
        "club_name_length", "club_run_how", "club_run_lacks", "club_change_how",
        "club_awaits_line", "club_awaits_part", "club_awaits_change",
    }
)  # fmt: skip
_WRONG = "club_wrong_"


def takes_words(delivery: Delivery) -> bool:
    """Whether somebody may want to answer in words: in a server that needs a form."""
    kind = delivery.kind
    if kind.startswith(_OF_CLUBS):
        return kind in _AWAITS or kind.startswith(_WRONG)
    return bool(delivery.fitted.rows or delivery.expects)
