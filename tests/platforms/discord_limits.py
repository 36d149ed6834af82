"""How fast a bot may send on Discord: 5 messages per 5 seconds and channel, told in headers."""

from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any

MOST, SECONDS = 5, 5.0


class Buckets:
    """One bucket for each channel. `now` gives seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._calls: defaultdict[str, deque[float]] = defaultdict(deque)

    def take(self, channel_id: str) -> tuple[dict[str, str], dict[str, Any] | None]:
        """Headers for the answer, and the 429 body if this call is one too many."""
        calls, now = self._calls[channel_id], self._now()
        while calls and calls[0] <= now - SECONDS:
            calls.popleft()
        over = len(calls) >= MOST
        if not over:
            calls.append(now)
        wait = round(calls[0] + SECONDS - now, 3)
        headers = {
            "Via": "1.1 test",
            "X-RateLimit-Bucket": "send",
            "X-RateLimit-Limit": str(MOST),
            "X-RateLimit-Remaining": str(MOST - len(calls)),
            "X-RateLimit-Reset": str(now + wait),
            "X-RateLimit-Reset-After": str(wait),
            "X-RateLimit-Scope": "user",
        }
        if not over:
            return headers, None
        body = {"message": "You are being rate limited.", "retry_after": wait, "global": False}
        return headers | {"Retry-After": str(max(1, round(wait)))}, body
