"""One raw update of Discord to one event, and what must be remembered to answer it.

Rule: what a runner says to the bot belongs to that runner's private place, which is named by the
runner and not by a channel: a command, a button or a form in a server is seen by that runner alone,
a mention is answered in private. So the conversation is one and the same wherever on Discord it is
had. `hints` hold the channel it came from. Other people's messages never get past here.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import discord

from bot.conversation.event import Dropped, Event, Happening, Person, Place, Said, Tapped

PLATFORM = "discord"
FORM = "words"
"""The custom_id of the form for free text, and of the button that opens it."""
PICKS = "pick:"
"""How the custom_id of a menu begins; its values are tokens."""
TALKS = frozenset({"start", "coach", "log"})
"""Commands that take free words; these stand for themselves, without the command."""
_LIFE_S = 14 * 60
ALIASES = {"coach": "start"}
"""Commands that mean the same as another one."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """An event, and the adapter's own notes for its deliveries."""

    event: Event
    hints: dict[str, str] = field(default_factory=dict)
    file: discord.Attachment | None = None
    """A file that came with it, still at Discord."""


def receive(update: discord.Interaction | discord.Message, me: int) -> Arrived | None:
    """What happened, or None if it is nothing to us. `me` is the bot's own user id."""
    if isinstance(update, discord.Message):
        return _message(update, me)
    what = _happening(update)
    if what is None:
        return None
    return Arrived(_event(f"i{update.id}", update, update.user, what), _hints(update))


def private_place(user: int | str) -> Place:
    """Where only this person and the bot are."""
    return Place(PLATFORM, str(user))


def in_direct_messages(interaction: discord.Interaction) -> bool:
    """Whether only the person and the bot are where this happened."""
    context = interaction.context
    return bool(context.dm_channel) and interaction.guild_id is None


# ------------------------------------------------------------------ interactions


def _happening(interaction: discord.Interaction) -> Happening | None:
    data: Any = interaction.data or {}
    if interaction.type is discord.InteractionType.application_command:
        return Said(_typed(data)) if data.get("type", 1) == 1 else None
    if interaction.type is discord.InteractionType.component:
        token = (data.get("values") or [""])[0] or data.get("custom_id", "")
        return None if token == FORM else Tapped(token)
    if interaction.type is discord.InteractionType.modal_submit:
        words = " ".join(_written(data.get("components") or [])).strip()
        return Said(words) if data.get("custom_id") == FORM and words else None
    return None


def _typed(data: dict[str, Any]) -> str:
    """A command as if it had been typed: "/menu"; free words stand for themselves."""
    names, values = [str(data["name"])], []
    options = data.get("options") or []
    while options and "value" not in options[0]:  # a subcommand
        names.append(str(options[0]["name"]))
        options = options[0].get("options") or []
    values = [str(each["value"]) for each in options if str(each.get("value", "")).strip()]
    if names[0] in TALKS and values:
        return " ".join(values)
    names[0] = ALIASES.get(names[0], names[0])
    return " ".join([f"/{names[0]}", *names[1:], *values])


def _written(components: list[dict[str, Any]]) -> list[str]:
    found = []
    for each in components:
        inner = [*each.get("components", []), *([each["component"]] if "component" in each else [])]
        found += [str(each["value"])] if each.get("value") else []
        found += _written(inner)
    return found


def _hints(interaction: discord.Interaction) -> dict[str, str]:
    """How the answers find their way.

    `fill`: there is a message that waits to be filled. `few`: only five follow-ups are allowed,
    because the bot is here for this person alone.
    """
    dm = in_direct_messages(interaction)
    hints = {
        "app": str(interaction.application_id),
        "token": interaction.token,
        "until": str(int(interaction.created_at.timestamp()) + _LIFE_S),
        "channel": str(interaction.channel_id or ""),
        "where": "dm" if dm else "here",
    }
    if interaction.is_user_integration() and not interaction.is_guild_integration():
        hints["few"] = "yes"
    pressed = interaction.message
    if pressed is None:
        return hints | {"fill": "yes"}
    if not (dm or pressed.flags.ephemeral):  # others see that message too: leave it alone
        return hints | {"fill": "yes"}
    if interaction.type is discord.InteractionType.modal_submit:
        hints["fill"] = "yes"
    else:
        hints["message"] = str(pressed.id)
    if pressed.flags.ephemeral:
        hints["hidden"] = "yes"
    return hints


# ------------------------------------------------------------------ messages


def _message(message: discord.Message, me: int) -> Arrived | None:
    if message.author.bot or message.webhook_id or message.is_system():
        return None
    in_guild = message.guild is not None
    if in_guild and not any(user.id == me for user in message.mentions):
        return None
    text = re.sub(rf"<@!?{me}>", "", message.content).strip()
    file = message.attachments[0] if message.attachments else None
    what: Happening = Said(text or "/start")
    if file is not None and not text:
        what = Dropped(file.filename, "", file.size)
    hints = {"where": "mention" if in_guild else "dm", "channel": str(message.channel.id)}
    if in_guild:
        hints["reply_to"] = str(message.id)
    event = _event(f"m{message.id}", message, message.author, what)
    return Arrived(event, hints, file)


# ------------------------------------------------------------------ who and where


def _event(
    number: str,
    update: discord.Interaction | discord.Message,
    user: discord.User | discord.Member,
    what: Happening,
) -> Event:
    locale = str(update.locale) if isinstance(update, discord.Interaction) else ""
    person = Person(PLATFORM, str(user.id), locale[:2].lower())
    return Event(number, person, private_place(user.id), what, update.created_at)
