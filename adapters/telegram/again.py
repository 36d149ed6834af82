"""The same press once more: whoever presses a button again wants more than the pop-up said.

Rule: only the last press of a person counts, only for a minute, and only in memory.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

_LIVES_S = 60.0
_MOST_PEOPLE = 2000


class Again:
    """The last button in a group that each person pressed. `now` gives seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._last: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def is_again(self, person: str, button: str) -> bool:
        """Whether it is the button this person pressed last; the next time it is not."""
        before, at = self._last.pop(person, ("", 0.0))
        if before == button != "" and self._now() - at <= _LIVES_S:
            return True
        self._last[person] = (button, self._now())
        while len(self._last) > _MOST_PEOPLE:
            self._last.popitem(last=False)
        return False
