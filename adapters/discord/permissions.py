"""What the bot may do in a channel, and what it lacks, in Discord's own words for it."""

from typing import Any

import discord

from adapters.discord import words


def may_quote(channel: Any) -> bool:
    """Whether a message there may be a reply to another one."""
    allowed = allowed_in(channel)
    return allowed is not None and allowed.read_message_history


def missing_in(channel: Any, *, files: bool = False) -> str:
    """A sentence that names what is missing for a message there; "" if nothing is, or nobody knows."""
    allowed = allowed_in(channel)
    if allowed is None:
        return ""
    lacking = [] if allowed.view_channel else ["View Channel"]
    if isinstance(channel, discord.Thread):
        lacking += [] if allowed.send_messages_in_threads else ["Send Messages in Threads"]
    else:
        lacking += [] if allowed.send_messages else ["Send Messages"]
    lacking += ["Attach Files"] if files and not allowed.attach_files else []
    return words.needs(lacking) if lacking else ""


def needs_of(channel: Any) -> str:
    """What a message in a channel needs, where Discord refused without a word."""
    thread = isinstance(channel, discord.Thread)
    return missing_in(channel) or words.needs(
        ["Send Messages in Threads" if thread else "Send Messages"]
    )


def may_thread(channel: Any) -> bool:
    """Whether a message there may get a thread, and we may write in it."""
    allowed = allowed_in(channel)
    if allowed is None:
        return False
    return allowed.create_public_threads and allowed.send_messages_in_threads


def allowed_in(channel: Any) -> discord.Permissions | None:
    """What we may do in a channel, or None where that is not known."""
    guild = getattr(channel, "guild", None)
    if guild is None or guild.me is None:
        return None
    try:
        allowed: discord.Permissions = channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose channel is not known
        return None
    return allowed
