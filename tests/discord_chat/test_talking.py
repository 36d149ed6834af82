"""Talking to Heeldrop on Discord: commands, buttons, forms, direct messages and mentions."""

from pathlib import Path

import pytest

from adapters.discord import words
from adapters.discord.commands import COMMANDS
from tests.discord_chat.world import heeldrop
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


async def test_a_command_in_a_server_is_answered_to_one_person(tmp_path: Path) -> None:
    """The answer fills the private "thinking" message; nobody else sees anything."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path):
            asked = ada.slash("menu", channel=channel)
            heard = await ada.hears("You said /menu, 1", channel)

        assert asked.private
        assert heard.ephemeral_for is ada.user
        assert heard.buttons == ["Yes", "No", words.WRITE]
        assert ben.sees(channel) == []
        assert (server.thinking, server.unanswered) == ([], [])


async def test_a_press_shows_the_choice_and_answers(tmp_path: Path) -> None:
    """The buttons go, the choice stands under the question, the answer comes to that person."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path):
            ada.slash("start", channel=channel)
            question = await ada.hears("You said /start, 1", channel)
            ada.presses("Yes", channel=channel)
            heard = await ada.hears("You chose =walking:yes, 2", channel)

        assert question.buttons == []
        assert question.text.endswith("✓ **Yes**")
        assert heard.ephemeral_for is ada.user
        assert ben.sees(channel) == []


async def test_every_command_is_offered_everywhere_once(tmp_path: Path) -> None:
    """All words of the conversation are commands, set once, for servers and for people."""
    async with DiscordServer() as server:
        server.guild("Club")
        async with heeldrop(server, tmp_path):
            server.gateway.drop()
            await server.until(lambda: server.gateway.resumed == 1, "the resumption")
        own = [each for each in server.state.commands[None] if each["name"] in COMMANDS]

        assert {each["name"] for each in own} == set(COMMANDS)
        assert all(each["integration_types"] == [0, 1] for each in own)
        assert all(each["contexts"] == [0, 1, 2] for each in own)
        assert len(server.calls("bulk_set_application_commands")) == 1


async def test_direct_messages_and_servers_share_one_conversation(tmp_path: Path) -> None:
    """What is begun in a server goes on in the direct messages."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with heeldrop(server, tmp_path):
            ada.slash("start", channel=guild.channels[0])
            await ada.hears("You said /start, 1", guild.channels[0])
            ada.says("left calf sore")
            await ada.hears("You said left calf sore, 2")
            ada.slash("menu")
            await ada.hears("You said /menu, 3")
            ada.presses("No")
            await ada.hears("You chose =walking:no, 4")

        assert server.thinking == []


async def test_a_button_in_direct_messages_is_retired(tmp_path: Path) -> None:
    """In direct messages, too, the buttons go and the choice stays."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("hello")
            question = await ada.hears("You said hello, 1")
            ada.presses("Yes")
            await ada.hears("You chose =walking:yes, 2")

        assert (question.buttons, question.text) == ([], "You said hello, 1\n\n✓ **Yes**")
        assert len(ada.bot_messages()) == 2


async def test_free_words_with_a_command(tmp_path: Path) -> None:
    """What is typed behind /coach and /log is heard as said."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "ran 6 miles"}, channel=guild.channels[0])
            await ada.hears("You said ran 6 miles, 1", guild.channels[0])
            ada.slash("log", {"words": "5 km"}, channel=guild.channels[0])
            await ada.hears("You said 5 km, 2", guild.channels[0])


async def test_a_form_takes_words_in_private(tmp_path: Path) -> None:
    """/log opens a form, and what is written there is answered to that person alone."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with heeldrop(server, tmp_path):
            ada.slash("log", channel=channel)
            form = await ada.sees_form()
            ada.submits({words.FORM_LABEL: "left calf 3 out of 10"})
            await ada.hears("You said left calf 3 out of 10, 1", channel)

        assert form["title"] == words.FORM_TITLE
        assert ben.sees(channel) == []


async def test_the_write_button_opens_the_form(tmp_path: Path) -> None:
    """Under a question in a server there is a button to answer in words."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "number"}, channel=channel)
            await ada.hears("How far?", channel)
            ada.presses(words.WRITE, channel=channel)
            await ada.sees_form()
            ada.submits({words.FORM_LABEL: "6 km"})
            await ada.hears("You said 6 km, 2", channel)

        assert server.thinking == []


async def test_a_mention_is_answered_in_private_and_pointed_at(tmp_path: Path) -> None:
    """The answer is a direct message; the channel only learns where it is."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        thread = server.thread(guild.channels[0], "Week 47")
        async with heeldrop(server, tmp_path):
            ada.says("just talking", thread)
            ada.says(f"{server.mention} left calf sore", thread)
            await ada.hears("You said left calf sore, 1")
            await ben.hears(words.ANSWERED_IN_PRIVATE, thread)
            ada.presses(words.SHOW_IT_HERE, channel=thread)
            shown = await ada.hears(r"You chose !go\_on, 2", thread)

        assert shown.ephemeral_for is ada.user
        assert [each.text for each in server.messages(thread) if each.author.bot] == [
            words.ANSWERED_IN_PRIVATE
        ]
        assert [each.text for each in ben.bot_messages(thread)] == [words.ANSWERED_IN_PRIVATE]
        assert ben.bot_messages(thread)[0].buttons == [words.SHOW_IT_HERE]
        assert ada.bot_messages(guild.channels[0]) == []


async def test_a_bare_mention_begins(tmp_path: Path) -> None:
    """Naming the bot and nothing else is a hello."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with heeldrop(server, tmp_path):
            ada.says(server.mention, guild.channels[0])

            await ada.hears("You said /start, 1")


async def test_an_installed_command_works_where_the_bot_is_not(tmp_path: Path) -> None:
    """In a private group and a foreign server the person alone gets the answer."""
    async with DiscordServer() as server:
        foreign = server.guild("Foreign", bot=False)
        ada, ben = server.member("Ada", foreign, installed=True), server.member("Ben", foreign)
        group = server.private_group(ada, ben)
        async with heeldrop(server, tmp_path):
            ada.slash("menu", channel=group)
            await ada.hears("You said /menu, 1", group)
            ada.slash("menu", channel=foreign.channels[0])
            await ada.hears("You said /menu, 2", foreign.channels[0])

        assert ben.sees(group) == ben.sees(foreign.channels[0]) == []


async def test_follow_ups_run_out_where_the_bot_is_not(tmp_path: Path) -> None:
    """After five follow-ups the rest comes as direct messages."""
    async with DiscordServer() as server:
        foreign = server.guild("Foreign", bot=False)
        ada = server.member("Ada", foreign, installed=True)
        channel = foreign.channels[0]
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "lines 7"}, channel=channel)
            await ada.hears("Line 7")

        here, direct = ada.bot_messages(channel), ada.bot_messages()
        assert [each.text for each in [*here, *direct]] == [f"Line {n}" for n in range(1, 8)]
        assert len(here) == 6


async def test_many_choices_become_a_menu(tmp_path: Path) -> None:
    """Thirty choices are two menus; the pick counts like a button."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("many 30")
            heard = await ada.hears("Many")
            ada.chooses("Choice 27")
            await ada.hears("You chose =many:27, 2")

        assert heard.versions[0][0]["components"][0]["type"] == 3


async def test_pictures_files_and_times(tmp_path: Path) -> None:
    """A picture has its description, an export is a file, a time is shown in the reader's clock."""
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "drop.png").write_bytes(b"PNG")
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with heeldrop(server, tmp_path):
            ada.says("picture")
            picture = await ada.hears("Look")
            ada.slash("coach", {"words": "file"}, channel=guild.channels[0])
            file = await ada.hears("Yours", guild.channels[0])
            ada.says("when")
            when = await ada.hears("Run at")

        shown = picture.attachments[0]
        assert (shown["filename"], shown["description"]) == ("drop.png", "A heel drop")
        assert file.attachments[0]["filename"] == "all.json"
        assert file.ephemeral_for is ada.user
        assert when.text == "Run at <t:1778180400:f>"


async def test_nobody_is_notified_or_linked(tmp_path: Path) -> None:
    """What somebody typed is shown as typed: no mention, no markup."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("@everyone <@1> *no* _markup_ `here`")
            heard = await ada.hears("You said @everyone")

        assert heard.pings == []
        assert r"\<@1> \*no\* \_markup\_ \`here\`" in heard.text


async def test_a_file_in_a_direct_message_is_handed_on(tmp_path: Path) -> None:
    """Words and file are two things that happened; of the file nothing is kept."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("my run", files={"runs.gpx": b"abc"})
            await ada.hears("You said my run, 1")
            await ada.hears("A file runs.gpx of 3 bytes says abc")
            ada.says("", files={"odd": b"xyz"})
            await ada.hears("odd of 3 bytes says xyz")

        assert list((tmp_path / "incoming").iterdir()) == []


async def test_a_file_that_is_too_large_is_not_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The core is told its name and size, and answers by that."""
    monkeypatch.setattr("adapters.discord.files.LARGEST", 2)
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with heeldrop(server, tmp_path):
            ada.says("", files={"runs.gpx": b"abc"})
            await ada.hears("A file runs.gpx of 3 bytes says nothing")


async def test_a_turn_without_words_leaves_nothing_thinking(tmp_path: Path) -> None:
    """If there is nothing to say, "thinking" goes away."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "quiet"}, channel=guild.channels[0])
            await server.until(lambda: server.calls("delete_original_webhook_message"), "the end")

        assert server.thinking == []
        assert ada.sees(guild.channels[0]) == []


async def test_a_failed_turn_is_answered(tmp_path: Path) -> None:
    """A fault in the program is said, in private."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with heeldrop(server, tmp_path):
            ada.slash("coach", {"words": "boom"}, channel=guild.channels[0])
            heard = await ada.hears("Something went wrong", guild.channels[0])

        assert heard.ephemeral_for is ada.user


@pytest.mark.parametrize("locale", ["de", "en-GB"])
async def test_the_language_is_remembered(tmp_path: Path, locale: str) -> None:
    """An interaction tells the person's language, in two letters."""
    seen: list[str] = []
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild, locale=locale)
        async with heeldrop(server, tmp_path) as host:
            receive = host.receive

            async def noting(event, hints=None):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
                seen.append(event.who.language)
                return await receive(event, hints)

            host.receive = noting  # type: ignore[method-assign]
            ada.slash("menu", channel=guild.channels[0])
            await ada.hears("You said /menu, 1", guild.channels[0])

    assert seen == [locale[:2]]
