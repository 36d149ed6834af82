"""The people of a test: what they do becomes updates, what they see can be asked."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.platforms.telegram_asking import tell_of_bot
from tests.platforms.telegram_markup import utf16
from tests.platforms.telegram_sending import media_json
from tests.platforms.telegram_state import State
from tests.platforms.telegram_world import (
    GROUP_ANONYMOUS_BOT,
    Account,
    Callback,
    Chat,
    Message,
)
from tests.platforms.waiting import PATIENCE

_COMMAND = re.compile(r"(?<!\S)/[A-Za-z0-9_]{1,64}(?:@(\w+))?")
_MENTION = re.compile(r"(?<!\S)@\w{4,32}")


class Person:
    """Someone with a Telegram account. Made by `server.person`."""

    def __init__(self, state: State, account: Account, private: Chat) -> None:
        self._state = state
        self.account = account
        self.private = private
        self.id = account.id

    # -------------------------------------------------------------- writing
    def says(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        anonymous: bool = False,
        names: "Person | None" = None,
    ) -> Message:
        """Write a text, privately unless a group is given; the bot gets it if it may see it.

        `names` is mentioned by first name, which stands in the text; that is for people without a
        username.
        """
        entities = _entities(text)
        if names is not None:
            entities.append(_naming(text, names.account))
        return self._sends(
            chat, text=text, entities=entities, reply_to=reply_to, thread_id=topic,
            anonymous=anonymous,
        )  # fmt: skip

    def starts(self, payload: str = "") -> Message:
        """Press Start, perhaps after following a deep link."""
        return self.says(f"/start {payload}".strip())

    def sends_document(
        self,
        name: str,
        data: bytes,
        *,
        chat: Chat | None = None,
        mime: str = "application/octet-stream",
        caption: str = "",
        size: int | None = None,
    ) -> Message:
        """Send a file; `size` pretends it is larger than it is."""
        stored = self._state.keep_file(name, mime, data, by_bot=False, size=size)
        extra = {"document": media_json("document", stored)}
        return self._sends(
            chat, text=caption, media="document", file_id=stored.file_id, extra=extra
        )

    def sends_location(
        self, latitude: float, longitude: float, chat: Chat | None = None
    ) -> Message:
        """Share a place."""
        place = {"latitude": latitude, "longitude": longitude}
        return self._sends(chat, extra={"location": place})

    def edits(self, message: Message, text: str) -> None:
        """Change a message of one's own."""
        message.text, message.entities = text, _entities(text)
        message.edited = int(self._state.now())
        if self._bot_sees(message):
            self._state.updates.add("edited_message", message.as_json())

    def _sends(self, chat: Chat | None, *, anonymous: bool = False, **more: Any) -> Message:
        chat = chat or self.private
        sender = self.account
        if chat is self.private:
            self.account.started = True
        elif chat.members.get(self.id, "left") in {"left", "kicked"}:
            raise AssertionError(f"{self.account.first_name} is not in {chat.title}")
        if anonymous:
            more["sender_chat"] = chat
            sender = Account(GROUP_ANONYMOUS_BOT, "Group", "GroupAnonymousBot", is_bot=True)
        message = self._state.post(chat, sender, **more)
        if self._bot_sees(message):
            self._state.updates.add("message", message.as_json())
        return message

    def _bot_sees(self, message: Message) -> bool:
        """Privacy mode: in groups only commands meant for the bot and replies to it."""
        state, chat = self._state, message.chat
        if chat is self.private:
            return not self.account.blocked
        if chat.members.get(state.bot.id, "left") in {"left", "kicked"}:
            return False
        if not state.privacy_mode or state.is_admin(chat, state.bot):
            return True
        if message.reply_to is not None and message.reply_to.sender is state.bot:
            return True
        command = _COMMAND.match(message.text)
        if command is None:
            return False
        if command.group(1):
            return command.group(1).lower() == (state.bot.username or "").lower()
        return state.spoke_last.get(chat.id, False)

    # -------------------------------------------------------------- pressing
    def taps(
        self,
        button: str,
        *,
        chat: Chat | None = None,
        message: Message | None = None,
        old: bool = False,
    ) -> Callback:
        """Press a button named by its label or its data, on the newest message that has it.

        With `old`, buttons the message had before count too: a phone that has not caught up.
        """
        found, pressed = self._find_button(button, chat, message, old=old)
        state = self._state
        if "callback_data" not in pressed:
            raise AssertionError(f"{button!r} is not a button that tells the bot: {pressed}")
        callback = Callback(
            f"{4_000_000 + len(state.callbacks)}", self.account, found,
            pressed["callback_data"], state.now(),
        )  # fmt: skip
        state.callbacks[callback.id] = callback
        state.updates.add("callback_query", callback_json(callback))
        return callback

    def taps_key(self, label: str, chat: Chat | None = None) -> Message:
        """Press a key of the keyboard the bot put in place of the phone's own."""
        for message in reversed(self.sees(chat)):
            if label in message.keys:
                return self.says(label, chat)
        raise AssertionError(f"no key {label!r}")

    def follows(self, button: str, chat: Chat | None = None) -> Message:
        """Press a button with a link to the bot's private chat, then Start."""
        _, pressed = self._find_button(button, chat, None, old=False)
        link = urlsplit(pressed.get("url", ""))
        if link.path.strip("/").lower() != (self._state.bot.username or "").lower():
            raise AssertionError(f"{button!r} does not lead to the bot: {pressed}")
        return self.starts(parse_qs(link.query).get("start", [""])[0])

    def _find_button(
        self, wanted: str, chat: Chat | None, message: Message | None, *, old: bool
    ) -> tuple[Message, dict[str, Any]]:
        visible = [message] if message else reversed(self.sees(chat))
        seen: list[str] = []
        for each in visible:
            markups = each.versions if old else [each.markup or {}]
            for markup in reversed(markups):
                for row in markup.get("inline_keyboard", []):
                    for button in row:
                        if wanted in {button["text"], button.get("callback_data")}:
                            return each, button
                        seen.append(button["text"])
        raise AssertionError(f"no button {wanted!r}; there are {seen or 'none'}")

    # -------------------------------------------------------------- coming and going
    def blocks(self) -> None:
        """Block the bot."""
        self.account.blocked = True
        self._bot_changed(self.private, "member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self.account.blocked = False
        self._bot_changed(self.private, "kicked", "member")

    def deletes_account(self) -> None:
        """Leave Telegram; the bot learns of it only when it writes."""
        self.account.deactivated = True

    def joins(self, group: Chat) -> None:
        """Become a member of a group."""
        group.members[self.id] = "member"
        self._service(group, {"new_chat_members": [self.account.as_user()]})

    def leaves(self, group: Chat) -> None:
        """Leave a group."""
        group.members[self.id] = "left"
        self._service(group, {"left_chat_member": self.account.as_user()})

    def adds_bot(self, group: Chat, *, admin: bool = False) -> None:
        """Add the bot to a group."""
        old = group.members.get(self._state.bot.id, "left")
        self._bot_changed(group, old, "administrator" if admin else "member")
        self._service(group, {"new_chat_members": [self._state.bot.as_user()]})

    def promotes_bot(self, group: Chat) -> None:
        """Make the bot an admin."""
        self._bot_changed(group, group.members[self._state.bot.id], "administrator")

    def kicks_bot(self, group: Chat) -> None:
        """Remove the bot from a group."""
        self._bot_changed(group, group.members[self._state.bot.id], "kicked")

    def promotes(self, other: "Person", group: Chat) -> None:
        """Make somebody an admin."""
        group.members[other.id] = "administrator"

    def forbids(self, group: Chat, *what: str) -> None:
        """Take from all members who are no admins what they may do: "messages", "documents"."""
        group.denied |= {f"can_send_{one}" for one in what}

    def upgrades(self, group: Chat) -> Chat:
        """Turn a group into a supergroup; gives the new chat."""
        new = Chat(-1_002_000_000_000 - abs(group.id), "supergroup", group.title)
        new.members = dict(group.members)
        self._state.chats[new.id] = new
        group.moved_to = new.id
        self._service(group, {"migrate_to_chat_id": new.id})
        self._service(new, {"migrate_from_chat_id": group.id})
        return new

    def _service(self, group: Chat, extra: dict[str, Any]) -> None:
        message = self._state.post(group, self.account, extra=extra)
        if group.members.get(self._state.bot.id, "left") not in {"left", "kicked"}:
            self._state.updates.add("message", message.as_json())

    def _bot_changed(self, chat: Chat, old: str, new: str) -> None:
        chat.members[self._state.bot.id] = new
        tell_of_bot(self._state, chat, self.account, (old, new))

    # -------------------------------------------------------------- seeing
    def sees(self, chat: Chat | None = None) -> list[Message]:
        """The messages this person can read in a chat now, oldest first."""
        chat = chat or self.private
        if chat is not self.private and chat.members.get(self.id, "left") in {"left", "kicked"}:
            return []
        return [
            each
            for each in chat.messages
            if not each.deleted and each.ephemeral_for in {None, self.account}
        ]

    def bot_messages(self, chat: Chat | None = None) -> list[Message]:
        """The same, only those from the bot."""
        return [each for each in self.sees(chat) if each.sender is self._state.bot]

    @property
    def popups(self) -> list[Callback]:
        """The presses of this person that the bot answered with a text of its own."""
        mine = (each for each in self._state.callbacks.values() if each.person is self.account)
        return [each for each in mine if each.text]

    async def hears(
        self, text: str, chat: Chat | None = None, timeout: float = PATIENCE
    ) -> Message:
        """Wait until the bot shows this person a message with these words; gives the newest."""

        def look() -> Message | None:
            found = [each for each in self.bot_messages(chat) if text in each.text]
            return found[-1] if found else None

        found = await self._state.bell.until(look, f"a message with {text!r}", timeout)
        assert found is not None
        return found


def callback_json(callback: Callback) -> dict[str, Any]:
    """The CallbackQuery object of one press."""
    message = callback.message
    body = message.as_json()
    if message.deleted:
        body = {"chat": message.chat.as_chat(), "message_id": message.id, "date": 0}
    return {
        "id": callback.id,
        "from": callback.person.as_user(),
        "message": body,
        "chat_instance": str(abs(message.chat.id) * 31),
        "data": callback.data,
    }


def _naming(text: str, who: Account) -> dict[str, Any]:
    before = text[: text.index(who.first_name)]
    place = {"offset": utf16(before), "length": utf16(who.first_name)}
    return {"type": "text_mention", "user": who.as_user(), **place}


def _entities(text: str) -> list[dict[str, Any]]:
    """The commands and mentions Telegram marks in what people write."""
    return [
        {"type": sort, "offset": utf16(text[: match.start()]), "length": utf16(match.group())}
        for sort, pattern in (("bot_command", _COMMAND), ("mention", _MENTION))
        for match in pattern.finditer(text)
    ]
