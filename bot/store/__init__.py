"""Keeping people's answers, plans and reminders on disk, and forgetting them when asked.

The only part that knows there is a database.
"""

from bot.store.errors import StoreError
from bot.store.store import Store

__all__ = ["Store", "StoreError"]
