"""The club's scripts on the local Discord: what people type, press and read there.

Commands are slash commands, words in a server are mentions. Where a run starts is shown on each
reader's own clock; here it is read as the words that Heeldrop had for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from adapters.discord import words
from adapters.discord.club_commands import CLUB_COMMANDS
from adapters.discord.commands import COMMANDS
from bot.checking.talk import Line
from bot.conversation.answers import span
from bot.conversation.message import When
from bot.runtime.adapter import Delivery, Receipt
from tests.discord_chat.club import Scene, reader_of
from tests.platforms.discord_people import Member
from tests.platforms.discord_state import Call
from tests.platforms.discord_world import MANAGE_GUILD, Channel, Guild, Message, walk
from tests.telegram.club_script import CODE, Zones

_ACT = re.compile(r"(?:(tap|press) )?([a-z]+(?:-\d+)?) (in|joins|removes) ([#@][\w-]+|private)")
_TO = re.compile(r"(never )?to ([a-z]+(?:-\d+)?)")
_SEES = re.compile(r"([a-z]+(?:-\d+)?) never sees")
_STAMP = re.compile(r"<t:(\d+):\w>")
_OPTION = {"run": "line", "quiet": "days", "setup": "code"}


def places_of(lines: tuple[Line, ...]) -> dict[str, bool]:
    """The places in a server that a script names, and whether we are there from the start."""
    found: dict[str, bool] = {}
    for line in lines:
        act = _ACT.fullmatch(line.verb)
        if act is not None and act[4] != "private":
            found.setdefault(act[4], act[3] != "joins")
    return found


@dataclass(slots=True)
class Played:
    """A script under way. `since` is how many calls there were before the last deed."""

    club: Scene
    zones: Zones
    guilds: dict[str, Guild]
    people: dict[str, Member] = field(default_factory=dict)
    since: int = 0
    moments: dict[int, str] = field(default_factory=dict)
    """The words for each instant that was shown."""

    def __post_init__(self) -> None:
        """Listen to what is delivered, for the words of its instants."""
        deliver = self.club.adapter.deliver

        async def noting(delivery: Delivery) -> Receipt:
            for part in delivery.fitted.parts:
                if isinstance(part, When):
                    self.moments[int(part.at.timestamp())] = part.text
            return await deliver(delivery)

        self.club.adapter.deliver = noting  # type: ignore[method-assign]

    # -------------------------------------------------------------- doing
    async def act(self, line: Line) -> bool:
        """Do what a line says; False if it says what is to be seen."""
        found = _ACT.fullmatch(line.verb)
        if found is None and line.verb != "wait":
            return False
        self.since = len(self.club.server.sent)
        if found is None:
            clock = self.club.host.clock
            await self.club.until(clock.now() + span(line.text.replace(" ", "")))
            return True
        how, name, doing, where = found.groups()
        who, guild = self.person(name), self.guilds.get(where)
        if doing == "joins" and guild:
            self.club.server.add_bot(guild)
        elif guild is not None and not guild.bot_inside:
            return True  # where we are not, nobody can talk to us
        elif doing == "removes" and guild:
            self.club.server.remove_bot(guild)
        else:
            channel = guild.channels[0] if guild else who.direct
            self._does(how, who, channel, self._with_code(line.text))
        await self.club.step()
        await self.club.adapter._retiring.close()
        return True

    def person(self, name: str) -> Member:
        """Somebody by their name in the script; whoever is called admin is one."""
        if name not in self.people:
            made = self.club.server.member(name.capitalize(), *self.guilds.values(), known=True)
            self.people[name] = made
            for guild in self.guilds.values() if name.startswith("admin") else ():
                self.club.server.role(guild, "Admin", made, permissions=MANAGE_GUILD)
        return self.people[name]

    def _does(self, how: str | None, who: Member, channel: Channel, text: str) -> None:
        if how == "tap":
            message, token = self._button(who, channel, text)
            who.presses(token, channel=message.channel, message=message, old=True)
        elif how == "press":
            self._forged(who, channel, text)
        elif channel is who.direct:
            who.says(text)
        elif not self._slash(who, channel, text):
            named = re.sub(r"<@([a-z]+-\d+)>", lambda one: f"<@{self.person(one[1]).id}>", text)
            who.says(f"{self.club.server.mention} {named}", channel)

    def _slash(self, who: Member, channel: Channel, text: str) -> bool:
        """As a slash command; False if there is none such, it is the runner's own, or opens a form."""
        name, _, rest = text.partition(" ")
        name = name.removeprefix("/")
        known = text.startswith("/") and name in CLUB_COMMANDS | COMMANDS
        if not known or name == "help" or (name == "run" and not rest):
            return False
        options: dict[str, Any] = {_OPTION.get(name, "words"): rest} if rest else {}
        if name == "organiser" and rest:
            options = {"who": self.person(rest.strip("<@>"))}
        who.slash(name, options, channel=channel)
        return True

    def _button(self, who: Member, channel: Channel, label: str) -> tuple[Message, str]:
        """The newest button with such a label that somebody can see; then those they saw before."""
        places = [who.direct, *(one for guild in self.guilds.values() for one in guild.channels)]
        places.sort(key=lambda one: one is not channel)
        shown = [one for place in places for one in reversed(who.bot_messages(place))]
        kinds = [(one, one.components) for one in shown]
        kinds += [(one, old) for one in shown for old in reversed(one.versions)]
        buttons = [(one, part) for one, parts in kinds for part in walk(parts) if part["type"] == 2]
        wanted = label.casefold()
        exact = [one for one in buttons if one[1]["label"].casefold() == wanted]
        close = [one for one in buttons if one[1]["label"].casefold().startswith(wanted)]
        assert exact or close, f"{who.user.name} sees no button {label!r}"
        message, part = (exact or close)[0]
        return message, part["custom_id"]

    def _forged(self, who: Member, channel: Channel, token: str) -> None:
        """A press of a button that this person was never shown."""
        button = {"type": 2, "style": 2, "label": "?", "custom_id": token}
        body = {"content": "?", "components": [{"type": 1, "components": [button]}]}
        made = self.club.server.state.post(
            channel, self.club.server.state.bot, body, ephemeral_for=who.user
        )
        who.presses(token, channel=channel, message=made)
        made.deleted = True

    # -------------------------------------------------------------- seeing
    def holds(self, line: Line) -> bool:
        """Whether what a line says is so. Where the bot is not any more, nobody can talk to it."""
        if self.guilds and not any(guild.bot_inside for guild in self.guilds.values()):
            return True
        text, verb = self._with_code(line.text), line.verb
        if verb == "silence":
            return not self._shown(lambda _: True)
        if verb == "quiet":
            return not self._shown(lambda reader: reader is None)
        if verb == "post":
            channels = [one for guild in self.guilds.values() for one in guild.channels]
            posts = [one for each in channels for one in self.club.posts(each)]
            return any(text in self._plain(one.content) for one in posts)
        if found := _SEES.fullmatch(verb):
            ids = {None, self.person(found[1]).id}
            return not _says_so(text, self._shown(lambda reader: reader in ids, since=0))
        found = _TO.fullmatch(verb)
        reader = self.person(found[2]).id if found else None
        return _says_so(text, self._shown(lambda one: one == reader)) != verb.startswith("never")

    def _with_code(self, text: str) -> str:
        """The code of a script stands for the one that was made."""
        made = re.findall(r"Your code is (\d{6})", "\n".join(self._shown(lambda _: True, since=0)))
        return text.replace(CODE, made[-1]) if made else text

    def shown(self) -> list[str]:
        """All that was shown since the last deed, to anybody."""
        return self._shown(lambda _: True)

    def _shown(self, to: Callable[[int | None], bool], since: int | None = None) -> list[str]:
        calls = self.club.server.sent[self.since if since is None else since :]
        texts = [
            self._plain(_text(one))
            for one in calls
            if one.ok and to(reader_of(self.club.server, one))
        ]
        return [one for one in texts if one and one != words.ANSWERED_IN_PRIVATE]

    def _plain(self, text: str) -> str:
        """The words as people read them."""
        text = _STAMP.sub(lambda one: self.moments.get(int(one[1]), one[0]), text)
        return re.sub(r"\\(.)", r"\1", text.replace("**", ""))


def _text(call: Call) -> str:
    body = call.body if isinstance(call.body, dict) else {}
    return str(body.get("content") or (body.get("data") or {}).get("content") or "")


def _says_so(text: str, among: list[str]) -> bool:
    return any(text.casefold() in one.casefold() for one in among)
