"""Groups: who is heard, where the answer goes, and what becomes of the group."""

from pathlib import Path

import pytest

from adapters.telegram.intake import NAMELESS, NOT_YOURS, THAT_WAS_ME, WHO, WRITE_AGAIN
from adapters.telegram.private import ANSWERED, OFFER
from bot.conversation.event import Person
from bot.conversation.fit import Fitted
from bot.conversation.message import Button, Words
from bot.runtime.adapter import Bug, Gone
from bot.store.rows import Lane
from tests.platforms import telegram_faults as faults
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_people import Person as People
from tests.platforms.telegram_server import TelegramServer
from tests.platforms.telegram_world import Chat
from tests.telegram.deliveries import delivery
from tests.telegram.toy import LONG_SECRET, SECRET
from tests.telegram.world import choices_for, heeldrop

pytestmark = needs_telegram_spec
NAME = "@heeldrop_test_bot"


async def test_an_answer_for_everyone_is_a_reply_in_the_same_topic(tmp_path: Path) -> None:
    """The answer stands in the topic it was asked in, under the question."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        club = server.group("Club", ada, topics={17: "Runs", 18: "Talk"})
        asked = ada.says(f"/next{NAME}", club, topic=17)
        answer = await ada.hears("heard /next", club)

        assert answer.thread_id == 17
        assert answer.reply_to is asked


async def test_replies_to_us_are_heard_and_other_talk_is_not_even_kept(tmp_path: Path) -> None:
    """An admin bot receives everything; what is not meant for us leaves no trace."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada, ben = server.person("Ada"), server.person("Ben")
        club = server.group("Club", ada, ben, bot="administrator")
        ben.says("my knee is a secret", club)
        ada.says(f"/next{NAME}", club)
        answer = await ada.hears("heard /next", club)
        ada.says("and on Friday?", club, reply_to=answer)
        await ada.hears("heard and on Friday?", club)

        assert len(ben.bot_messages(club)) == 2
        assert await program.host.runner(Person("telegram", str(ben.id))) is None
        assert b"secret" not in program.host.store.path.read_bytes()


async def test_whoever_writes_as_the_group_is_asked_to_write_in_private(tmp_path: Path) -> None:
    """An anonymous admin is nobody we could know: a link, and no runner is made."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        server.state.privacy_mode = False
        ada.says(f"hello {NAME}, my calf is sore", club, anonymous=True)
        answer = await ada.hears(NAMELESS, club)

        assert answer.keyboard[0][0]["url"] == "https://t.me/heeldrop_test_bot"
        assert await program.host.runner(Person("telegram", "1087968824")) is None


async def test_a_command_of_the_group_is_done_for_the_admin_who_owns_up(tmp_path: Path) -> None:
    """One press says whose it was; only an admin can, and only once."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada, ben = server.person("Ada"), server.person("Ben")
        club = server.group("Club", ada, ben, topics={17: "Runs"})
        asked = ada.says(f"/next{NAME} week", club, topic=17, anonymous=True)
        await ada.hears(WHO, club)
        ben.taps(THAT_WAS_ME, chat=club)
        await server.until(lambda: ben.popups, "the refusal")
        ada.taps(THAT_WAS_ME, chat=club)
        answer = await ada.hears("heard /next week", club)
        ada.taps(THAT_WAS_ME, chat=club)
        await server.until(lambda: ada.popups, "the answer to the second press")

        assert [each.text for each in ben.popups] == [NOT_YOURS]
        assert [each.text for each in ada.popups] == [WRITE_AGAIN]
        assert (answer.thread_id, answer.reply_to) == (17, asked)
        assert await program.host.runner(Person("telegram", "1087968824")) is None


async def test_an_anonymous_admin_can_press_a_button(tmp_path: Path) -> None:
    """A press tells who it was, even where messages do not."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada", started=True)
        club = server.group("Club", ada)
        ada.says(f"/post{NAME}", club)
        await ada.hears("Run on Sunday", club)
        ada.taps("everyone", chat=club)
        await ada.hears("Someone comes along.", club)
        await server.until(lambda: not server.unanswered, "an answer to the press")


# ------------------------------------------------------------------ private answers
async def test_a_short_private_answer_is_a_pop_up(tmp_path: Path) -> None:
    """Only the one who pressed sees it, and nothing is posted."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada, ben, club = await _posted(server)
        ada.taps("popup", chat=club)
        await server.until(lambda: ada.popups, "the pop-up")

        assert [(each.text, each.alert) for each in ada.popups] == [(SECRET, True)]
        assert ben.popups == []
        assert len(ben.bot_messages(club)) == 1
        assert ada.bot_messages() == []


async def test_a_long_private_answer_goes_to_the_private_chat(tmp_path: Path) -> None:
    """Too long for a pop-up: our private chat, and a line that says so."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada, ben, club = await _posted(server, started=True)
        ada.taps("long", chat=club)
        answer = await ada.hears(SECRET)
        await server.until(lambda: ada.popups, "the line")

        assert answer.text == LONG_SECRET
        assert [(each.text, each.alert) for each in ada.popups] == [(ANSWERED, False)]
        assert len(ben.bot_messages(club)) == 1


async def test_who_never_wrote_to_us_is_led_to_the_private_chat(tmp_path: Path) -> None:
    """Telegram opens our private chat; after Start all that was held is there, with its buttons."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada, ben, club = await _posted(server)
        ada.taps("private", chat=club)
        await server.until(lambda: not server.unanswered, "an answer to the press")
        (answered,) = server.calls("answerCallbackQuery")
        link = answered.params["url"]
        code = link.removeprefix("https://t.me/heeldrop_test_bot?start=")
        assert code.startswith("h-")
        ada.starts(code)
        await ada.hears("And this too.")

        assert [each.text for each in ada.bot_messages()] == [SECRET, "And this too."]
        assert len(ben.bot_messages(club)) == 1
        ada.taps("Yes")
        await ada.hears("you chose =sore:yes")


async def test_what_was_held_comes_before_what_is_answered_next(tmp_path: Path) -> None:
    """Somebody opens our private chat by themselves: nothing is out of order, and nothing is lost."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        for number, text in enumerate(("first", "second", "third")):
            ada.account.started = number == 2
            said = delivery(club.id, text, private=False, person=ada.id)
            await program.desk.adapter.deliver(said)

        assert [each.text for each in ada.bot_messages()] == ["first", "second", "third"]


async def test_a_typed_question_is_led_there_by_a_link_that_says_nothing(tmp_path: Path) -> None:
    """Everyone sees the link; it carries a code, and opens nothing for anyone else."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada, ben = server.person("Ada"), server.person("Ben")
        club = server.group("Club", ada, ben, topics={17: "Runs"})
        ada.says(f"/menu{NAME}", club, topic=17)
        offer = await ada.hears(OFFER, club)
        assert offer.thread_id == 17
        ben.follows("Open our private chat", club)
        await ben.hears(SECRET)  # the toy's answer to /start, and not what Ada asked for
        assert ada.bot_messages() == []
        ada.follows("Open our private chat", club)
        await ada.hears(SECRET)

        assert [each.text for each in ben.bot_messages(club)] == [OFFER]
        assert ben.bot_messages()[0].buttons == ["Yes"]


async def test_a_code_from_before_a_restart_is_a_plain_start(tmp_path: Path) -> None:
    """What was held is gone, and the runner is greeted as anyone who presses Start."""
    async with TelegramServer() as server:
        async with heeldrop(server, tmp_path):
            ada = server.person("Ada")
            club = server.group("Club", ada)
            ada.says(f"/menu{NAME}", club)
            await ada.hears(OFFER, club)
        async with heeldrop(server, tmp_path):
            ada.follows("Open our private chat", club)
            await ada.hears(SECRET)

        assert "/start h-" not in " ".join(each.text for each in ada.bot_messages())


async def test_a_check_in_never_leaves_a_link_in_a_group(tmp_path: Path) -> None:
    """What nobody asked for just now is not announced to others."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        nudge = delivery(club.id, SECRET, private=False, person=ada.id, lane=Lane.CHECK_IN)

        assert isinstance(await program.desk.adapter.deliver(nudge), Bug)
        assert server.messages(club) == []


async def test_a_message_for_nobody_is_not_sent(tmp_path: Path) -> None:
    """Private, but no person: better unsent than in the group."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        club = server.group("Club", server.person("Ada"))

        assert isinstance(
            await program.desk.adapter.deliver(delivery(club.id, SECRET, private=False)), Bug
        )
        assert server.messages(club) == []


async def test_where_it_may_a_group_answer_is_shown_to_one_member(tmp_path: Path) -> None:
    """With the owner's leave, a longer answer stands in the group for its person alone."""
    async with TelegramServer() as server:
        choices = choices_for(server, ephemeral=True)
        async with heeldrop(server, tmp_path, choices=choices):
            ada, ben, club = await _posted(server)
            ada.taps("long", chat=club)
            answer = await ada.hears(SECRET, club)
            await server.until(lambda: not server.unanswered, "an answer to the press")

            assert answer.ephemeral_for is ada.account
            assert len(ben.bot_messages(club)) == 1


async def test_without_that_feature_the_private_chat_is_used(tmp_path: Path) -> None:
    """A server that does not know messages for one member is no obstacle."""
    async with TelegramServer() as server:
        choices = choices_for(server, ephemeral=True)
        async with heeldrop(server, tmp_path, choices=choices):
            ada, _ben, club = await _posted(server, started=True)
            server.faults.order("sendMessage", faults.broken(500))
            ada.taps("long", chat=club)
            await ada.hears(SECRET)


async def test_a_choice_in_a_group_is_shown_to_nobody(tmp_path: Path) -> None:
    """Buttons in a group are everyone's: they stay, and nobody reads what another one chose."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada, ben, club = await _posted(server)
        ada.taps("popup", chat=club)
        await server.until(lambda: ada.popups, "the pop-up")

        assert ben.bot_messages(club)[0].text == "Run on Sunday"
        assert ben.bot_messages(club)[0].buttons


# ------------------------------------------------------------------ coming, going, moving
async def test_added_to_a_group_it_says_one_message_and_waits(tmp_path: Path) -> None:
    """One message, whatever else Telegram tells of it; promotion adds nothing."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        club = server.group("Club", ada, bot=None)
        ada.adds_bot(club)
        await ada.hears("Hello. I post runs here.", club)
        ada.promotes_bot(club)
        server.person("Ben").joins(club)
        ada.says(f"/next{NAME}", club)
        await ada.hears("heard /next", club)

        assert len(ada.bot_messages(club)) == 2


async def test_kicked_means_gone_until_it_is_added_again(tmp_path: Path) -> None:
    """After a kick nothing is tried there; added again, it speaks again."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        club = server.group("Club", ada)
        ada.says(f"/next{NAME}", club)
        await ada.hears("heard /next", club)
        ada.kicks_bot(club)
        said = delivery(club.id, "hi", private=False, audience="everyone_here")
        assert isinstance(await program.desk.adapter.deliver(said), Gone)
        ada.adds_bot(club)
        await ada.hears("Hello. I post runs here.", club)


async def test_blocked_and_back(tmp_path: Path) -> None:
    """A block and its end are events; a deactivated account is gone."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        ada.says("hello")
        await ada.hears("heard hello")
        ada.blocks()
        ada.unblocks()
        await ada.hears("Welcome back.")
        ada.deletes_account()

        receipt = await program.desk.adapter.deliver(delivery(ada.id, "hi"))
        assert receipt == Gone("user is deactivated")


async def test_an_upgraded_group_is_found_under_its_new_number(tmp_path: Path) -> None:
    """What waits for the old number arrives in the new group, and the members' state moves along."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada")
        club = server.group("Club", ada, supergroup=False)
        ada.says(f"/next{NAME}", club)
        await ada.hears("heard /next", club)
        hold = server.hold("sendMessage")
        ada.says(f"/next{NAME} week", club)
        await hold.arrived()
        new = ada.upgrades(club)
        hold.release()
        await ada.hears("heard /next week", new)
        ada.says(f"/next{NAME} month", new)
        await ada.hears("heard /next month", new)

        counts = await program.host.store.counts()
        assert counts["conversations"] == 1


async def test_an_upgrade_heard_of_by_a_failed_send_alone(tmp_path: Path) -> None:
    """Without the service message, the refusal names the new number, and the message follows."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        club, other = server.group("Club", ada, supergroup=False), server.group("New", ada)
        server.faults.order("sendMessage", faults.moved(other.id))
        ada.says(f"/next{NAME}", club)

        await ada.hears("heard /next", other)


@pytest.mark.parametrize("audience", ["only_you_here", "private_chat"])
async def test_buttons_of_a_private_answer_are_never_in_the_group(
    tmp_path: Path, audience: str
) -> None:
    """An answer with buttons goes to the private chat, whatever its length."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        club = server.group("Club", ada)
        fitted = Fitted((Words("Sore?"),), ((Button("Yes", "=sore:yes"),),))
        said = delivery(club.id, private=False, person=ada.id, fitted=fitted, audience=audience)
        await program.desk.adapter.deliver(said)

        assert server.messages(club) == []
        assert ada.bot_messages()[0].buttons == ["Yes"]


async def _posted(server: TelegramServer, *, started: bool = False) -> tuple[People, People, Chat]:
    """Ada and Ben in a club where a message with buttons stands."""
    ada, ben = server.person("Ada", started=started), server.person("Ben")
    club = server.group("Club", ada, ben)
    ada.says(f"/post{NAME}", club)
    await ada.hears("Run on Sunday", club)
    return ada, ben, club


async def test_a_conversation_begun_in_a_group_goes_on_in_private(tmp_path: Path) -> None:
    """Asked in the group, answered at home: one conversation, which belongs to the private chat."""
    async with TelegramServer() as server, heeldrop(server, tmp_path) as program:
        ada = server.person("Ada", started=True)
        club = server.group("Club", ada)
        ada.says(f"/next{NAME}", club)
        await ada.hears("heard /next", club)
        ada.says("and then?")
        await ada.hears("heard and then?")
        kept = await program.host.export(Person("telegram", str(ada.id)))

        (conversation,) = kept["conversations"]
        assert conversation["place"]["chat"] == str(ada.id)
        assert len(conversation["said"]["answers"]) == 2
