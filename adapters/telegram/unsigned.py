"""Commands of admins who write as their group: whose they were is told by a press of a button.

Rule: nobody is guessed. Only an admin can say "that was me", and then the command counts as theirs,
with their own rights. What was written is held for a short while, in memory alone.
"""

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from adapters.telegram.receive import Nameless

_PREFIX = "me-"
_LIVES_S = 3600.0
_MOST = 200


@dataclass(frozen=True, slots=True)
class _Command:
    nameless: Nameless
    until: float


class Unsigned:
    """Commands that wait for somebody to say they are theirs. `now` gives seconds."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._by_code: OrderedDict[str, _Command] = OrderedDict()

    def put(self, nameless: Nameless) -> str:
        """Hold a command; its code is what the button states."""
        code = _PREFIX + secrets.token_urlsafe(12)
        self._by_code[code] = _Command(nameless, self._now() + _LIVES_S)
        while len(self._by_code) > _MOST:
            self._by_code.popitem(last=False)
        return code

    def take(self, code: str) -> Nameless | None:
        """The command held under this code, once; None if there is none any more."""
        held = self._by_code.pop(code, None)
        return held.nameless if held is not None and held.until >= self._now() else None


def is_unsigned(code: str) -> bool:
    """Whether a button states one of these codes, still good or not."""
    return code.startswith(_PREFIX)
