"""What goes wrong on Telegram in particular: order these with `server.faults.order(method, ...)`.

Blocked, kicked, deactivated and moved also come by themselves, once a person has done so with the
driver; as faults they come without the update that would have told the bot before.
"""

from tests.platforms.faults import Fault, lost_after, lost_before

__all__ = ["broken", "forbidden", "lost_after", "lost_before", "moved", "too_many"]

_FORBIDDEN = {
    "blocked": "bot was blocked by the user",
    "deactivated": "user is deactivated",
    "kicked": "bot was kicked from the supergroup chat",
    "never_started": "bot can't initiate conversation with a user",
}


def too_many(wait: int) -> Fault:
    """A 429 that asks to wait so many seconds."""
    body = {
        "ok": False,
        "error_code": 429,
        "description": f"Too Many Requests: retry after {wait}",
        "parameters": {"retry_after": wait},
    }
    return Fault(429, body, {"Retry-After": str(wait)})


def broken(status: int = 502, *, after: bool = False) -> Fault:
    """A 5xx: JSON for 500, a page of the front server for the others; `after` it was done."""
    if status == 500:
        body = {"ok": False, "error_code": 500, "description": "Internal Server Error"}
        return Fault(status, body, after=after)
    return Fault(status, f"<html><h1>{status}</h1></html>", after=after)


def moved(new_chat_id: int) -> Fault:
    """The group has become a supergroup with this id."""
    body = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: group chat was upgraded to a supergroup chat",
        "parameters": {"migrate_to_chat_id": new_chat_id},
    }
    return Fault(400, body)


def forbidden(why: str) -> Fault:
    """A 403: "blocked", "deactivated", "kicked" or "never_started"."""
    description = f"Forbidden: {_FORBIDDEN[why]}"
    return Fault(403, {"ok": False, "error_code": 403, "description": description})
