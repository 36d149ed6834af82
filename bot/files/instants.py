"""Instants as files write them."""

from datetime import UTC, datetime


def instant(seconds: float | None) -> datetime | None:
    """Seconds since 1970 as UTC, to the second; None where that is no date."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def seconds_of(text: str) -> float | None:
    """An instant like "2026-10-11T07:10:00Z" in seconds since 1970; without an offset it is UTC."""
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        return None


def number(text: str) -> float | None:
    """A figure that is one: no infinity, nothing absurd."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None
