"""The local Telegram server: the real library talks to it and people see what it writes."""

import asyncio
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.error import (
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
)

from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_bots import PNG, calling, echoing, keyboard, raw
from tests.platforms.telegram_server import TelegramServer

pytestmark = needs_telegram_spec


# ---------------------------------------------------------------- the real library
async def test_the_library_polls_and_answers_a_message() -> None:
    """What a person says reaches a polling bot, and its answer reaches the person."""
    async with TelegramServer() as server, echoing(server):
        runner = server.person("Ada")
        runner.says("good <morning> & more")

        heard = await runner.hears("You said")

        assert heard.text == "You said good <morning> & more"
        assert server.calls("sendMessage")[0].params["chat_id"] == runner.id


async def test_a_press_is_answered_with_a_popup_only_that_person_sees() -> None:
    """A press travels to the bot and its answer comes back to the one who pressed."""
    async with TelegramServer() as server, echoing(server) as application:
        ada, ben = server.person("Ada", started=True), server.person("Ben")
        club = server.group("Club", ada, ben)
        await application.bot.send_message(club.id, "Sore?", reply_markup=keyboard("Yes", "No"))
        ada.taps("No", chat=club)
        await server.until(lambda: ada.popups, "the pop-up")

        assert [each.text for each in ada.popups] == ["Got no"]
        assert ben.popups == []
        assert server.unanswered == []


async def test_an_update_is_kept_until_it_is_confirmed() -> None:
    """Updates stay pending until a later offset confirms them."""
    async with TelegramServer() as server, calling(server) as bot:
        server.person("Ada").says("hello")
        first = await bot.get_updates(timeout=1)
        again = await bot.get_updates(timeout=1)
        await bot.get_updates(offset=first[0].update_id + 1)

        assert [each.update_id for each in again] == [first[0].update_id]
        assert server.updates.pending == []
        assert server.updates.confirmed == [first[0].update_id]


async def test_the_same_update_can_come_twice() -> None:
    """A test can have an update delivered again after it was confirmed."""
    async with TelegramServer() as server, echoing(server):
        runner = server.person("Ada")
        runner.says("once")
        update = server.updates.pending[0]
        await runner.hears("You said once")
        server.updates.again(update)

        await server.until(lambda: len(runner.bot_messages()) == 2, "the second answer")


async def test_the_second_poller_ends_the_first() -> None:
    """Two pollers: the first is told of the conflict."""
    async with TelegramServer() as server, calling(server) as bot:
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await server.until(lambda: server.updates.polls == 1, "the first poll")
        second = asyncio.create_task(bot.get_updates(timeout=5))

        with pytest.raises(Conflict, match="terminated by other getUpdates"):
            await first
        server.person("Ada").says("hello")
        assert len(await second) == 1
        assert server.updates.conflicts == 1


async def test_updates_go_to_a_webhook_until_it_says_yes() -> None:
    """A webhook gets the secret, and gets an update again after a failure."""
    seen: list[tuple[str | None, int]] = []

    async def receive(request: web.Request) -> web.Response:
        seen.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), len(seen)))
        return web.Response(status=500 if len(seen) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    async with TelegramServer() as server, calling(server) as bot:
        await bot.set_webhook(url, secret_token="s3cret")
        server.person("Ada").says("hello")
        await server.until(lambda: server.updates.confirmed, "the webhook's yes")
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        assert (await bot.get_webhook_info()).url == url
        await bot.delete_webhook()
    await runner.cleanup()

    assert [secret for secret, _ in seen] == ["s3cret", "s3cret"]


async def test_a_wrong_token_is_refused() -> None:
    """A token the server does not know gets 401, as the library expects."""
    async with TelegramServer() as server:
        bot = Bot("1:other", base_url=server.base_url)
        with pytest.raises(InvalidToken):
            await bot.initialize()
        await bot.shutdown()


# ---------------------------------------------------------------- what is written
async def test_html_becomes_text_and_entities() -> None:
    """People see the text; the entities say what was bold and which moment was meant."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        source = '😀 <b>Run</b> &lt;5 km <tg-time unix="1700000000" format="wDt">Sun</tg-time>'
        sent = await bot.send_message(runner.id, source, parse_mode="HTML")

        assert sent.text == "😀 Run <5 km Sun"
        kinds = [(each["type"], each["offset"]) for each in runner.sees()[0].entities]
        assert kinds == [("bold", 3), ("date_time", 13)]


async def test_an_edit_changes_the_message_in_place_and_retires_its_buttons() -> None:
    """After an edit without a keyboard the buttons are gone, but an old phone can still press."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        sent = await bot.send_message(runner.id, "Sore?", reply_markup=keyboard("Yes"))
        await bot.edit_message_text("Thanks.", runner.id, sent.message_id)

        assert [each.text for each in runner.sees()] == ["Thanks."]
        with pytest.raises(AssertionError, match="no button 'Yes'"):
            runner.taps("Yes")
        assert runner.taps("Yes", message=runner.sees()[0], old=True).data == "yes"


async def test_a_picture_is_uploaded_once_and_then_sent_by_id() -> None:
    """The id of the first upload sends the same picture again without a second upload."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        first = await bot.send_photo(runner.id, PNG, caption="<i>Calf</i>", parse_mode="HTML")
        await bot.send_photo(runner.id, first.photo[-1].file_id)
        media = InputMediaPhoto(PNG, caption="Again")
        await bot.edit_message_media(media, runner.id, first.message_id)
        await bot.send_document(runner.id, b"a,b", filename="runs.csv")
        await bot.send_animation(runner.id, b"GIF89a", filename="raise.gif")

        assert [each.media for each in runner.sees()] == ["photo", "photo", "document", "animation"]
        assert len(server.uploads) == 4
        assert server.uploads[2] == "runs.csv"


async def test_the_bot_can_fetch_what_a_person_sends() -> None:
    """A document comes with its name and size, and its content can be fetched."""
    async with TelegramServer() as server, calling(server) as bot:
        server.person("Ada").sends_document("runs.csv", b"a,b\n1,2\n", mime="text/csv")
        document = (await bot.get_updates())[0].effective_message
        assert document is not None
        assert document.document is not None
        file = await bot.get_file(document.document.file_id)

        assert document.document.file_name == "runs.csv"
        assert bytes(await file.download_as_bytearray()) == b"a,b\n1,2\n"


async def test_the_bots_own_texts_are_kept() -> None:
    """Commands, descriptions and the menu are stored as set."""
    async with TelegramServer() as server, calling(server) as bot:
        await bot.set_my_commands([("start", "Begin"), ("help", "What I can do")])
        await bot.set_my_description("A chat companion", language_code="en")
        await bot.set_my_short_description("Calf companion")

        assert [each.command for each in await bot.get_my_commands()] == ["start", "help"]
        assert (await bot.get_my_description("en")).description == "A chat companion"
        assert (await bot.get_me()).username == server.state.bot.username


@pytest.mark.parametrize("method", ["getMyDefaultAdministratorRights", "getMyStarBalance"])
async def test_methods_nobody_wrote_out_answer_with_the_smallest_result(method: str) -> None:
    """A valid call of any method gets a value of the type it returns."""
    async with TelegramServer() as server:
        answer = await raw(server, method, {})

        assert answer["ok"] is True
        assert isinstance(answer["result"], dict)


async def test_an_album_is_several_messages() -> None:
    """Each picture of an album is a message with its own words."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        await bot.send_media_group(
            runner.id, [InputMediaPhoto(PNG, caption="Start"), InputMediaPhoto(PNG, caption="End")]
        )

        assert [each.text for each in runner.sees()] == ["Start", "End"]


async def test_a_place_is_asked_for_with_a_key_and_shared() -> None:
    """The key that asks for a location is seen, and a shared place reaches the bot."""
    async with TelegramServer() as server, calling(server) as bot:
        runner = server.person("Ada", started=True)
        key = KeyboardButton("Share my place", request_location=True)
        markup = ReplyKeyboardMarkup([[key], ["Not now"]], one_time_keyboard=True)
        await bot.send_message(runner.id, "Where are you?", reply_markup=markup)
        assert runner.sees()[0].keys == ["Share my place", "Not now"]
        runner.sends_location(51.48, 0.0)
        runner.taps_key("Not now")

        seen = [each.message for each in await bot.get_updates()]
        assert [bool(each and each.location) for each in seen] == [True, False]
        assert seen[1] is not None
        assert seen[1].text == "Not now"


# ---------------------------------------------------------------- groups
async def test_privacy_mode_hides_what_is_not_for_the_bot() -> None:
    """In a group the bot gets commands with its name, replies to it and nothing else."""
    async with TelegramServer() as server, calling(server) as bot:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        ada.says("just talking", club)
        ada.says("/run", club)
        ada.says("@heeldrop_test_bot hello", club)
        ada.says("/run@heeldrop_test_bot", club)
        await bot.send_message(club.id, "How far?")
        ada.says("5 km", club, reply_to=ada.sees(club)[-1])
        ada.says("/help", club)

        seen = [each.effective_message for each in await bot.get_updates()]
        texts = [each.text for each in seen if each is not None]
        assert texts == ["/run@heeldrop_test_bot", "5 km", "/help"]


async def test_a_topic_is_kept() -> None:
    """A message in a topic carries its thread, and an answer can be put there."""
    async with TelegramServer() as server, calling(server) as bot:
        ada = server.person("Ada")
        club = server.group("Club", ada, topics={7: "Runs"})
        ada.says("/run@heeldrop_test_bot", club, topic=7)
        asked = (await bot.get_updates())[0].effective_message
        assert asked is not None
        await bot.send_message(club.id, "Noted.", message_thread_id=asked.message_thread_id)

        assert [each.thread_id for each in ada.sees(club)] == [7, 7]


async def test_a_message_for_one_member_is_hidden_from_the_others() -> None:
    """An ephemeral message after a press is seen by that member alone."""
    async with TelegramServer() as server, calling(server) as bot:
        ada, ben = server.person("Ada"), server.person("Ben")
        club = server.group("Club", ada, ben)
        await bot.send_message(club.id, "Open?", reply_markup=keyboard("Mine"))
        press = ada.taps("Mine", chat=club)
        target = {"receiver_user_id": ada.id, "callback_query_id": press.id}
        sent = await bot.send_message(
            club.id, "Only you", api_kwargs={"ephemeral_message_parameters": target}
        )

        assert sent.message_id == 0
        assert [each.text for each in ada.sees(club)] == ["Open?", "Only you"]
        assert [each.text for each in ben.sees(club)] == ["Open?"]
        assert len(server.messages(club)) == 1


async def test_a_message_for_one_member_can_be_changed_and_taken_back() -> None:
    """An ephemeral message has its own methods for edits and deletion."""
    async with TelegramServer() as server, calling(server) as bot:
        ada = server.person("Ada")
        club = server.group("Club", ada, bot="administrator")
        target: dict[str, Any] = {"receiver_user_id": ada.id}
        sent = await bot.send_message(
            club.id, "Only you", api_kwargs={"ephemeral_message_parameters": target}
        )
        where = {"chat_id": club.id, "receiver_user_id": ada.id}
        where["ephemeral_message_id"] = sent.api_kwargs["ephemeral_message_id"]
        await bot.do_api_request("editEphemeralMessageText", {**where, "text": "Changed"})
        assert [each.text for each in ada.sees(club)] == ["Changed"]
        await bot.do_api_request("deleteEphemeralMessage", where)

        assert ada.sees(club) == []


async def test_an_upgraded_group_tells_its_new_id() -> None:
    """Writing to the old id raises the library's own error with the new id."""
    async with TelegramServer() as server, calling(server) as bot:
        ada = server.person("Ada")
        old = server.group("Club", ada, supergroup=False)
        new = ada.upgrades(old)

        with pytest.raises(ChatMigrated) as moved:
            await bot.send_message(old.id, "hello")
        await bot.send_message(new.id, "hello")
        assert moved.value.new_chat_id == new.id
        told = [each.effective_message for each in await bot.get_updates()]
        assert [each.migrate_to_chat_id for each in told if each] == [new.id, None]


async def test_an_anonymous_admin_shows_the_group_as_sender() -> None:
    """Telegram's stand-in account is the sender, and the group is the sender chat."""
    async with TelegramServer() as server, calling(server) as bot:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        ada.says("/run@heeldrop_test_bot", club, anonymous=True)
        message = (await bot.get_updates())[0].effective_message

        assert message is not None
        assert message.from_user is not None
        assert message.from_user.id == 1087968824
        assert message.sender_chat is not None
        assert message.sender_chat.id == club.id


async def test_a_link_leads_to_the_private_chat_with_its_payload() -> None:
    """Following a deep link sends /start with the payload, and lets the bot write."""
    async with TelegramServer() as server, calling(server) as bot:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        button = InlineKeyboardButton("Open", url="https://t.me/heeldrop_test_bot?start=a1b2")
        await bot.send_message(club.id, "Private", reply_markup=InlineKeyboardMarkup([[button]]))
        with pytest.raises(Forbidden, match="can't initiate"):
            await bot.send_message(ada.id, "hello")

        assert ada.follows("Open", club).text == "/start a1b2"
        await bot.send_message(ada.id, "hello")


async def test_members_and_admins_can_be_asked_for() -> None:
    """Status of members, list of admins, and leaving a group."""
    async with TelegramServer() as server, calling(server) as bot:
        ada, ben = server.person("Ada"), server.person("Ben")
        club = server.group("Club", ada, ben)

        assert (await bot.get_chat_member(club.id, ben.id)).status == "member"
        assert [each.user.id for each in await bot.get_chat_administrators(club.id)] == [ada.id]
        assert (await bot.get_chat(club.id)).title == "Club"
        await bot.leave_chat(club.id)
        with pytest.raises(Forbidden, match="not a member"):
            await bot.send_message(club.id, "hello")


async def test_blocked_kicked_and_gone_are_refused_without_being_violations() -> None:
    """What a bot cannot know is answered with 403 and is not held against it."""
    async with TelegramServer() as server, calling(server) as bot:
        ada, ben = server.person("Ada", started=True), server.person("Ben", started=True)
        club = server.group("Club", ada)
        ada.blocks()
        ben.deletes_account()
        ada.kicks_bot(club)

        for chat_id, words in ((ada.id, "blocked"), (ben.id, "deactivated"), (club.id, "kicked")):
            with pytest.raises(Forbidden, match=words):
                await bot.send_message(chat_id, "hello")
        changes = [each.my_chat_member for each in await bot.get_updates()]
        assert [each.new_chat_member.status for each in changes if each] == ["kicked", "kicked"]
        ada.unblocks()
        await bot.send_message(ada.id, "hello")
