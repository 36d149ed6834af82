"""The pretended Discord as a whole: one app, its users, guilds, channels, and what happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.platforms.discord_checks import pings
from tests.platforms.discord_components import kept, kept_embeds
from tests.platforms.discord_gateway import Gateway
from tests.platforms.discord_world import (
    ATTACH_FILES,
    DM,
    EMBED_LINKS,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    THREAD,
    VIEW_CHANNEL,
    Channel,
    Guild,
    Interaction,
    Message,
    RefusalError,
    User,
)
from tests.platforms.violations import Violations
from tests.platforms.waiting import Bell

EPOCH = 1420070400000  # milliseconds since 1970 at which Discord's ids begin
NONCE_WINDOW = 300.0  # seconds; Discord says "the past few minutes"
HOUSE_RULES = ("no_nonce", "open_mentions", "cold_dm")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: the route's name, its path parts and body, and what was answered."""

    name: str
    parts: dict[str, str]
    body: Any = None
    result: Any = None
    error: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the platform did it."""
        return self.error is None


@dataclass(slots=True, eq=False, repr=False)
class State:
    """Everything the routes read and change. `now` gives seconds since 1970."""

    now: Callable[[], float]
    application_id: int
    bot: User
    token: str
    url: Callable[[], str]
    bell: Bell = field(default_factory=Bell)
    violations: Violations = field(default_factory=Violations)
    users: dict[int, User] = field(default_factory=dict)
    guilds: dict[int, Guild] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    interactions: dict[int, Interaction] = field(default_factory=dict)
    by_token: dict[str, Interaction] = field(default_factory=dict)
    commands: dict[int | None, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[int, bytes] = field(default_factory=dict)
    typing: list[Channel] = field(default_factory=list)
    nonces: dict[str | int, tuple[float, Message]] = field(default_factory=dict)
    deduped: int = 0
    last_id: int = 0
    gateway: Gateway = field(init=False)

    def __post_init__(self) -> None:
        self.users[self.bot.id] = self.bot
        self.gateway = Gateway(self, self.bell)

    def break_rule(self, kind: str, call: str, problem: str) -> None:
        """Record a broken rule."""
        self.violations.add(kind, call, problem)

    def new_id(self) -> int:
        """A snowflake of now, larger than all before."""
        made = max((int(self.now() * 1000) - EPOCH) << 22, self.last_id + 1)
        self.last_id = made
        return made

    # -------------------------------------------------------------- finding
    def channel(self, channel_id: str | int) -> Channel:
        """The channel a call means, or Discord's refusal."""
        found = self.channels.get(int(channel_id))
        if found is None:
            raise RefusalError(404, 10003, "Unknown Channel", "unknown_channel")
        if found.gone:
            raise RefusalError(404, 10003, "Unknown Channel")
        if found.guild and not (found.guild.bot_inside and found.permissions & VIEW_CHANNEL):
            raise RefusalError(403, 50001, "Missing Access")
        return found

    def channel_to_write(self, channel_id: str | int, body: dict[str, Any], files: int) -> Channel:
        """The channel a call means, if the bot may write this there."""
        found = self.channel(channel_id)
        if found.guild is None:
            self._check_person(found)
            return found
        if found.type == THREAD and found.archived:
            raise RefusalError(400, 50083, "Thread is archived")
        needed = SEND_MESSAGES_IN_THREADS if found.type == THREAD else SEND_MESSAGES
        needed |= EMBED_LINKS if body.get("embeds") else 0
        needed |= ATTACH_FILES if files else 0
        if found.permissions & needed != needed:
            raise RefusalError(403, 50013, "Missing Permissions")
        return found

    def _check_person(self, channel: Channel) -> None:
        person = next(each for each in channel.people if not each.bot)
        if person.dms_closed:
            raise RefusalError(403, 50007, "Cannot send messages to this user")
        shared = any(each.bot_inside and person.id in each.members for each in self.guilds.values())
        if not shared and not person.installed:
            raise RefusalError(
                403, 50278, "Cannot send messages to this user due to having no mutual guilds"
            )

    def direct(self, user: User) -> Channel:
        """The direct-message channel of one person with the bot, made if there is none."""
        for each in self.channels.values():
            if each.type == DM and user in each.people:
                return each
        made = Channel(self.new_id(), DM, people=[user, self.bot])
        self.channels[made.id] = made
        return made

    # -------------------------------------------------------------- writing
    def post(self, channel: Channel, author: User, body: dict[str, Any], **more: Any) -> Message:
        """Put a message into a channel and tell the gateway."""
        message = Message(self.new_id(), channel, author, **more)
        self.fill(message, body)
        message.mentions = more.get("mentions", message.mentions)
        message.flags |= body.get("flags") or 0
        message.nonce = body.get("nonce")
        channel.messages.append(message)
        if message.ephemeral_for is None:
            self.tell("MESSAGE_CREATE", message)
        self.bell.ring()
        return message

    def fill(self, message: Message, body: dict[str, Any]) -> None:
        """Set or change what a message shows."""
        if "content" in body:
            message.content = body["content"] or ""
            message.pings = pings(message.content, body.get("allowed_mentions"))
            named = (self.users.get(each) for each in message.pings if isinstance(each, int))
            message.mentions = [each for each in named if each is not None]
        if "embeds" in body:
            message.embeds = kept_embeds(body["embeds"] or [])
        if "components" in body:
            message.components = kept(body["components"] or [])
            if message.components:
                message.versions.append(message.components)

    def change(self, message: Message, body: dict[str, Any]) -> None:
        """Edit a message and tell the gateway."""
        self.fill(message, body)
        message.edited = True
        if message.ephemeral_for is None:
            self.tell("MESSAGE_UPDATE", message)
        self.bell.ring()

    def tell(self, event: str, message: Message) -> None:
        """Send a message event to the bot, without the words it may not read."""
        channel = message.channel
        if channel.guild is not None and not channel.permissions & VIEW_CHANNEL:
            return
        if channel.guild is None and self.bot not in channel.people:
            return
        own = message.author is self.bot or self.bot in message.mentions
        body = message.as_json(hidden=channel.guild is not None and not own)
        if channel.guild is not None:
            member = channel.guild.member_json(message.author)
            body |= {"guild_id": str(channel.guild.id), "member": member}
            del body["member"]["user"]
        self.gateway.emit(event, body)

    def check_house(self, call: str, body: dict[str, Any], *, nonce: bool) -> None:
        """Two rules of our own: a nonce on every send, and mentions closed unless meant."""
        if nonce and not (body.get("nonce") and body.get("enforce_nonce")):
            self.break_rule("no_nonce", call, "sent without nonce and enforce_nonce")
        if body.get("content") and body.get("allowed_mentions") is None:
            self.break_rule("open_mentions", call, "sent without allowed_mentions")

    def __repr__(self) -> str:
        return "<the local Discord>"
