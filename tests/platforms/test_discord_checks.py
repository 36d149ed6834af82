"""The local Discord server: each of its checks bites."""

from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import discord
import pytest

from tests.platforms.discord_bots import Bot, pointed_at, running
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import COMPONENTS_V2, Guild, Interaction
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec
HOUSE = {"nonce": "n", "enforce_nonce": True, "allowed_mentions": {"parse": []}}


ACCEPTED = {"no_nonce", "open_mentions", "bad_file"}


async def raw(
    server: DiscordServer, method: str, path: str, body: Any = None, token: str | None = None
) -> tuple[int, Any]:
    """Call a route without the library; gives the status and the answer."""
    headers = {"Authorization": f"Bot {token or server.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        url = server.api_url + path
        async with session.request(method, url, json=body) as answer:
            return answer.status, await answer.json() if answer.status != 204 else None


def button(**more: Any) -> dict[str, Any]:
    """A button that is right, unless changed."""
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x"} | more


def row(*inner: Any) -> dict[str, Any]:
    """A row of components."""
    return {"type": 1, "components": list(inner)}


def menu(**more: Any) -> dict[str, Any]:
    """A select menu that is right, unless changed."""
    option = {"label": "x", "value": "x"}
    return {"type": 3, "custom_id": "m", "options": [option]} | more


FIELD = {"name": "x" * 200, "value": "x" * 1000}
PARTS = "bad_components"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("bad_body", {"content": "x" * 2001}),
        ("bad_body", {"content": 5}),
        ("bad_body", {"content": "x", "contents": "x"}),
        ("bad_body", {"content": "x", "nonce": "x" * 26}),
        ("bad_body", {"components": [row(button(label="x" * 81))]}),
        ("bad_body", {"components": [row(button(custom_id="x" * 101))]}),
        ("bad_body", {"components": [row(*[button()] * 6)]}),
        ("bad_body", {"components": [row(menu(options=[]))]}),
        ("bad_body", {"components": [row(button(style=9))]}),
        ("bad_body", {"embeds": [{"title": "x" * 257}]}),
        ("empty_message", {}),
        ("too_long", {"embeds": [{"fields": [FIELD] * 6}]}),
        (PARTS, {"components": [row(button(), button())]}),
        (PARTS, {"components": [row(button(custom_id=str(n))) for n in range(6)]}),
        (PARTS, {"components": [row(menu(), button())]}),
        (PARTS, {"components": [row(button(url="https://example.org"))]}),
        (PARTS, {"components": [row({"type": 2, "style": 1, "label": "x"})]}),
        (PARTS, {"components": [row({"type": 2, "style": 1, "custom_id": "x"})]}),
        (PARTS, {"components": [row(menu(options=[{"label": "x", "value": "x"}] * 2))]}),
        (PARTS, {"components": [{"type": 10, "content": "x"}]}),
        (PARTS, {"content": "x", "flags": COMPONENTS_V2}),
        ("bad_file", {"embeds": [{"image": {"url": "attachment://no.png"}}]}),
        ("unknown_message", {"content": "x", "message_reference": {"message_id": "5"}}),
        ("no_nonce", {"content": "x", "nonce": None}),
        ("no_nonce", {"content": "x", "enforce_nonce": False}),
        ("open_mentions", {"content": "x", "allowed_mentions": None}),
    ],
)
async def test_a_broken_rule_of_messages_is_caught(kind: str, body: dict[str, Any]) -> None:
    """Each kind of wrong message is recorded, and but for our own rules refused."""
    async with DiscordServer() as server:
        channel = server.guild("Club").channels[0]
        status, _ = await raw(server, "POST", f"/channels/{channel.id}/messages", HOUSE | body)

        server.violations.expect(kind)
        assert status == (200 if kind in ACCEPTED else 400)


async def test_a_right_message_breaks_no_rule() -> None:
    """The message the wrong ones are made from is itself accepted."""
    async with DiscordServer() as server:
        channel = server.guild("Club").channels[0]
        parts = [row(button()), row(menu())]
        body = HOUSE | {"content": "x", "components": parts}

        assert (await raw(server, "POST", f"/channels/{channel.id}/messages", body))[0] == 200


@pytest.mark.parametrize(
    ("kind", "method", "path", "body"),
    [
        ("unknown_route", "GET", "/greetings", None),
        ("unknown_route", "DELETE", "/gateway", None),
        ("unknown_parameter", "GET", "/users/@me?fast=1", None),
        ("unknown_channel", "GET", "/channels/5", None),
        ("unknown_user", "GET", "/users/5", None),
        ("unknown_user", "POST", "/users/@me/channels", {"recipient_id": "5"}),
        ("bad_body", "POST", "/users/@me/channels", {"recipient": "5"}),
        ("bad_body", "GET", "/users/@me", {"x": 1}),
        ("unknown_interaction", "POST", "/interactions/5/x/callback", {"type": 6}),
        ("unknown_interaction", "POST", "/webhooks/5/x", {"content": "x"}),
        ("bad_command", "PUT", "/applications/5/commands", [{"name": "Run", "description": "x"}]),
        ("bad_command", "PUT", "/applications/5/commands", [{"name": "run"}]),
        ("bad_body", "PUT", "/applications/5/commands", [{"name": "x" * 33, "description": "x"}]),
    ],
)
async def test_a_broken_rule_of_routes_is_caught(
    kind: str, method: str, path: str, body: Any
) -> None:
    """Unknown routes, query parameters, ids and wrong bodies are recorded."""
    async with DiscordServer() as server:
        await raw(server, method, path, body)

        server.violations.expect(kind)


async def test_writing_first_to_a_stranger_is_caught() -> None:
    """A private channel is opened only to people who did something first."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        ben = server.member("Ben", server.guild("Other"), known=True)
        for each in (ada, ben):
            await raw(server, "POST", "/users/@me/channels", {"recipient_id": str(each.id)})

        assert [each.problem for each in server.violations.expect("cold_dm")] == [
            "Ada never used the bot"
        ]


async def test_leaving_the_server_with_a_violation_fails_the_test() -> None:
    """Nobody has to remember to look: the server's own end raises."""
    with pytest.raises(AssertionError, match="unknown_route in GET /greetings"):
        async with DiscordServer() as server:
            await raw(server, "GET", "/greetings")


async def test_a_wrong_token_is_refused() -> None:
    """Without the right token nothing is answered."""
    async with DiscordServer() as server:
        assert (await raw(server, "GET", "/users/@me", token="other"))[0] == 401


async def test_methods_nobody_wrote_out_answer_with_the_smallest_value() -> None:
    """A valid call of any route gets a value of the kind it answers."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        status, found = await raw(server, "GET", f"/guilds/{guild.id}/roles")

        assert (status, found) == (200, [])


# ---------------------------------------------------------------- who is notified
@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ({"parse": []}, []),
        ({"parse": ["everyone"]}, ["everyone"]),
        ({"users": ["77"]}, [77]),
        ({"parse": ["users", "roles"]}, [77, "&88"]),
    ],
)
async def test_only_allowed_mentions_ping(allowed: dict[str, Any], expected: list[Any]) -> None:
    """Names in a text notify only those the call allows."""
    async with DiscordServer() as server:
        channel = server.guild("Club").channels[0]
        body = HOUSE | {"content": "@everyone <@77> <@&88>", "allowed_mentions": allowed}
        await raw(server, "POST", f"/channels/{channel.id}/messages", body)

        assert server.messages(channel)[0].pings == expected


# ---------------------------------------------------------------- interactions
class Waiting(Bot):
    """Leaves interactions to the test."""

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Do nothing."""

    async def setup_hook(self) -> None:
        """Send the commands, but do not answer them."""
        await self.tree.sync()
        self.tree.clear_commands(guild=None)
        self._connection._command_tree = None


async def asked(server: DiscordServer) -> tuple[Guild, Interaction]:
    """A guild with a command used in it and not answered."""
    guild = server.guild("Club")
    member = server.member("Ada", guild)
    return guild, member.slash("run", {"distance": "5"}, channel=guild.channels[0])


def answer_path(made: Interaction) -> str:
    """The route of the first answer."""
    return f"/interactions/{made.id}/{made.token}/callback"


def later_path(server: DiscordServer, made: Interaction) -> str:
    """The route of later answers."""
    return f"/webhooks/{server.state.application_id}/{made.token}"


TEXT = {"content": "x", "allowed_mentions": {"parse": []}}


async def test_an_interaction_may_be_answered_only_once() -> None:
    """The second first answer gets 40060 and is a broken rule."""
    async with DiscordServer() as server, running(server, Waiting()):
        _, made = await asked(server)
        await raw(server, "POST", answer_path(made), {"type": 5})
        _, found = await raw(server, "POST", answer_path(made), {"type": 5})

        assert found["code"] == 40060
        server.violations.expect("answered_twice")


async def test_the_first_answer_has_three_seconds() -> None:
    """By the server's clock an answer after 3 s is too late; one expired on order is no fault."""
    clock = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    async with DiscordServer(now=lambda: clock[0]) as server, running(server, Waiting()):
        guild, made = await asked(server)
        clock[0] += timedelta(seconds=4)
        _, found = await raw(server, "POST", answer_path(made), {"type": 5})
        assert found["code"] == 10062
        server.violations.expect("too_late")
        other = server.member("Ben", guild).slash(
            "run", {"distance": "5"}, channel=guild.channels[0]
        )
        other.expire()
        _, found = await raw(server, "POST", answer_path(other), {"type": 5})

        assert found["code"] == 10062
        assert server.unanswered == [made]


async def test_the_token_lasts_a_quarter_of_an_hour() -> None:
    """After that an edit of the answer gets 50027."""
    async with DiscordServer() as server, running(server, Waiting()):
        _, made = await asked(server)
        await raw(server, "POST", answer_path(made), {"type": 5})
        made.expire_token()
        path = later_path(server, made) + "/messages/@original"
        status, found = await raw(server, "PATCH", path, TEXT)

        assert (status, found["code"]) == (401, 50027)


async def test_a_private_follow_up_to_a_public_defer_is_caught() -> None:
    """The classic leak: everyone sees it, so it is a broken rule."""
    async with DiscordServer() as server, running(server, Waiting()):
        guild, made = await asked(server)
        await raw(server, "POST", answer_path(made), {"type": 5})
        await raw(server, "POST", later_path(server, made), TEXT | {"flags": 64})

        server.violations.expect("privacy_lost")
        assert [each.text for each in server.messages(guild.channels[0])] == ["x"]


async def test_where_the_bot_is_not_five_follow_ups_are_allowed() -> None:
    """A command installed by a person, used in a foreign guild: the sixth follow-up is refused."""
    async with DiscordServer() as server, running(server, Waiting()):
        foreign = server.guild("Foreign", bot=False)
        ada = server.member("Ada", foreign, installed=True)
        made = ada.slash("coach", channel=foreign.channels[0])
        await raw(server, "POST", answer_path(made), {"type": 4, "data": TEXT})
        for _ in range(5):
            assert (await raw(server, "POST", later_path(server, made), TEXT))[0] == 200
        _, found = await raw(server, "POST", later_path(server, made), TEXT)

        assert found["code"] == 40094
        server.violations.expect("bad_response")


async def test_a_form_must_be_right_and_not_answer_a_form() -> None:
    """A form with one id twice is refused, and so is a form in answer to a form."""
    async with DiscordServer() as server, running(server, Waiting()):
        _, made = await asked(server)
        text = {"type": 4, "custom_id": "t", "style": 1}
        part = {"type": 18, "label": "Words", "component": text}
        form = {"type": 9, "data": {"custom_id": "f", "title": "F", "components": [part, part]}}
        await raw(server, "POST", answer_path(made), form)
        server.violations.expect("bad_components")
        form["data"]["components"] = [part]  # type: ignore[index]
        await raw(server, "POST", answer_path(made), form)
        sent = server.people[0].submits({"Words": "fine"})
        await raw(server, "POST", answer_path(sent), form)

        server.violations.expect("bad_response")


async def test_a_privileged_intent_is_caught() -> None:
    """Asking for message content closes the gateway with 4014."""
    async with DiscordServer() as server:
        with pointed_at(server):
            bot = discord.Client(intents=discord.Intents(message_content=True))
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await bot.start(server.token)
            await bot.close()

        server.violations.expect("privileged_intent")
