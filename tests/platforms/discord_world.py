"""What exists on the pretended Discord: users, guilds, channels, messages and interactions."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

VIEW_CHANNEL = 1 << 10
SEND_MESSAGES = 1 << 11
EMBED_LINKS = 1 << 14
ATTACH_FILES = 1 << 15
READ_MESSAGE_HISTORY = 1 << 16
MENTION_EVERYONE = 1 << 17
USE_APPLICATION_COMMANDS = 1 << 31
MANAGE_EVENTS = 1 << 33
CREATE_PUBLIC_THREADS = 1 << 35
SEND_MESSAGES_IN_THREADS = 1 << 38
CREATE_EVENTS = 1 << 44
MANAGE_GUILD = 1 << 5
USUAL = (
    VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS
    | CREATE_EVENTS
)
TEXT, DM, GROUP_DM, THREAD = 0, 1, 3, 11
EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15


class RefusalError(Exception):
    """An error answer. A `kind` makes it a broken rule, None just the way things are."""

    def __init__(self, status: int, code: int, message: str, kind: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.kind = kind


@dataclass(slots=True, eq=False, repr=False)
class User:
    """A person or a bot. `locale` is their Discord's, `known` that they used the bot before."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-GB"
    dms_closed: bool = False
    installed: bool = False
    known: bool = False

    def as_json(self) -> dict[str, Any]:
        """The user object."""
        return {
            "id": str(self.id),
            "username": self.name.lower(),
            "global_name": self.name,
            "discriminator": "0",
            "avatar": None,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
            "bot": self.bot,
        }

    def __repr__(self) -> str:
        return f"<User {self.name} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Role:
    """A role of a guild; `permissions` is what it lets its people do beyond what everyone may."""

    id: int
    name: str
    permissions: int = 0
    people: set[int] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        """The role object."""
        return {
            "id": str(self.id), "name": self.name, "permissions": str(self.permissions),
            "color": 0, "hoist": False, "position": 1, "managed": False, "mentionable": False,
            "flags": 0, "colors": {"primary_color": 0},
        }  # fmt: skip


@dataclass(slots=True, eq=False, repr=False)
class ScheduledEvent:
    """An entry of a guild's own calendar; a status of 4 is "cancelled"."""

    id: int
    guild: "Guild"
    name: str
    starts_at: str
    ends_at: str
    location: str
    description: str = ""
    status: int = 1

    def as_json(self, creator: User) -> dict[str, Any]:
        """The scheduled event object."""
        return {
            "id": str(self.id), "guild_id": str(self.guild.id), "name": self.name,
            "description": self.description, "channel_id": None, "creator_id": str(creator.id),
            "scheduled_start_time": self.starts_at, "scheduled_end_time": self.ends_at,
            "status": self.status, "entity_type": 3, "entity_id": None, "privacy_level": 2,
            "entity_metadata": {"location": self.location}, "image": None, "user_count": 0,
        }  # fmt: skip


@dataclass(slots=True, eq=False, repr=False)
class Guild:
    """A server of people. `permissions` is what everyone, and so the bot, may do in it.

    `opened` are the commands that its admins let everyone use, whatever they ask for by default.
    """

    id: int
    name: str
    owner: User
    members: dict[int, User] = field(default_factory=dict)
    channels: list["Channel"] = field(default_factory=list)
    permissions: int = USUAL
    bot_inside: bool = True
    unavailable: bool = False
    roles: list[Role] = field(default_factory=list)
    events: dict[int, ScheduledEvent] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    joined_at: str = "2026-01-01T00:00:00+00:00"

    def as_json(self) -> dict[str, Any]:
        """The guild object of GUILD_CREATE."""
        everyone = Role(self.id, "@everyone", self.permissions).as_json() | {"position": 0}
        return {
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "roles": [everyone, *(each.as_json() for each in self.roles)],
            "members": [self.member_json(each) for each in self.members.values() if each.bot],
            "member_count": len(self.members),
            "channels": [each.as_json() for each in self.channels if each.type != THREAD],
            "threads": [each.as_json() for each in self.channels if each.type == THREAD],
            "emojis": [], "stickers": [], "features": [], "presences": [], "voice_states": [],
            "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
            "large": False, "unavailable": False, "joined_at": self.joined_at,
            "verification_level": 0, "default_message_notifications": 0, "mfa_level": 0,
            "explicit_content_filter": 0, "nsfw_level": 0, "premium_tier": 0, "afk_timeout": 300,
            "system_channel_flags": 0, "preferred_locale": "en-US",
        }  # fmt: skip

    def allows(self, user: User) -> int:
        """What a person may do, as bits."""
        found = self.permissions | (MANAGE_GUILD if user is self.owner else 0)
        for each in self.roles:
            found |= each.permissions if user.id in each.people else 0
        return found

    def member_json(self, user: User, *, permissions: bool = False) -> dict[str, Any]:
        """The member object; inside an interaction it says what the person may do."""
        made: dict[str, Any] = {
            "user": user.as_json(), "nick": None, "avatar": None, "flags": 0,
            "roles": [str(each.id) for each in self.roles if user.id in each.people],
            "joined_at": self.joined_at, "deaf": False, "mute": False,
            "pending": False, "premium_since": None, "communication_disabled_until": None,
        }  # fmt: skip
        if permissions:
            made["permissions"] = str(self.allows(user))
        return made

    def __repr__(self) -> str:
        return f"<Guild {self.name} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Channel:
    """A text channel, a thread or a direct-message channel; `denied` bits are taken from all."""

    id: int
    type: int
    name: str = ""
    guild: Guild | None = None
    parent: "Channel | None" = None
    people: list[User] = field(default_factory=list)
    denied: int = 0
    archived: bool = False
    gone: bool = False
    messages: list["Message"] = field(default_factory=list)

    @property
    def permissions(self) -> int:
        """What the bot may do here, as bits."""
        if self.guild is None:
            return USUAL
        above = self.parent.denied if self.parent else 0
        return self.guild.permissions & ~(self.denied | above) if self.guild.bot_inside else 0

    def has(self, user: User) -> bool:
        """Whether a person can open this channel."""
        return user in self.people if self.guild is None else user.id in self.guild.members

    def as_json(self) -> dict[str, Any]:
        """The channel object."""
        made: dict[str, Any] = {"id": str(self.id), "type": self.type, "flags": 0}
        made["last_message_id"] = str(self.messages[-1].id) if self.messages else None
        if self.guild is None:
            return made | {"recipients": [each.as_json() for each in self.people if not each.bot]}
        made |= {"name": self.name, "guild_id": str(self.guild.id), "parent_id": None}
        if self.type != THREAD:
            overwrite = {
                "id": str(self.guild.id),
                "type": 0,
                "allow": "0",
                "deny": str(self.denied),
            }
            more = {"position": 0, "nsfw": False, "topic": None, "rate_limit_per_user": 0}
            return made | more | {"permission_overwrites": [overwrite] if self.denied else []}
        assert self.parent is not None
        metadata: dict[str, Any] = {
            "archived": self.archived,
            "auto_archive_duration": 1440,
            "locked": False,
        }
        metadata["archive_timestamp"] = "2026-01-01T00:00:00+00:00"
        made |= {"parent_id": str(self.parent.id), "owner_id": str(self.guild.owner.id)}
        return made | {"thread_metadata": metadata, "message_count": 0, "member_count": 1}

    def find(self, message_id: int) -> "Message | None":
        """A message that is still there and that everyone may see, by its id."""
        for each in self.messages:
            if each.id == message_id and not each.deleted and each.ephemeral_for is None:
                return each
        return None

    def __repr__(self) -> str:
        return f"<Channel {self.name or self.people} {self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message as people have it now. `pings` names who was notified: user ids or "everyone"."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    reply_to: "Message | None" = None
    nonce: str | int | None = None
    edited: bool = False
    deleted: bool = False
    ephemeral_for: User | None = None
    pings: list[int | str] = field(default_factory=list)
    mentions: list[User] = field(default_factory=list)
    versions: list[list[dict[str, Any]]] = field(default_factory=list)
    interaction_id: int | None = None

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def silent(self) -> bool:
        """Whether it was sent without a notification."""
        return bool(self.flags & SUPPRESS_NOTIFICATIONS)

    @property
    def text(self) -> str:
        """All words people read in it: content, embeds and text components."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [embed.get("title") or "", embed.get("description") or ""]
            for each in embed.get("fields", []):
                parts += [each["name"], each["value"]]
        parts += [each["content"] for each in walk(self.components) if each["type"] == 10]
        return "\n".join(each for each in parts if each)

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons now on it, in reading order."""
        return [each.get("label") or "" for each in walk(self.components) if each["type"] == 2]

    @property
    def choices(self) -> list[str]:
        """The labels in the select menus now on it."""
        menus = [each for each in walk(self.components) if each["type"] == 3]
        return [option["label"] for menu in menus for option in menu["options"]]

    def as_json(self, *, inner: bool = False, hidden: bool = False) -> dict[str, Any]:
        """The message object; `hidden` leaves out what a bot may not read."""
        stamp = datetime.fromtimestamp(((self.id >> 22) + 1420070400000) / 1000, UTC).isoformat()
        made: dict[str, Any] = {
            "id": str(self.id),
            "channel_id": str(self.channel.id),
            "type": 20 if self.interaction_id else 19 if self.reply_to else 0,
            "author": self.author.as_json(),
            "content": "" if hidden else self.content,
            "embeds": [] if hidden else self.embeds,
            "components": [] if hidden else self.components,
            "attachments": [] if hidden else self.attachments,
            "timestamp": stamp,
            "edited_timestamp": stamp if self.edited else None,
            "flags": self.flags,
            "mentions": [each.as_json() for each in self.mentions],
            "mention_roles": [],
            "mention_everyone": "everyone" in self.pings,
            "pinned": False,
            "tts": False,
        }
        if self.nonce is not None:
            made["nonce"] = self.nonce
        if self.reply_to is not None and not inner:
            made["message_reference"] = {
                "type": 0,
                "message_id": str(self.reply_to.id),
                "channel_id": str(self.channel.id),
            }
            made["referenced_message"] = self.reply_to.as_json(inner=True)
        return made

    def __repr__(self) -> str:
        return f"<Message {self.id} from {self.author.name}: {self.text!r:.80}>"


@dataclass(slots=True, eq=False, repr=False)
class Interaction:
    """Something a person did that the bot must answer.

    `response` is the kind of the bot's first answer, `original` the message that stands for it,
    `modal` the form it showed, `choices` what it offered while the person was typing.
    """

    id: int
    token: str
    type: int
    user: User
    channel: Channel
    data: dict[str, Any]
    at: float
    message: Message | None = None
    response: int | None = None
    original: Message | None = None
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)
    private: bool = False
    expired: bool = False
    token_expired: bool = False
    followups: list[Message] = field(default_factory=list)

    def expire(self) -> None:
        """As if more than 3 seconds had gone by before the first answer."""
        self.expired = True

    def expire_token(self) -> None:
        """As if more than 15 minutes had gone by."""
        self.token_expired = True

    def __repr__(self) -> str:
        return f"<Interaction {self.id} of type {self.type} by {self.user.name}: {self.data}>"


def walk(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All components of a message or form, outer before inner, in reading order."""
    found: list[dict[str, Any]] = []
    for each in components:
        found.append(each)
        found += walk(each.get("components", []))
        inner = [each[key] for key in ("component", "accessory") if each.get(key)]
        found += walk(inner)
    return found
