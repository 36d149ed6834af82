"""One raw update of Discord to one event, and what must be remembered to answer it.

Rule: what a runner says to the bot belongs to that runner's private place, which is named by the
runner and not by a channel: a command, a button or a form in a server is seen by that runner alone,
a mention is answered in private. So the conversation is one and the same wherever on Discord it is
had. Only what is about a club, and what is said before everyone, has happened in the server: a
server is a chat, its channels and threads are the chat's threads, and `home` is the private place.
`hints` hold the channel it came from. Other people's messages never get past here.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import discord

from adapters.discord.forms import FORM, RUN_FORM, run_line, written
from bot.club import tokens
from bot.conversation.event import Dropped, Event, Happening, Person, Place, Said, Tapped

PLATFORM = "discord"
PICKS = "pick:"
"""How the custom_id of a menu begins; its values are tokens."""
TALKS = frozenset({"start", "coach", "log"})
"""Commands that take free words; these stand for themselves, without the command."""
_LIFE_S = 14 * 60
CLUB = frozenset(
    {"run", "next", "runs", "club", "share", "setup", "organiser", "quiet", "code", "leave", "help"}
)
"""Commands of a club; in a server they are about the club of that server."""
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
    where = _club_place(update, what)
    event = _event(f"i{update.id}", update, update.user, what, where)
    return Arrived(event, _hints(update, club=where is not None))


def private_place(user: int | str) -> Place:
    """Where only this person and the bot are."""
    return Place(PLATFORM, str(user))


def place_in(guild: discord.Guild, channel: int | None) -> Place:
    """A channel or thread of a server."""
    return Place(PLATFORM, str(guild.id), str(channel or ""), private=False, name=guild.name or "")


def _club_place(interaction: discord.Interaction, what: Happening) -> Place | None:
    """The channel of a server whose club this is about; None for all that is the runner's own."""
    guild = interaction.guild
    if guild is None or not interaction.is_guild_integration():
        return None
    name = what.text.partition(" ")[0] if isinstance(what, Said) else ""
    slash = interaction.type is not discord.InteractionType.component and name.startswith("/")
    pressed = isinstance(what, Tapped) and tokens.read(what.token) is not None
    ours = pressed or (slash and name[1:] in CLUB)
    return place_in(guild, interaction.channel_id) if ours else None


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
        fields = written(data.get("components") or [])
        if data.get("custom_id") == RUN_FORM:
            return Said(f"/run {run_line(fields)}".strip())
        words = " ".join(fields.values()).strip()
        return Said(words) if data.get("custom_id") == FORM and words else None
    return None


def _typed(data: dict[str, Any]) -> str:
    """A command as if it had been typed: "/menu"; free words stand for themselves."""
    names, values = [str(data["name"])], []
    options = data.get("options") or []
    while options and "value" not in options[0]:  # a subcommand
        names.append(str(options[0]["name"]))
        options = options[0].get("options") or []
    values = [_value(each) for each in options if str(each.get("value", "")).strip()]
    if names[0] in TALKS and values:
        return " ".join(values)
    names[0] = ALIASES.get(names[0], names[0])
    return " ".join([f"/{names[0]}", *names[1:], *values])


def _value(option: dict[str, Any]) -> str:
    """What was given for an option; people and roles as they are mentioned."""
    marks = {
        discord.AppCommandOptionType.user.value: "@",
        discord.AppCommandOptionType.role.value: "@&",
    }
    mark = marks.get(option.get("type", 0))
    return f"<{mark}{option['value']}>" if mark else str(option["value"])


def _hints(interaction: discord.Interaction, *, club: bool) -> dict[str, str]:
    """How the answers find their way.

    `fill`: there is a message that waits to be filled. `few`: only five follow-ups are allowed,
    because the bot is here for this person alone. A press on what a club posted waits for nothing:
    often the counts in the post are answer enough.
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
        return hints if club else hints | {"fill": "yes"}
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
    where = place_in(message.guild, message.channel.id) if message.guild and not file else None
    event = _event(f"m{message.id}", message, message.author, what, where)
    return Arrived(event, hints, file)


# ------------------------------------------------------------------ who and where


def _event(
    number: str,
    update: discord.Interaction | discord.Message,
    user: discord.User | discord.Member,
    what: Happening,
    where: Place | None,
) -> Event:
    locale = str(update.locale) if isinstance(update, discord.Interaction) else ""
    person = Person(PLATFORM, str(user.id), locale[:2].lower())
    home = private_place(user.id)
    return Event(number, person, where or home, what, update.created_at, home if where else None)
