"""What a test can do with the pretended Discord as a whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from tests.platforms.discord_people import Member
from tests.platforms.discord_state import State
from tests.platforms.discord_world import (
    GROUP_DM,
    MANAGE_GUILD,
    TEXT,
    THREAD,
    Channel,
    Guild,
    Interaction,
    Message,
    Role,
    User,
)
from tests.platforms.waiting import PATIENCE

T = TypeVar("T")


class Drivers:
    """Make guilds, channels and people; let the bot in and out; look, and wait."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.people: list[Member] = []

    # -------------------------------------------------------------- making
    def guild(self, name: str, *channels: str, bot: bool = True) -> Guild:
        """A new guild with its text channels ("general" unless named), with the bot in it or not."""
        owner = User(self.state.new_id(), f"{name} owner")
        self.state.users[owner.id] = owner
        made = Guild(self.state.new_id(), name, owner, bot_inside=bot)
        made.members = {owner.id: owner} | ({self.state.bot.id: self.state.bot} if bot else {})
        self.state.guilds[made.id] = made
        for each in channels or ("general",):
            self._channel(made, TEXT, each)
        if bot:
            self._joined(made)
        return made

    def thread(self, parent: Channel, name: str, *, archived: bool = False) -> Channel:
        """A new public thread in a text channel."""
        assert parent.guild is not None
        made = self._channel(parent.guild, THREAD, name, parent)
        made.archived = archived
        self.state.gateway.emit("THREAD_CREATE", made.as_json())
        return made

    def private_group(self, *members: Member) -> Channel:
        """A group chat of people without the bot, where only user-installed commands work."""
        made = Channel(self.state.new_id(), GROUP_DM, people=[each.user for each in members])
        self.state.channels[made.id] = made
        return made

    def role(self, guild: Guild, name: str, *members: Member, permissions: int = 0) -> Role:
        """A new role of a guild, given to these people."""
        made = Role(self.state.new_id(), name, permissions, {each.id for each in members})
        guild.roles.append(made)
        self.state.gateway.emit(
            "GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": made.as_json()}
        )
        return made

    def admin(self, name: str, guild: Guild) -> Member:
        """A new person who manages a guild."""
        made = self.member(name, guild)
        self.role(guild, "Admin", made, permissions=MANAGE_GUILD)
        return made

    def _joined(self, guild: Guild) -> None:
        """Tell the bot of a guild that is new to it: only then is `unavailable` left out."""
        guild.joined_at = datetime.fromtimestamp(self.state.now(), UTC).isoformat()
        body = guild.as_json()
        del body["unavailable"]
        self.state.gateway.emit("GUILD_CREATE", body)

    def _channel(
        self, guild: Guild, kind: int, name: str, parent: Channel | None = None
    ) -> Channel:
        made = Channel(self.state.new_id(), kind, name, guild, parent)
        guild.channels.append(made)
        self.state.channels[made.id] = made
        return made

    def member(
        self,
        name: str,
        *guilds: Guild,
        locale: str = "en-GB",
        installed: bool = False,
        known: bool = False,
    ) -> Member:
        """A new person in these guilds.

        `installed` means they installed the bot for themselves, `known` that they used it before.
        """
        user = User(self.state.new_id(), name, locale=locale, installed=installed, known=known)
        self.state.users[user.id] = user
        for each in guilds:
            each.members[user.id] = user
        self.people.append(Member(self.state, user))
        return self.people[-1]

    # -------------------------------------------------------------- the bot's standing
    def deny(self, channel: Channel, bits: int) -> None:
        """Take permissions from the bot in one channel (constants of `discord_world`)."""
        channel.denied |= bits
        self.state.gateway.emit("CHANNEL_UPDATE", channel.as_json())

    def allow(self, channel: Channel, bits: int) -> None:
        """Give them back."""
        channel.denied &= ~bits
        self.state.gateway.emit("CHANNEL_UPDATE", channel.as_json())

    def limit(self, guild: Guild, bits: int) -> None:
        """Take permissions from everyone, and so from the bot, in a whole guild."""
        guild.permissions &= ~bits
        everyone = guild.as_json()["roles"][0]
        self.state.gateway.emit("GUILD_ROLE_UPDATE", {"guild_id": str(guild.id), "role": everyone})

    def remove_message(self, message: Message) -> None:
        """Somebody who may deletes a message."""
        message.deleted = True
        gone = {"id": str(message.id), "channel_id": str(message.channel.id)}
        guild = message.channel.guild
        more = {"guild_id": str(guild.id)} if guild else {}
        self.state.gateway.emit("MESSAGE_DELETE", gone | more)

    def remove_bot(self, guild: Guild) -> None:
        """Throw the bot out of a guild."""
        guild.bot_inside = False
        guild.members.pop(self.state.bot.id, None)
        self.state.gateway.emit("GUILD_DELETE", {"id": str(guild.id)})

    def add_bot(self, guild: Guild) -> None:
        """Let the bot into a guild."""
        guild.bot_inside = True
        guild.members[self.state.bot.id] = self.state.bot
        self._joined(guild)

    def outage(self, guild: Guild) -> None:
        """Make a guild unavailable: it is not gone, only away."""
        guild.unavailable = True
        self.state.gateway.emit("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})

    def back(self, guild: Guild) -> None:
        """End an outage."""
        guild.unavailable = False
        self.state.gateway.emit("GUILD_CREATE", guild.as_json())

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel."""
        channel.gone = True
        self.state.gateway.emit("CHANNEL_DELETE", channel.as_json())

    # -------------------------------------------------------------- looking and waiting
    @property
    def mention(self) -> str:
        """How people mention the bot in a text."""
        return f"<@{self.state.bot.id}>"

    def messages(self, channel: Channel) -> list[Message]:
        """What stands in a channel now for everyone."""
        return [each for each in channel.messages if not each.deleted and not each.ephemeral_for]

    @property
    def unanswered(self) -> list[Interaction]:
        """Interactions the bot has not answered; people are told that it did not respond."""
        return [
            each
            for each in self.state.interactions.values()
            if each.response is None and not each.expired
        ]

    @property
    def thinking(self) -> list[Message]:
        """Messages that still say the bot is thinking."""
        every = [each for channel in self.state.channels.values() for each in channel.messages]
        return [each for each in every if each.loading and not each.deleted]

    async def until(self, look: Callable[[], T], what: str = "it", timeout: float = PATIENCE) -> T:
        """Wait until something is true of the server; see `Bell.until`."""
        return await self.state.bell.until(look, what, timeout)

    async def ready(self, times: int = 1, timeout: float = PATIENCE) -> None:
        """Wait until the bot has connected with IDENTIFY so many times and is connected."""
        gateway = self.state.gateway
        await self.until(
            lambda: gateway.connected and gateway.identified >= times, "the bot", timeout
        )
