"""The club's scripts on the local Telegram: what people type, press and read there.

Telegram shows a group's private answers as pop-ups without buttons; who wants those presses again, and
so does whoever plays here. Words in a group reach a bot as an answer to one of its messages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec

from bot.checking.talk import Line
from bot.club.turn import ClubTurn, Held
from bot.content.load import Content
from bot.conversation.answers import span
from bot.conversation.event import Event
from bot.conversation.state import Conversation, Runner
from bot.conversation.step import step
from bot.conversation.turn import Turn
from bot.runtime.club_turns import ClubCore, club_core
from tests.platforms.telegram_markup import parse
from tests.platforms.telegram_people import Person
from tests.platforms.telegram_server import TelegramServer
from tests.platforms.telegram_state import Call
from tests.platforms.telegram_world import Chat, Message
from tests.telegram.world import ByHand, Program

ZONE = "Europe/London"
CODE = "424242"
_ACT = re.compile(r"(?:(tap|press) )?([a-z]+(?:-\d+)?) (in|joins|removes) ([#@][\w-]+|private)")
_TO = re.compile(r"(never )?to ([a-z]+(?:-\d+)?)")
_SEES = re.compile(r"([a-z]+(?:-\d+)?) never sees")


class Zones:
    """Where people are; all in London, unless a script says otherwise."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def with_zone(self, runner: Runner, event: Event) -> Runner:
        """The runner, who told their clock long ago."""
        if runner.zone or not event.who.id:
            return runner
        return msgspec.structs.replace(runner, zone=self.of.get(event.who.id, ZONE))

    def core(
        self, content: Any, said: Conversation, runner: Runner, event: Event, now: datetime
    ) -> Turn:
        """The conversation's step."""
        return step(content, said, self.with_zone(runner, event), event, now)

    def club(self, content: Content) -> ClubCore:
        """The club's step."""
        own = club_core(content)

        def club_step(content: Any, held: Held, event: Event, now: datetime) -> ClubTurn:
            held = msgspec.structs.replace(held, runner=self.with_zone(held.runner, event))
            return own.step(content, held, event, now)

        return ClubCore(content, own.concerns, own.needs_rank, club_step, own.named, own.totals)


@dataclass(slots=True)
class Played:
    """A script under way. `since` is how many calls there were before the last deed."""

    server: TelegramServer
    program: Program
    zones: Zones
    hand: ByHand
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Chat] = field(default_factory=dict)
    pressed: dict[str, list[tuple[str, Chat]]] = field(default_factory=dict)
    since: int = 0

    # -------------------------------------------------------------- doing
    async def act(self, line: Line) -> bool:
        """Do what a line says; False if it says what is to be seen."""
        found = _ACT.fullmatch(line.verb)
        if found is None and line.verb != "wait":
            return False
        self.since = len(self.server.sent)
        if found is None:
            clock = self.program.host.clock
            await self.program.host.advance(clock.now() + span(line.text.replace(" ", "")))
            return True
        how, name, doing, where = found.groups()
        who, chat = self.person(name), self.chat(where, name)
        if doing == "joins":
            chat.members.pop(self.server.state.bot.id, None)
            who.adds_bot(chat)
        elif doing == "removes":
            who.kicks_bot(chat)
        elif how == "press":
            self._forged(who, chat, line.text)
        elif how == "tap":
            await self._tap(name, who, chat, line.text)
        else:
            self._says(who, chat, self._with_code(line.text))
        await self.hand.step()
        return True

    def person(self, name: str) -> Person:
        """Somebody by their name in the script; whoever is called admin is one."""
        if name not in self.people:
            self.people[name] = made = self.server.person(name.capitalize(), started=True)
            for chat in self.groups.values():
                self._enter(made, chat)
        return self.people[name]

    def chat(self, where: str, name: str) -> Chat:
        """A place by its name in the script."""
        if where == "private":
            return self.person(name).private
        if where not in self.groups:
            self.groups[where] = chat = self.server.group(where[1:], self.server.person("Owner"))
            for each in self.people.values():
                self._enter(each, chat)
        return self.groups[where]

    def _enter(self, who: Person, chat: Chat) -> None:
        admin = who.account.first_name.startswith("Admin")
        chat.members[who.id] = "administrator" if admin else "member"

    def _says(self, who: Person, chat: Chat, text: str) -> None:
        named = re.search(r"<@([a-z]+(?:-\d+)?)>", text)
        about = self.person(named[1]) if named else None
        if named and about:
            text = text.replace(named[0], about.account.first_name)
        if chat is not who.private:
            text = re.sub(r"^(/\w+)", r"\1@heeldrop_test_bot", text)
        theirs = [one for one in self._visible(chat) if one.sender is self.server.state.bot]
        to_us = theirs[-1] if theirs and chat is not who.private else None
        if chat is not who.private and to_us is None and not text.startswith("/"):
            # Mentions reach a bot now and then; that is not to be relied on.
            self.server.state.privacy_mode, text = False, f"{text} @heeldrop_test_bot"
        who.says(text, chat, names=about, reply_to=to_us)

    async def _tap(self, name: str, who: Person, chat: Chat, label: str) -> None:
        found = self._button(who, chat, label)
        for token, there in self._again(name) if found is None else []:
            who.taps(token, chat=there, old=True)
            await self.hand.step()
            found = found or self._button(who, chat, label)
        assert found is not None, f"{name} sees no button {label!r}"
        message, token = found
        self.pressed.setdefault(name, []).append((token, message.chat))
        self.since = len(self.server.sent)
        who.taps(token, message=message, old=True)

    def _again(self, name: str) -> list[tuple[str, Chat]]:
        """What to press to get at the buttons of a pop-up: the same again, or the question again."""
        pressed = self.pressed.get(name, [])
        asked = [one for one in pressed if ":fit:" in one[0]]
        return [*pressed[-1:], *asked[-1:], *asked[-1:]]

    def _button(self, who: Person, chat: Chat, label: str) -> tuple[Message, str] | None:
        places = [who.private, *self.groups.values()]
        places.sort(key=lambda one: one is not chat)
        shown = [one for place in places for one in reversed(who.bot_messages(place))]
        keyboards = [(one, one.keyboard) for one in shown]
        # Then those that a phone may still show.
        keyboards += [(one, old["inline_keyboard"]) for one in shown for old in one.versions]
        buttons = [(one, button) for one, rows in keyboards for row in rows for button in row]
        exact = [one for one in buttons if one[1]["text"].casefold() == label.casefold()]
        close = [one for one in buttons if one[1]["text"].casefold().startswith(label.casefold())]
        for message, button in exact or close:
            return message, button.get("callback_data", "")
        return None

    def _forged(self, who: Person, chat: Chat, token: str) -> None:
        """A press of a button that this person was never shown."""
        markup = {"inline_keyboard": [[{"text": "?", "callback_data": token}]]}
        made = self.server.state.post(chat, self.server.state.bot, markup=markup)
        who.taps(token, message=made)
        made.deleted = True

    def _visible(self, chat: Chat) -> list[Message]:
        return [one for one in chat.messages if not one.deleted]

    # -------------------------------------------------------------- seeing
    def holds(self, line: Line) -> bool:
        """Whether what a line says is so. Where the bot is not any more, nobody can talk to it."""
        if self.groups and not any(self._in(chat) for chat in self.groups.values()):
            return True
        text, verb = self._with_code(line.text), line.verb
        if verb == "silence":
            return not self._shown(lambda _: True)
        if verb == "quiet":
            return not self._shown(self._public)
        if verb == "post":
            posts = [one for chat in self.groups.values() for one in self._visible(chat)]
            return any(text in one.text for one in posts)
        if found := _SEES.fullmatch(verb):
            return not self._says_so(text, self._read_by(self.person(found[1])))
        found = _TO.fullmatch(verb)
        to = self._alone(self.person(found[2])) if found else self._public
        return self._says_so(text, self._shown(to)) != verb.startswith("never")

    def _with_code(self, text: str) -> str:
        """The code of a script stands for the one that was made."""
        made = re.findall(r"Your code is (\d{6})", "\n".join(self._shown(lambda _: True, since=0)))
        return text.replace(CODE, made[-1]) if made else text

    def _in(self, chat: Chat) -> bool:
        return chat.members.get(self.server.state.bot.id, "left") not in {"left", "kicked"}

    def shown(self) -> list[str]:
        """All that was shown since the last deed, to anybody."""
        return self._shown(lambda _: True)

    def _shown(self, to: Callable[[Call], bool], since: int | None = None) -> list[str]:
        calls = self.server.sent[self.since if since is None else since :]
        texts = [_text(one) for one in calls if one.ok and to(one)]
        return [one for one in texts if one]

    def _read_by(self, who: Person) -> list[str]:
        alone = self._alone(who)
        return self._shown(lambda one: self._public(one) or alone(one), since=0)

    def _public(self, call: Call) -> bool:
        return call.params.get("chat_id", 0) in {one.id for one in self.groups.values()}

    def _alone(self, who: Person) -> Callable[[Call], bool]:
        def to(call: Call) -> bool:
            press = self.server.state.callbacks.get(call.params.get("callback_query_id", ""))
            mine = press is not None and press.person is who.account
            return mine or call.params.get("chat_id") == who.id

        return to

    @staticmethod
    def _says_so(text: str, among: list[str]) -> bool:
        return any(text.casefold() in one.casefold() for one in among)


def _text(call: Call) -> str:
    """What a call shows: its words, and the labels of its buttons."""
    if not call.method.startswith(("send", "edit", "answer")):
        return ""
    source = call.params.get("text") or call.params.get("caption") or ""
    return parse(source, "HTML").text if source else ""
