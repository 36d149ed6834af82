"""What goes wrong with Discord, and what runners notice of it: as little as can be."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.discord import words
from bot.runtime.clock import MovableClock
from bot.store.errors import DiskFullError
from tests.discord_chat import toy
from tests.discord_chat.world import heeldrop, settled
from tests.platforms.discord_faults import broken, forbidden, lost_after, lost_before, too_many
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


@pytest.mark.parametrize("how", ["drop", "ask_reconnect"])
async def test_what_happened_during_a_break_is_answered(tmp_path: Path, how: str) -> None:
    """After the connection is back, the press of meanwhile counts, once."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("hello")
            await ada.hears("You said hello, 1")
            getattr(server.gateway, how)()
            ada.presses("Yes")
            await ada.hears("You chose =walking:yes, 2")

        assert (server.gateway.identified, server.gateway.resumed) == (1, 1)


async def test_a_new_session_goes_on(tmp_path: Path) -> None:
    """After Discord ended the session, a new one serves as well."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            server.gateway.invalidate()
            await server.ready(2)
            ada.says("hello")
            await ada.hears("You said hello, 1")

        assert len(server.calls("bulk_set_application_commands")) == 1


async def test_old_buttons_work_after_a_restart(tmp_path: Path) -> None:
    """A new process answers a press on a private answer in a server and on a direct message."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with heeldrop(server, tmp_path):
            ada.slash("start", channel=channel)
            await ada.hears("You said /start, 1", channel)
            ada.says("hello")
            await ada.hears("You said hello, 2")
        async with heeldrop(server, tmp_path):
            ada.presses("Yes", channel=channel)
            await ada.hears("You chose =walking:yes, 3", channel)
            ada.presses("No")
            await ada.hears("You chose =walking:no, 4")

        assert server.gateway.identified == 2


async def test_an_answer_that_waited_out_a_restart_arrives_privately(tmp_path: Path) -> None:
    """What was not delivered before the restart still fills the waiting message after it."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        server.faults.order("update_original_webhook_message", forbidden("opening"))
        async with heeldrop(server, tmp_path):
            ada.slash("menu", channel=channel)
            await server.until(lambda: server.faults.used, "the refusal")
        async with heeldrop(
            server, tmp_path, clock=MovableClock(datetime.now(UTC) + timedelta(minutes=5))
        ):
            await ada.hears("You said /menu, 1", channel)

        assert ben.sees(channel) == []
        assert server.thinking == []


async def test_after_a_quarter_of_an_hour_it_is_a_direct_message(tmp_path: Path) -> None:
    """A token that no longer works is no reason to lose an answer, nor to show it to all."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        held = server.hold("create_interaction_response")
        async with heeldrop(server, tmp_path):
            asked = ada.slash("menu", channel=channel)
            await held.arrived()
            asked.expire_token()
            held.release()
            await ada.hears("You said /menu, 1")

        assert ben.sees(channel) == []


async def test_a_late_acknowledgement_is_no_loss(tmp_path: Path) -> None:
    """If Discord has given up on an interaction, the answer comes as a direct message."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        server.faults.order("create_interaction_response", forbidden("late"))
        async with heeldrop(server, tmp_path):
            ada.slash("menu", channel=guild.channels[0])
            await ada.hears("You said /menu, 1")


async def test_the_same_interaction_twice_counts_once(tmp_path: Path) -> None:
    """A repeated event is acknowledged and answered once."""
    async with DiscordServer() as server:
        server.violations.tolerate("answered_twice")
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with heeldrop(server, tmp_path) as host:
            ada.slash("menu", channel=channel)
            (session,) = server.gateway.sessions.values()
            again = session.events[-1]
            server.gateway.emit(again["t"], again["d"])
            await ada.hears("You said /menu, 1", channel)
            ada.slash("plan", channel=channel)
            await ada.hears("You said /plan, 2", channel)
            await settled(host)

        assert len(ada.bot_messages(channel)) == 2
        assert server.thinking == []


async def test_the_same_message_twice_after_a_restart(tmp_path: Path) -> None:
    """What was handled by one process is not handled again by the next."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("hello")
            await ada.hears("You said hello, 1")
            (session,) = server.gateway.sessions.values()
            again = next(each for each in session.events if each["d"].get("content") == "hello")
        async with heeldrop(server, tmp_path) as host:
            server.gateway.emit(again["t"], again["d"])
            ada.says("more")
            await ada.hears("You said more, 2")
            await settled(host)

        assert len(ada.bot_messages()) == 2


async def test_twenty_messages_at_once_keep_their_order(tmp_path: Path) -> None:
    """Twenty messages are answered one after the other, none lost, none twice."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            for number in range(20):
                ada.says(f"message {number}")
            await ada.hears("You said message 19, 20")

        heard = [each.text for each in ada.bot_messages()]
        assert heard == [f"You said message {n}, {n + 1}" for n in range(20)]


async def test_twenty_people_at_once(tmp_path: Path) -> None:
    """Twenty people in one channel are each answered, each alone."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        channel = guild.channels[0]
        people = [server.member(f"Runner {n}", guild) for n in range(20)]
        async with heeldrop(server, tmp_path):
            for number, person in enumerate(people):
                person.slash("coach", {"words": f"left calf {number}"}, channel=channel)
            for number, person in enumerate(people):
                await person.hears(f"You said left calf {number}, 1", channel)

        assert all(len(person.sees(channel)) == 1 for person in people)


async def test_a_429_is_waited_out(tmp_path: Path) -> None:
    """Asked to wait, it waits, and sends once."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        server.faults.order("create_message", too_many(0.05))
        async with heeldrop(server, tmp_path):
            ada.says("hello")
            await ada.hears("You said hello, 1")

        assert len(ada.bot_messages()) == 1


async def test_a_long_429_is_the_outboxes(tmp_path: Path) -> None:
    """A wait of a minute holds up no call: the message goes back to the outbox."""
    clock = MovableClock(toy.SEVEN)
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        server.faults.order("create_message", too_many(60))
        async with heeldrop(server, tmp_path, clock=clock) as host:
            ada.says("hello")
            await server.until(lambda: server.faults.used, "the refusal")
            (session,) = server.gateway.sessions.values()
            assert session.connection is not None
            assert (await host.store.counts())["messages to send"] == 1
        clock.move(timedelta(minutes=2))
        async with heeldrop(server, tmp_path, clock=clock):
            await ada.hears("You said hello, 1")


@pytest.mark.parametrize("fault", [broken(503), broken(503, after=True)], ids=["before", "after"])
async def test_a_5xx_repeats_with_the_same_nonce(tmp_path: Path, fault: Any) -> None:
    """Whether Discord did it or not, the message is there once in the end."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        server.faults.order("create_message", fault)
        async with heeldrop(server, tmp_path) as host:
            ada.says("hello")
            await server.until(lambda: len(server.calls("create_message")) == 2, "the second try")
            await settled(host)

        assert [each.text for each in ada.bot_messages()] == ["You said hello, 1"]
        first, second = (each.body for each in server.calls("create_message"))
        assert first["nonce"] == second["nonce"]
        assert len(first["nonce"]) == 25


@pytest.mark.parametrize("fault", [lost_before(), lost_after()], ids=["before", "after"])
@pytest.mark.parametrize("where", ["dm", "here"])
async def test_a_lost_connection_doubles_nothing(tmp_path: Path, fault: Any, where: str) -> None:
    """A call whose answer got lost is made again, and people see one message."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        channel = ada.direct if where == "dm" else guild.channels[0]
        route = "create_message" if where == "dm" else "update_original_webhook_message"
        server.faults.order(route, fault)
        async with heeldrop(server, tmp_path) as host:
            if where == "dm":
                ada.says("hello")
            else:
                ada.slash("coach", {"words": "hello"}, channel=channel)
            await ada.hears("You said hello, 1", channel)
            await server.until(lambda: len(server.calls(route)) == 2, "the second try")
            await settled(host)

        assert len(ada.bot_messages(channel)) == 1


async def test_closed_direct_messages_pause_one_person(tmp_path: Path) -> None:
    """Their check-ins rest, nobody else's do; when they act again, all goes on."""
    clock = MovableClock(toy.SEVEN - timedelta(days=1))
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        async with heeldrop(server, tmp_path, clock=clock) as host:
            ada.says("plan")
            ben.says("plan")
            await ada.hears("Planned")
            await ben.hears("Planned")
            ada.closes_dms()
            clock.move(timedelta(days=1, minutes=10))
            await host.tick()
            await ben.hears("Check-in knee")
            await settled(host)
            ada.slash("menu", channel=guild.channels[0])
            await ada.hears("You said /menu, 3", guild.channels[0])

        refused = [each for each in server.calls("create_message") if not each.ok]
        assert len(refused) == 1


async def test_a_mention_by_someone_with_closed_direct_messages(tmp_path: Path) -> None:
    """They are pointed to a button, and the answer is there."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        ada.closes_dms()
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path) as host:
            ada.says(f"{server.mention} left calf", channel)
            await ada.hears(words.ANSWERED_IN_PRIVATE, channel)
            await settled(host)
            ada.presses(words.SHOW_IT_HERE, channel=channel)
            await ada.hears("You chose !go", channel)

        assert [each.text for each in ben.bot_messages(channel)] == [words.ANSWERED_IN_PRIVATE]


async def test_a_disk_that_is_full_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be kept is said to be lost, to that person alone."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path) as host:

            async def full(*_: Any) -> None:
                raise DiskFullError("The disk is full.")

            monkeypatch.setattr(host, "receive", full)
            ada.slash("menu", channel=channel)
            await ada.hears("I could not keep what you sent", channel)
            ben.says("hello")
            await ben.hears("I could not keep what you sent")

        assert ben.sees(channel) == []
        assert server.thinking == []
