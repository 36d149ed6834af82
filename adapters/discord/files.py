"""Files that people drop: fetched for the length of one turn, and then gone.

Rule: too large is not fetched at all; whatever happens, nothing of it stays on the disk.
"""

import contextlib
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import discord

from bot.conversation.event import Dropped

LOG = logging.getLogger("heeldrop.discord")
LARGEST = 20_000_000
"""Bytes."""
_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


@asynccontextmanager
async def fetched(
    attachment: discord.Attachment, folder: Path, name: str
) -> AsyncIterator[Dropped]:
    """The file, in `folder` while inside; with an empty path if it could not or should not be had."""
    suffix = Path(attachment.filename).suffix.lower()
    path = folder / (name + (suffix if _SUFFIX.fullmatch(suffix) else ""))
    got = False
    try:
        if attachment.size <= LARGEST:
            with contextlib.suppress(discord.HTTPException, OSError):
                folder.mkdir(parents=True, exist_ok=True)
                await attachment.save(path)
                got = True
        if not got:
            LOG.info("a file of %d bytes was not fetched", attachment.size)
        yield Dropped(attachment.filename, str(path) if got else "", attachment.size)
    finally:
        path.unlink(missing_ok=True)
