"""What goes wrong on Discord in particular: order these with `server.faults.order(route, ...)`.

Routes are named as in Discord's description: `create_message`, `create_interaction_response`,
`update_original_webhook_message`, `execute_webhook`, `create_dm`, `update_message` and so on.
"""

from tests.platforms.faults import Fault, lost_after, lost_before

__all__ = ["broken", "forbidden", "lost_after", "lost_before", "too_many"]

_FORBIDDEN = {
    "permissions": (403, 50013, "Missing Permissions"),
    "access": (403, 50001, "Missing Access"),
    "closed": (403, 50007, "Cannot send messages to this user"),
    "no_guild": (403, 50278, "Cannot send messages to this user due to having no mutual guilds"),
    "gone": (404, 10003, "Unknown Channel"),
    "late": (404, 10062, "Unknown interaction"),
    "acknowledged": (400, 40060, "Interaction has already been acknowledged."),
    "token": (401, 50027, "Invalid Webhook Token"),
    "opening": (403, 40003, "You are opening direct messages too fast"),
}


def too_many(wait: float, *, everywhere: bool = False, scope: str = "user") -> Fault:
    """A 429 that asks to wait so many seconds; the library waits by itself."""
    body = {"message": "You are being rate limited.", "retry_after": wait, "global": everywhere}
    headers = {
        "Via": "1.1 test",
        "Retry-After": str(max(1, round(wait))),
        "X-RateLimit-Limit": "5",
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset-After": str(wait),
        "X-RateLimit-Scope": "global" if everywhere else scope,
    }
    return Fault(429, body, headers)


def broken(status: int = 503, *, after: bool = False) -> Fault:
    """A 5xx; `after` it was done. The library repeats 500, 502, 504 and 524 by itself."""
    return Fault(status, {"message": f"{status}: error", "code": 0}, after=after)


def forbidden(why: str) -> Fault:
    """One of Discord's refusals, named by the keys above."""
    status, code, message = _FORBIDDEN[why]
    return Fault(status, {"message": message, "code": code})
