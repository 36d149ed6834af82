"""How fast a bot may write on Telegram, as far as it is published.

One chat about 1 message per second with short bursts let through, one group 20 per minute, 30 per
second over all. Edits count as well; typing and answers to presses do not.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable

OVER_ALL = (30, 1.0)  # calls, seconds
ONE_GROUP = (20, 60.0)
ONE_PERSON = (5, 5.0)


class RateLimits:
    """Counts calls and says how long to wait. `now` gives seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._calls: defaultdict[int | str, deque[float]] = defaultdict(deque)

    def wait(self, method: str, chat_id: int | str | None) -> int:
        """Whole seconds the bot must wait, or 0 if the call may go on (it is then counted)."""
        if chat_id is None or method == "sendChatAction":
            return 0
        if not method.startswith(("send", "edit", "copy", "forward")):
            return 0
        group = isinstance(chat_id, int) and chat_id < 0
        windows = [("all", OVER_ALL), (chat_id, ONE_GROUP if group else ONE_PERSON)]
        waits = [self._left(key, most, seconds) for key, (most, seconds) in windows]
        if max(waits) > 0:
            return max(waits)
        for key, _ in windows:
            self._calls[key].append(self._now())
        return 0

    def _left(self, key: int | str, most: int, seconds: float) -> int:
        calls = self._calls[key]
        while calls and calls[0] <= self._now() - seconds:
            calls.popleft()
        if len(calls) < most:
            return 0
        return max(1, math.ceil(calls[0] + seconds - self._now()))
