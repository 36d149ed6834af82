"""What goes wrong between us and Telegram, and what becomes of it."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from telegram import Bot
from telegram.error import InvalidToken

from adapters.telegram.connecting import TokenRefusedError, connected, make_bot
from adapters.telegram.fetch import TWO_PROGRAMS, Fetching
from adapters.telegram.intake import Intake
from adapters.telegram.receive import Arrived, receive
from bot.runtime.adapter import Bug, Gone, Later, Moved, Receipt, Sent, Unsure
from bot.store import StoreError
from tests.platforms import telegram_faults as faults
from tests.platforms.faults import Fault
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.deliveries import delivery
from tests.telegram.world import choices_for, heeldrop

pytestmark = needs_telegram_spec


# ------------------------------------------------------------------ receipts
@pytest.mark.parametrize(
    ("fault", "receipt"),
    [
        (faults.too_many(7), Later(7.0, everyone=True)),
        (faults.moved(-100200), Moved("-100200")),
        (faults.forbidden("blocked"), Gone("bot was blocked by the user")),
        (faults.forbidden("deactivated"), Gone("user is deactivated")),
        (faults.forbidden("kicked"), Gone("bot was kicked from the supergroup chat")),
        (faults.forbidden("never_started"), Gone("bot can't initiate conversation with a user")),
        (faults.broken(500), Unsure("NetworkError")),
        (faults.broken(502), Unsure("TelegramError")),
        (faults.lost_before(), Unsure("RemoteProtocolError")),
        (faults.lost_after(), Unsure("RemoteProtocolError")),
    ],
    ids=lambda value: getattr(value, "reason", type(value).__name__),
)
async def test_a_failed_send_is_called_by_its_right_name(
    tmp_path: Path, fault: Fault, receipt: Receipt
) -> None:
    """Each failure gives its receipt; in doubt it is Unsure."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        server.faults.order("sendMessage", fault)

        assert await program.desk.adapter.deliver(delivery(ada.id, "hello")) == receipt


async def test_a_server_that_is_not_there_has_surely_not_sent_it(tmp_path: Path) -> None:
    """No connection, no message: it may be sent again."""
    server = TelegramServer()
    await server.start()
    async with heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        await server.stop()

        assert await program.desk.adapter.deliver(delivery(ada.id, "hello")) == Later()


@pytest.mark.parametrize(
    ("words", "receipt"),
    [
        ("message text is empty", Bug),
        ("chat not found", Gone),
        ("not enough rights to send text messages to the chat", Gone),
        ("message thread not found", Bug),
    ],
)
async def test_a_refusal_is_no_network_trouble(
    tmp_path: Path, words: str, receipt: type[Receipt]
) -> None:
    """What Telegram will never take is not tried again, though the library calls it a NetworkError."""
    body = {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        server.faults.order("sendMessage", Fault(400, body))

        assert isinstance(await program.desk.adapter.deliver(delivery(ada.id, "hi")), receipt)


async def test_a_wait_in_a_group_is_the_groups_own(tmp_path: Path) -> None:
    """A group's limit does not make everyone else wait."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        club = server.group("Club", server.person("Ada"))
        server.faults.order("sendMessage", faults.too_many(3))
        said = delivery(club.id, "hello", private=False, audience="everyone_here")

        assert await program.desk.adapter.deliver(said) == Later(3.0, everyone=False)


async def test_a_server_without_the_markup_gets_plain_words(tmp_path: Path) -> None:
    """An older server refuses the time entity; the same words go out plain, once."""
    words = 'can\'t parse entities: Unsupported start tag "tg-time" at byte offset 6'
    body = {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        server.faults.order("sendMessage", Fault(400, body))
        ada = server.person("Ada")
        ada.says("/when")
        answer = await ada.hears("Next")

        assert answer.text == "Next: Sunday 8:00"
        assert answer.entities == []


@pytest.mark.parametrize("fault", [faults.lost_before(), faults.broken(502), faults.lost_after()])
async def test_a_doubtful_edit_is_simply_made_again(tmp_path: Path, fault: Fault) -> None:
    """Taking the buttons off twice is the same as once."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        server.violations.tolerate("not_modified")
        ada = server.person("Ada")
        ada.says("/ask")
        question = await ada.hears("Sore")
        server.faults.order("editMessageText", fault)
        ada.taps("No")
        await ada.hears("you chose")
        await server.until(lambda: not question.buttons, "the buttons to go")

        assert question.text.endswith("✓ no")


@pytest.mark.parametrize(
    ("fault", "times"),
    [(faults.lost_before(), 1), (faults.broken(502), 1), (faults.lost_after(), 2)],
)
async def test_a_doubtful_reply_goes_out_once_more_and_says_so(
    tmp_path: Path, fault: Fault, times: int
) -> None:
    """A reply is never lost; where it may be a double, it says that it may be."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        server.faults.order("sendMessage", fault)
        ada.says("hello")
        await ada.hears("You may see this message twice.")

        assert len(ada.bot_messages()) == times


async def test_a_429_is_waited_out_and_nothing_is_lost(tmp_path: Path) -> None:
    """Too many requests: the message arrives, once, after the wait."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        server.faults.order("sendMessage", faults.too_many(1))
        ada.says("hello")
        await ada.hears("heard hello")

        assert [each.text for each in ada.bot_messages()] == ["heard hello"]


# ------------------------------------------------------------------ fetching
async def test_a_network_that_is_down_at_the_start_is_waited_for(tmp_path: Path) -> None:
    """The first calls fail in every way; then it serves."""
    async with TelegramServer() as server:
        for fault in (faults.lost_before(), faults.broken(502), faults.too_many(1)):
            server.faults.order("getMe", fault)
        async with heeldrop(server, tmp_path):
            ada = server.person("Ada")
            ada.says("hello")
            await ada.hears("heard hello")


async def test_a_refused_token_ends_it_with_one_sentence_without_the_token() -> None:
    """The owner learns what to do; the token is not in the words."""
    async with TelegramServer() as server:
        bot = make_bot(choices_for(server))
        refused = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        server.faults.order("getMe", Fault(401, refused))
        with pytest.raises(TokenRefusedError, match="TELEGRAM_TOKEN") as raised:
            async with connected(bot):
                raise AssertionError("connected with a refused token")

        assert server.token not in str(raised.value)
        assert not isinstance(raised.value.__cause__, InvalidToken)


@pytest.mark.parametrize(
    "fault", [faults.lost_before(), faults.lost_after(), faults.broken(502), faults.broken(500)]
)
async def test_fetching_goes_on_after_a_failure(tmp_path: Path, fault: Fault) -> None:
    """A failed request for updates is made again, and nothing is answered twice."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        server.faults.order("getUpdates", fault)
        async with _fetching(program.desk.bot, Intake(program.desk)):
            ada = server.person("Ada")
            ada.says("hello")
            await ada.hears("heard hello")
            ada.says("more")
            await ada.hears("heard more")

        assert len(ada.bot_messages()) == 2


async def test_a_second_program_with_the_same_token_is_named(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever fetches with our token is told of in the log, and we go on."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        with caplog.at_level(logging.ERROR):
            async with _fetching(program.desk.bot, Intake(program.desk)):
                await server.until(lambda: server.updates.polls, "the first request")
                await program.desk.bot.get_updates(timeout=0)
                ada = server.person("Ada")
                ada.says("hello")
                await ada.hears("heard hello")

        assert TWO_PROGRAMS in caplog.messages


async def test_an_old_webhook_is_taken_off_before_fetching(tmp_path: Path) -> None:
    """Telegram lets nobody fetch while it calls; what waited is not thrown away."""
    async with TelegramServer() as server:
        async with heeldrop(server, tmp_path, fetch=False) as program:
            ada = server.person("Ada")
            ada.says("while away")
            await program.desk.bot.set_webhook("http://127.0.0.1:9/nobody")
        async with heeldrop(server, tmp_path):
            await ada.hears("heard while away")


async def test_a_webhook_that_comes_back_is_taken_off_too(tmp_path: Path) -> None:
    """If taking it off failed at the start, the first refusal tells us."""
    async with TelegramServer() as server:
        server.faults.order("deleteWebhook", faults.broken(500))
        async with heeldrop(server, tmp_path, fetch=False) as program:
            await program.desk.bot.set_webhook("http://127.0.0.1:9/nobody")
            async with _fetching(program.desk.bot, Intake(program.desk)):
                ada = server.person("Ada")
                ada.says("hello")
                await server.until(lambda: server.faults.used, "the first try")
                await ada.hears("heard hello")


async def test_an_update_that_cannot_be_read_is_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Those around it are answered, it does not come for ever, and nothing of it is in the log."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada")
        ada.says("before")
        server.updates.pending.append({"update_id": 500_002, "message": {"text": "my secret"}})
        server.updates._born[500_002] = server.state.now()
        server.updates._next = 500_003
        ada.says("after")
        async with _fetching(program.desk.bot, Intake(program.desk)):
            await ada.hears("heard after")
            await server.until(lambda: not server.updates.pending, "the confirmation")

        assert [each.text for each in ada.bot_messages()] == ["heard before", "heard after"]
        assert "update 500002 is left out" in caplog.messages
        assert "my secret" not in caplog.text


# ------------------------------------------------------------------ storing
async def test_what_is_not_stored_is_not_confirmed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the disk is full, updates stay at Telegram; afterwards they are answered, once."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        intake = Intake(program.desk, patience_s=0.01, again_s=0.01)
        room = asyncio.Event()
        take, accept = program.host.store.take_turn, program.host.store.accept

        def failing(call: Callable[..., Awaitable[bool]]) -> Callable[..., Awaitable[bool]]:
            async def maybe(*given: object) -> bool:
                if not room.is_set():
                    raise StoreError("the disk is full")
                return await call(*given)

            return maybe

        monkeypatch.setattr(program.host.store, "take_turn", failing(take))
        monkeypatch.setattr(program.host.store, "accept", failing(accept))
        async with _fetching(program.desk.bot, intake):
            ada = server.person("Ada")
            ada.says("hello")
            await server.until(lambda: server.updates.polls > 2, "a few tries")
            assert server.updates.confirmed == []
            room.set()
            await ada.hears("heard hello")
            await server.until(lambda: server.updates.confirmed, "the confirmation")

        assert len(ada.bot_messages()) == 1


async def test_a_slow_turn_is_kept_in_the_inbox_and_holds_up_nobody(tmp_path: Path) -> None:
    """An update whose turn takes long is stored and confirmed; a restart would take its turn."""
    async with TelegramServer() as server:
        ada, ben = server.person("Ada"), server.person("Ben")
        async with heeldrop(server, tmp_path):
            hold = server.hold("getFile")
            ada.sends_document("run.csv", b"a,b")
            await hold.arrived()
            ben.says("hello")
            await ben.hears("heard hello")
            await server.until(lambda: not server.updates.pending, "the confirmation")
            assert ada.bot_messages() == []
            hold.release()
            await ada.hears("run.csv")

        assert len(ada.bot_messages()) == 1


async def test_what_was_stored_but_not_taken_is_taken_at_the_next_start(tmp_path: Path) -> None:
    """A program that ends between storing and answering owes the answer, and gives it."""
    async with TelegramServer() as server:
        ada = server.person("Ada", started=True)
        async with heeldrop(server, tmp_path, fetch=False) as program:
            ada.says("hello")
            (update,) = await program.desk.bot.get_updates(timeout=1)
            found = receive(update, program.desk.me)
            assert isinstance(found, Arrived)
            await program.host.accept(found.event, found.hints)
        async with heeldrop(server, tmp_path):
            await ada.hears("heard hello")
            ada.says("more")
            await ada.hears("heard more")

        assert len(ada.bot_messages()) == 2


async def test_a_block_on_the_way_out_stops_sending_until_they_return(tmp_path: Path) -> None:
    """After Forbidden nothing goes there; when they write again, all is as before."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        ada.says("hello")
        await ada.hears("heard hello")
        server.faults.order("sendMessage", faults.forbidden("blocked"))
        ada.says("lost")
        await server.until(lambda: server.faults.used, "the refusal")
        ada.says("back")
        await ada.hears("heard back")

        assert [each.text for each in ada.bot_messages()] == ["heard hello", "heard back"]
        assert isinstance(await program.desk.adapter.deliver(delivery(ada.id, "x")), Sent)


@contextlib.asynccontextmanager
async def _fetching(bot: Bot, intake: Intake) -> AsyncIterator[None]:
    task = asyncio.create_task(Fetching(bot, intake, pause_s=0.01).run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        await intake.finish()
