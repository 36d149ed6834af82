"""The people of a test: what they do becomes events, what they see can be asked."""

import re
from typing import Any

from tests.platforms import discord_commands as commands
from tests.platforms.discord_forms import fill_in
from tests.platforms.discord_state import State
from tests.platforms.discord_world import Channel, Guild, Interaction, Message, User, walk
from tests.platforms.discord_writing import keep_file
from tests.platforms.waiting import PATIENCE

SLASH, PRESS, TYPING, SUBMIT = 2, 3, 4, 5
_MENTION = re.compile(r"<@!?(\d+)>")
ATTACHMENT_LIMIT = 10 * 1024 * 1024


class Member:
    """Someone with a Discord account. Made by `server.member`."""

    def __init__(self, state: State, user: User) -> None:
        self._state = state
        self.user = user
        self.id = user.id

    @property
    def direct(self) -> Channel:
        """This person's direct-message channel with the bot."""
        return self._state.direct(self.user)

    # -------------------------------------------------------------- acting
    def slash(
        self, words: str, options: dict[str, Any] | None = None, *, channel: Channel | None = None
    ) -> Interaction:
        """Use a slash command, such as "run" or "club create"; privately unless told where.

        A file option takes a pair of name and content.
        """
        place = self._place(channel)
        command = commands.find(self._state, words, self.user, place)
        data = commands.data_for(self._state, command, words, options or {})
        return self._act(SLASH, data, place, installed=command)

    def types(
        self, words: str, options: dict[str, Any], option: str, *, channel: Channel | None = None
    ) -> Interaction:
        """Type into an option that offers choices; the answer's `choices` hold what was offered."""
        place = self._place(channel)
        command = commands.find(self._state, words, self.user, place)
        data = commands.data_for(self._state, command, words, options, focused=option)
        return self._act(TYPING, data, place, installed=command)

    def presses(
        self,
        button: str,
        *,
        channel: Channel | None = None,
        message: Message | None = None,
        old: bool = False,
    ) -> Interaction:
        """Press a button named by label or custom_id, on the newest visible message that has it.

        With `old`, buttons the message had before count too: the press was on its way already when
        the message changed, and so carries the message as it was.
        """
        found, part, version = self._find(2, button, channel, message, old=old)
        if part.get("disabled") or not part.get("custom_id"):
            raise AssertionError(f"{button!r} cannot be pressed: {part}")
        data = {"custom_id": part["custom_id"], "component_type": 2}
        return self._act(PRESS, data, found.channel, message=found, version=version)

    def chooses(
        self, *labels: str, channel: Channel | None = None, message: Message | None = None
    ) -> Interaction:
        """Choose from a select menu, by the labels of its options."""
        found, menu, _ = self._find(3, labels[0], channel, message, old=False)
        values = [each["value"] for each in menu["options"] if each["label"] in labels]
        least, most = menu.get("min_values", 1), menu.get("max_values", 1)
        if len(values) != len(labels) or not least <= len(values) <= most:
            raise AssertionError(f"{labels} is not a choice this menu allows")
        data = {"custom_id": menu["custom_id"], "component_type": 3, "values": values}
        return self._act(PRESS, data, found.channel, message=found)

    def submits(self, answers: dict[str, Any]) -> Interaction:
        """Fill in the newest form shown to this person, by label or custom_id, and send it."""
        for shown in reversed(self._state.interactions.values()):
            if shown.user is self.user and shown.modal is not None:
                modal, shown.modal = shown.modal, None
                data = {"custom_id": modal["custom_id"], "components": fill_in(modal, answers)}
                return self._act(SUBMIT, data, shown.channel, message=shown.message)
        raise AssertionError(f"{self.user.name} has no form open")

    @property
    def modal(self) -> dict[str, Any] | None:
        """The form now open on this person's screen."""
        mine = [each for each in self._state.interactions.values() if each.user is self.user]
        return mine[-1].modal if mine else None

    def says(
        self,
        text: str,
        channel: Channel | None = None,
        *,
        reply_to: Message | None = None,
        files: dict[str, bytes] | None = None,
    ) -> Message:
        """Write a message, privately unless told where; `files` are names and contents."""
        state, place = self._state, self._place(channel)
        numbers = [int(each) for each in _MENTION.findall(text)]
        mentions = [state.users[each] for each in numbers if each in state.users]
        if reply_to is not None:
            mentions.append(reply_to.author)
        attached = [
            keep_file(state, name, "application/octet-stream", data)
            for name, data in (files or {}).items()
        ]
        if mentions or place.guild is None:
            self.user.known = True
        body = {"content": text, "allowed_mentions": {"parse": []}}
        return state.post(
            place, self.user, body, reply_to=reply_to, mentions=mentions, attachments=attached
        )

    def closes_dms(self) -> None:
        """No longer take direct messages from the bot."""
        self.user.dms_closed = True

    def opens_dms(self) -> None:
        """Take direct messages again."""
        self.user.dms_closed = False

    def installs(self) -> None:
        """Install the bot for oneself, to use its commands anywhere."""
        self.user.installed = True

    def joins(self, guild: Guild) -> None:
        """Become a member of a guild (the bot is not told: that needs a privileged intent)."""
        guild.members[self.id] = self.user

    def leaves(self, guild: Guild) -> None:
        """Leave a guild."""
        guild.members.pop(self.id, None)

    def _place(self, channel: Channel | None) -> Channel:
        place = channel or self.direct
        if not place.has(self.user):
            raise AssertionError(f"{self.user.name} cannot open {place.name or place.id}")
        return place

    def _act(
        self,
        kind: int,
        data: dict[str, Any],
        channel: Channel,
        *,
        message: Message | None = None,
        installed: dict[str, Any] | None = None,
        version: list[dict[str, Any]] | None = None,
    ) -> Interaction:
        state = self._state
        if not state.gateway.sessions:
            raise AssertionError("no bot is connected, so Discord would say it did not respond")
        number = state.new_id()
        self.user.known = True
        made = Interaction(
            number, f"token{number}", kind, self.user, channel, data, state.now(), message
        )
        state.interactions[made.id] = made
        state.by_token[made.token] = made
        body = interaction_json(state, made, installed)
        if version is not None:
            body["message"]["components"] = version
        state.gateway.emit("INTERACTION_CREATE", body)
        return made

    # -------------------------------------------------------------- seeing
    def sees(self, channel: Channel | None = None) -> list[Message]:
        """The messages this person can read in a channel now, oldest first."""
        place = channel or self.direct
        if not place.has(self.user):
            return []
        return [
            each
            for each in place.messages
            if not each.deleted and each.ephemeral_for in {None, self.user}
        ]

    def bot_messages(self, channel: Channel | None = None) -> list[Message]:
        """The same, only those from the bot."""
        return [each for each in self.sees(channel) if each.author is self._state.bot]

    async def hears(
        self, text: str, channel: Channel | None = None, timeout: float = PATIENCE
    ) -> Message:
        """Wait until the bot shows this person a message with these words; gives the newest."""

        def look() -> Message | None:
            found = [each for each in self.bot_messages(channel) if text in each.text]
            return found[-1] if found else None

        found = await self._state.bell.until(look, f"a message with {text!r}", timeout)
        assert found is not None
        return found

    async def sees_form(self, timeout: float = PATIENCE) -> dict[str, Any]:
        """Wait until a form opens on this person's screen."""
        found = await self._state.bell.until(lambda: self.modal, "a form", timeout)
        assert found is not None
        return found

    def _find(
        self, kind: int, wanted: str, channel: Channel | None, message: Message | None, *, old: bool
    ) -> tuple[Message, dict[str, Any], list[dict[str, Any]]]:
        seen: list[str] = []
        for each in [message] if message else reversed(self.sees(channel)):
            versions = each.versions if old else [each.components]
            for version in reversed(versions):
                for part in walk(version):
                    names = _names(part)
                    if part["type"] == kind and wanted in names:
                        return each, part, version
                    seen += names
        raise AssertionError(f"nothing called {wanted!r}; there are {seen or 'none'}")


def _names(part: dict[str, Any]) -> list[str]:
    options = part.get("options", [])
    found = [part.get("label"), part.get("custom_id"), *(each["label"] for each in options)]
    return [each for each in found if each]


def interaction_json(
    state: State, made: Interaction, command: dict[str, Any] | None = None
) -> dict[str, Any]:
    """The body of INTERACTION_CREATE."""
    channel, guild, user = made.channel, made.channel.guild, made.user
    owners = {}
    if guild is not None and guild.bot_inside:
        owners["0"] = str(guild.id)
    if guild is None and state.bot in channel.people:
        owners["0"] = "0"
    if user.installed and 1 in ((command or {}).get("integration_types") or [1]):
        owners["1"] = str(user.id)
    body: dict[str, Any] = {
        "id": str(made.id),
        "application_id": str(state.application_id),
        "type": made.type,
        "data": made.data,
        "channel_id": str(channel.id),
        "channel": channel.as_json(),
        "token": made.token,
        "version": 1,
        "app_permissions": str(channel.permissions),
        "locale": user.locale,
        "entitlements": [],
        "authorizing_integration_owners": owners,
        "context": commands.context_of(state, channel),
        "attachment_size_limit": ATTACHMENT_LIMIT,
    }
    if guild is None:
        body["user"] = user.as_json()
    else:
        body["guild_id"] = str(guild.id)
        body["guild"] = {"id": str(guild.id), "locale": "en-US", "features": []}
        body["guild_locale"] = "en-US"
        body["member"] = guild.member_json(user, permissions=True)
    if made.message is not None:
        body["message"] = made.message.as_json()
    return body
