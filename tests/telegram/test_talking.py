"""A private chat on the local Telegram: words, buttons, order, doubles, restarts."""

from pathlib import Path

from adapters.telegram.intake import Intake
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_server import TelegramServer
from tests.telegram.toy import RISKY
from tests.telegram.world import heeldrop

pytestmark = needs_telegram_spec


async def test_what_is_said_is_heard_and_answered(tmp_path: Path) -> None:
    """A message is answered, and confirmed to Telegram once it is stored."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("good <morning> & more")
        answer = await ada.hears("heard")
        await server.until(lambda: server.updates.confirmed, "the confirmation")

        assert answer.text == "heard good <morning> & more"
        assert not answer.silent


async def test_every_sign_that_markup_uses_arrives_as_it_is(tmp_path: Path) -> None:
    """Signs of HTML and Markdown are shown, not obeyed."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("/risky")
        answer = await ada.hears("Tom")

        assert answer.text == RISKY + RISKY
        assert [each["type"] for each in answer.entities] == ["bold"]


async def test_a_tap_is_answered_and_its_buttons_are_retired(tmp_path: Path) -> None:
    """The tapped message keeps its words and their weight, shows the choice and loses its buttons."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("/ask")
        question = await ada.hears("Sore")
        assert question.keyboard[0][0]["callback_data"] == "=sore:yes"
        press = ada.taps("Yes & no")
        await ada.hears("you chose =sore:yes")
        await server.until(lambda: press.answered, "an answer to the press")

        assert question.text == "Sore <now>?\nTell & show.\n\n✓ yes"
        assert question.buttons == []
        assert [each["type"] for each in question.entities] == ["bold", "bold"]
        assert press.text is None


async def test_a_press_is_answered_before_a_slow_turn_of_the_same_chat(tmp_path: Path) -> None:
    """The clock on the button goes away at once, whatever else the chat waits for."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("/ask")
        await ada.hears("Sore")
        hold = server.hold("getFile")
        ada.sends_document("run.csv", b"a,b")
        await hold.arrived()
        press = ada.taps("No")
        await server.until(lambda: press.answered, "an answer to the press")
        assert "you chose" not in ada.bot_messages()[-1].text
        hold.release()
        await ada.hears("you chose")

        texts = [each.text for each in ada.bot_messages()]
        assert texts[-2:] == ["run.csv of 3 holds a,b", "you chose =sore:no"]


async def test_two_presses_in_the_wrong_order_are_both_taken(tmp_path: Path) -> None:
    """A button means the same whenever its press arrives."""
    async with TelegramServer() as server, heeldrop(server, tmp_path, fetch=False) as program:
        ada = server.person("Ada", started=True)
        ada.says("/ask")
        updates = await program.desk.bot.get_updates(timeout=1)
        intake = Intake(program.desk)
        await intake.take(updates)
        await ada.hears("Sore")
        ada.taps("Yes & no")
        ada.taps("No")
        late, early = await program.desk.bot.get_updates(
            offset=updates[-1].update_id + 1, timeout=1
        )
        await intake.take([early])
        await intake.take([late])
        server.violations.tolerate("not_modified")
        await ada.hears("you chose =sore:yes")
        await ada.hears("you chose =sore:no")
        await server.until(lambda: not server.unanswered, "answers to the presses")
        await intake.finish()


async def test_twenty_messages_at_once_are_answered_in_order(tmp_path: Path) -> None:
    """One chat's messages have their turns in the order they were sent."""
    async with TelegramServer() as server:
        ada, ben = server.person("Ada"), server.person("Ben")
        for number in range(20):
            ada.says(f"a{number}")
            ben.says(f"b{number}")
        async with heeldrop(server, tmp_path):
            await ada.hears("heard a19")
            await ben.hears("heard b19")

        assert [each.text for each in ada.bot_messages()] == [f"heard a{n}" for n in range(20)]
        assert [each.text for each in ben.bot_messages()] == [f"heard b{n}" for n in range(20)]


async def test_the_same_update_twice_is_answered_once(tmp_path: Path) -> None:
    """Telegram may deliver an update again; the second time nothing happens."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("once")
        update = server.updates.pending[0]
        await ada.hears("heard once")
        server.updates.again(update)
        ada.says("after")
        await ada.hears("heard after")

        assert [each.text for each in ada.bot_messages()] == ["heard once", "heard after"]


async def test_a_confirmed_update_is_not_given_again_after_a_restart(tmp_path: Path) -> None:
    """On the way out the last updates are confirmed too."""
    async with TelegramServer() as server:
        ada = server.person("Ada")
        async with heeldrop(server, tmp_path):
            ada.says("once")
            await ada.hears("heard once")

        assert server.updates.pending == []
        assert server.updates.confirmed


async def test_old_buttons_work_after_a_restart(tmp_path: Path) -> None:
    """Buttons carry all they mean: a new process understands those of the old one."""
    async with TelegramServer() as server:
        ada = server.person("Ada")
        async with heeldrop(server, tmp_path):
            ada.says("/ask")
            question = await ada.hears("Sore")
        ada.taps("No")
        async with heeldrop(server, tmp_path):
            await ada.hears("you chose =sore:no")
            await server.until(lambda: not server.unanswered, "an answer to the press")

        assert question.buttons == []
        assert question.text.endswith("✓ no")


async def test_a_press_on_a_message_that_is_gone_is_still_taken(tmp_path: Path) -> None:
    """The statement counts, though there are no buttons left to take off."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("/ask")
        question = await ada.hears("Sore")
        question.deleted = True
        ada.taps("No", message=question)
        await ada.hears("you chose =sore:no")

        assert server.calls("editMessageText") == []


async def test_a_second_choice_takes_the_place_of_the_first(tmp_path: Path) -> None:
    """A phone that has not caught up can press a retired button; one choice is shown, the last."""
    async with TelegramServer() as server, heeldrop(server, tmp_path):
        ada = server.person("Ada")
        ada.says("/ask")
        question = await ada.hears("Sore")
        ada.taps("Yes & no")
        await ada.hears("you chose =sore:yes")
        ada.taps("No", message=question, old=True)
        await ada.hears("you chose =sore:no")

        assert question.text == "Sore <now>?\nTell & show.\n\n✓ no"
