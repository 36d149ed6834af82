"""Pictures, files, places, moments, sounds, the typing sign, and what is shown before Start."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from adapters.telegram.commands import ADMINS, DESCRIPTION, GROUP, PRIVATE, SHORT, set_up
from adapters.telegram.sending import SHARE_LOCATION
from adapters.telegram.zones import zone_at
from bot.conversation.fit import Fitted
from bot.conversation.message import Attachment, Button, Message, Picture, Words
from bot.conversation.token import LONGEST
from bot.runtime.adapter import Sent
from bot.runtime.clock import MovableClock
from bot.runtime.effects import pieces
from bot.store.rows import Lane
from tests.platforms import telegram_faults as faults
from tests.platforms.faults import Fault
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.deliveries import delivery
from tests.telegram.world import heeldrop

pytestmark = needs_telegram_spec
DROP = Picture("drop.png", "A runner on a step.")


# ------------------------------------------------------------------ pictures and files
@pytest.mark.parametrize("name", ["drop.png", "drop.gif"])
async def test_a_picture_is_uploaded_once_even_over_a_restart(tmp_path: Path, name: str) -> None:
    """The second time, and after a restart, Telegram's own id of it is used."""
    async with TelegramServer() as server:
        ada = server.person("Ada", started=True)
        for _start in range(2):
            async with heeldrop(server, tmp_path, fetch=False) as program:
                for _time in range(2):
                    said = delivery(ada.id, "Go <down>.", picture=Picture(name, "A step."))
                    assert isinstance(await program.desk.adapter.deliver(said), Sent)

        assert server.uploads == [name]
        assert [each.text for each in ada.bot_messages()] == ["Go <down>."] * 4
        assert len({each.file_id for each in ada.bot_messages()}) == 1


async def test_a_picture_telegram_has_forgotten_is_uploaded_again(tmp_path: Path) -> None:
    """An id that is refused is thrown away; the runner sees the picture all the same."""
    body = {"ok": False, "error_code": 400,
            "description": "Bad Request: wrong file identifier/HTTP URL specified"}  # fmt: skip
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        await program.desk.adapter.deliver(delivery(ada.id, "one", picture=DROP))
        server.faults.order("sendPhoto", Fault(400, body))
        await program.desk.adapter.deliver(delivery(ada.id, "two", picture=DROP))

        assert [each.text for each in ada.bot_messages()] == ["one", "two"]
        assert len(server.uploads) == 2


@pytest.mark.parametrize("path", ["missing.png", "../data/heeldrop.db"])
async def test_a_picture_that_is_not_there_leaves_the_words(tmp_path: Path, path: str) -> None:
    """The words say the same; nothing outside the content folder is ever sent."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        await program.desk.adapter.deliver(delivery(ada.id, "Go.", picture=Picture(path, "x")))

        assert [(each.text, each.media) for each in ada.bot_messages()] == [("Go.", None)]


async def test_a_picture_without_words_says_what_it_shows(tmp_path: Path) -> None:
    """The description is the caption then."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        await program.desk.adapter.deliver(delivery(ada.id, picture=DROP))

        assert ada.bot_messages()[0].text == "A runner on a step."


async def test_buttons_under_a_picture_are_retired_too(tmp_path: Path) -> None:
    """The choice is written into the caption."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada", started=True)
        fitted = Fitted((Words("Done <it>?"),), ((Button("Done", "!done:all"),),))
        await program.desk.adapter.deliver(delivery(ada.id, fitted=fitted, picture=DROP))
        ada.taps("Done")
        await ada.hears("you chose")

        assert ada.bot_messages()[0].text == "Done <it>?\n\n✓ all"
        assert ada.bot_messages()[0].buttons == []


async def test_a_file_for_the_runner_is_sent_as_a_file(tmp_path: Path) -> None:
    """An export arrives under its name, with its words."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        export = Attachment("heeldrop.json", '{"runs": []}')
        await program.desk.adapter.deliver(delivery(ada.id, "All of it.", attachment=export))

        assert server.uploads == ["heeldrop.json"]
        assert ada.bot_messages()[0].media == "document"
        assert ada.bot_messages()[0].text == "All of it."


async def test_a_file_from_the_runner_is_read_and_not_kept(tmp_path: Path) -> None:
    """It is there during the turn, and gone after it."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        ada.sends_document("run.csv", b"a,b")
        await ada.hears("run.csv of 3 holds a,b")

        assert list(program.desk.me.files.iterdir()) == []


@pytest.mark.parametrize("size", [20_000_001, 2_000_000_000])
async def test_a_file_that_is_too_large_is_not_asked_for(tmp_path: Path, size: int) -> None:
    """The core hears of its size, and that there is nothing to read."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.sends_document("run.csv", b"a,b", size=size)
        await ada.hears(f"run.csv of {size} holds nothing")

        assert server.calls("getFile") == []


async def test_a_file_that_cannot_be_fetched_is_answered_too(tmp_path: Path) -> None:
    """The connection breaks during the download: the core is told that there is no file."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        server.faults.order("download", faults.lost_before())
        ada = server.person("Ada")
        ada.sends_document("run.csv", b"a,b")

        await ada.hears("run.csv of 3 holds nothing")


# ------------------------------------------------------------------ places and moments
async def test_a_location_gives_the_zone_and_is_thrown_away(tmp_path: Path) -> None:
    """The button asks for it; the zone is kept, the place is nowhere."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        ada.says("/zone")
        question = await ada.hears("Which zone?")
        assert question.keys == [SHARE_LOCATION, "Berlin"]
        ada.sends_location(52.520008, 13.404954)
        await ada.hears("zone Europe/Berlin")
        await server.until(lambda: server.updates.confirmed, "the confirmation")

        kept = b"".join(each.read_bytes() for each in program.host.store.folder.glob("heeldrop*"))
        assert b"Europe/Berlin" in kept
        assert b"52.52" not in kept
        assert b"13.40" not in kept


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (51.5, -0.12, "Europe/London"),
        (-33.87, 151.21, "Australia/Sydney"),
        (27.7, 85.3, "Asia/Kathmandu"),
        (500.0, 500.0, ""),
    ],
)
def test_zones_of_places(latitude: float, longitude: float, zone: str) -> None:
    """Well-known places are in their zones; an impossible one is in none."""
    assert zone_at(latitude, longitude) == zone


async def test_a_moment_is_shown_in_the_readers_own_clock(tmp_path: Path) -> None:
    """A date-time entity, with plain words for older apps."""
    clock = MovableClock(datetime(2026, 5, 3, 7, tzinfo=UTC))
    async with TelegramServer() as server, heeldrop(server, tmp_path, clock=clock):
        ada = server.person("Ada")
        ada.says("/when")
        answer = await ada.hears("Next")

        (entity,) = answer.entities
        assert answer.text == "Next: Sunday 8:00"
        assert entity["type"] == "date_time"
        assert entity["unix_time"] == int(clock.now().timestamp())


# ------------------------------------------------------------------ sounds and signs
@pytest.mark.parametrize(
    ("hour", "lane", "urgent", "silent"),
    [
        (23, Lane.CHECK_IN, False, True),
        (23, Lane.CHECK_IN, True, False),
        (23, Lane.REPLY, False, False),
        (23, Lane.BROADCAST, False, True),
        (12, Lane.CHECK_IN, False, False),
    ],
)
async def test_at_night_what_nobody_asked_for_makes_no_sound(
    tmp_path: Path, hour: int, lane: Lane, urgent: bool, silent: bool
) -> None:
    """Silent by the runner's own night; an emergency may make a sound."""
    clock = MovableClock(datetime(2026, 5, 3, hour, tzinfo=UTC))
    async with TelegramServer() as server:
        async with heeldrop(server, tmp_path, clock=clock, fetch=False) as program:
            ada = server.person("Ada", started=True)
            await program.desk.adapter.deliver(delivery(ada.id, "hi", lane=lane, urgent=urgent))

        assert ada.bot_messages()[0].silent is silent


async def test_the_typing_sign_is_shown_while_a_turn_is_slow(tmp_path: Path) -> None:
    """Whoever waits more than a moment sees that something is coming."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        program.desk.typing._after_s = 0.01
        ada = server.person("Ada")
        hold = server.hold("getFile")
        ada.sends_document("run.csv", b"a,b")
        await hold.arrived()
        await server.until(lambda: server.state.actions, "the sign")
        hold.release()
        await ada.hears("run.csv")

        assert [(chat.id, sign) for chat, sign, _ in server.state.actions] == [(ada.id, "typing")]


async def test_no_typing_sign_for_what_is_answered_at_once(tmp_path: Path) -> None:
    """A quick answer needs no sign, and a sign that was not needed is not sent later."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        ada.says("hello")
        await ada.hears("heard hello")

        assert program.desk.typing._timers == {}
        assert server.state.actions == []


# ------------------------------------------------------------------ what is shown before Start
async def test_commands_and_descriptions_are_set_once(tmp_path: Path) -> None:
    """They are set at the first start, and left alone at the next."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        await set_up(program.desk.bot)
        await set_up(program.desk.bot)

        assert len(server.calls("setMyCommands")) == 3
        assert len(server.calls("setMyDescription")) == 1
        shown = {
            scope: {each["command"] for each in listed}
            for (scope, _), listed in server.state.commands.items()
        }
        assert shown["all_private_chats"] == set(PRIVATE)
        assert shown["all_group_chats"] == set(GROUP) < shown["all_chat_administrators"]
        assert {"setup", "quiet", "leave"} <= shown["all_chat_administrators"] == set(ADMINS)
        assert server.state.texts["description", ""] == DESCRIPTION
        assert server.state.texts["short_description", ""] == SHORT


async def test_a_failure_there_stops_nothing(tmp_path: Path) -> None:
    """The bot serves without its descriptions."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        server.faults.order("setMyCommands", faults.too_many(3000))
        await set_up(program.desk.bot)

        assert server.calls("setMyDescription") == []


# ------------------------------------------------------------------ limits
async def test_the_longest_messages_fit(tmp_path: Path) -> None:
    """Long words, long captions, and the line on doubles: all are taken."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        adapter = program.desk.adapter
        ada = server.person("Ada", started=True)
        token = "=" + "q" * (LONGEST - 5) + ":yes"
        buttons = tuple(Button("A long label of a button " * 4, token) for _ in range(30))
        said = Message((Words("<&> word " * 3000),), buttons)
        file = Attachment("a", "b")
        for whole in (said, replace(said, picture=DROP), replace(said, attachment=file)):
            for piece in pieces(whole, adapter.limits):
                parts = (*piece.fitted.parts, Words("\n\nYou may see this message twice."))
                sent = await adapter.deliver(
                    delivery(
                        ada.id,
                        fitted=Fitted(parts, piece.fitted.rows),
                        picture=piece.picture,
                        attachment=piece.attachment,
                    )
                )
                assert isinstance(sent, Sent)
