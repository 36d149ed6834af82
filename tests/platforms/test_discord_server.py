"""The local Discord server: the real library talks to it and people see what it writes."""

from io import BytesIO
from typing import Any

import discord
import pytest
from discord import ui

from tests.platforms.discord_bots import Bot, pointed_at, running
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_spec import discord_spec
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


# ---------------------------------------------------------------- interactions
async def test_a_slash_command_is_answered_in_the_channel() -> None:
    """A command reaches the bot with its option, and its answer is seen by all."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        async with running(server):
            ada.slash("run", {"distance": "5 km"}, channel=guild.channels[0])
            heard = await ben.hears("Noted 5 km", guild.channels[0])

        assert heard.buttons == ["Yes", "No"]
        assert server.unanswered == []


async def test_a_command_works_in_direct_messages() -> None:
    """A global command is offered in the bot's own private channel."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with running(server):
            ada.slash("run", {"distance": "3 mi"})

            await ada.hears("Noted 3 mi")


async def test_what_a_command_needs_is_checked_before_it_is_sent() -> None:
    """The person's own Discord refuses unknown commands, options and missing ones."""
    async with DiscordServer() as server:
        ada = server.member("Ada", server.guild("Club"))
        async with running(server):
            for words, options, problem in (
                ("walk", {}, "no command 'walk'"),
                ("run", {}, "needed and not given"),
                ("run", {"distance": 5}, "takes <class 'str'>"),
                ("run", {"distance": "5", "pace": "6"}, "no option 'pace'"),
                ("club", {}, "needs a subcommand"),
                ("club shut", {}, "no subcommand 'shut'"),
            ):
                with pytest.raises(AssertionError, match=problem):
                    ada.slash(words, options)


async def test_a_deferred_private_answer_is_seen_by_one_person() -> None:
    """An ephemeral answer after a defer shows to the person who acted and to nobody else."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, ben = server.member("Ada", guild), server.member("Ben", guild)
        channel = guild.channels[0]
        async with running(server):
            asked = ada.slash("club open", channel=channel)
            await ada.hears("Only you see this", channel)

        assert asked.private
        assert ben.sees(channel) == []
        assert server.messages(channel) == []
        assert server.thinking == []


async def test_a_press_changes_the_message_in_place() -> None:
    """A press edits the message and takes its buttons; an old screen can still press them."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server):
            ada.slash("run", {"distance": "5 km"}, channel=channel)
            message = await ada.hears("Noted", channel)
            ada.presses("Yes", channel=channel)
            kept = await ada.hears("Kept yes", channel)
            with pytest.raises(AssertionError, match="nothing called 'No'"):
                ada.presses("No", channel=channel)
            ada.presses("No", message=message, old=True)
            await ada.hears("Kept no", channel)

        assert kept is message
        assert message.edited


async def test_a_button_outlives_a_restart() -> None:
    """A new process answers the buttons of the one before."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server):
            ada.slash("run", {"distance": "5 km"}, channel=channel)
            await ada.hears("Noted", channel)
        with pytest.raises(AssertionError, match="no bot is connected"):
            ada.presses("Yes", channel=channel)
        async with running(server):
            ada.presses("Yes", channel=channel)
            await ada.hears("Kept yes", channel)

        assert server.gateway.identified == 2


async def test_a_form_is_shown_filled_in_and_answered() -> None:
    """A modal opens for the person, takes the answer by its label, and is gone."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server):
            ada.slash("form", channel=channel)
            form = await ada.sees_form()
            with pytest.raises(AssertionError, match="must be filled in"):
                ada.submits({})
            ada.slash("form", channel=channel)
            await server.until(lambda: ada.modal, "the second form")
            ada.submits({"In your words": "Fine"})
            heard = await ada.hears("You wrote Fine", channel)

        assert form["title"] == "How was it?"
        assert heard.ephemeral_for is ada.user


async def test_a_user_installed_command_works_where_the_bot_is_not() -> None:
    """A command a person installed for themselves works in a private group and a foreign guild."""
    async with DiscordServer() as server:
        foreign = server.guild("Foreign", bot=False)
        ada, ben = server.member("Ada", foreign, installed=True), server.member("Ben", foreign)
        group = server.private_group(ada, ben)
        async with running(server):
            ada.slash("coach", channel=group)
            await ben.hears("Here too", group)
            ada.slash("coach", channel=foreign.channels[0])
            await ben.hears("Here too", foreign.channels[0])
            with pytest.raises(AssertionError, match="not installed for Ben"):
                ben.slash("coach", channel=group)


# ---------------------------------------------------------------- messages
async def test_the_bot_reads_direct_messages_and_mentions_only() -> None:
    """Without the privileged intent other texts reach the bot empty."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server):
            ada.says("just talking", channel)
            ada.says(f"{server.mention} hello", channel)
            await ada.hears("You said hello", channel)
            ada.says("privately")
            await ada.hears("You said privately")

        assert len(ada.bot_messages(channel)) == 1


async def test_the_same_nonce_is_sent_once() -> None:
    """A repeated nonce gives back the first message and writes nothing."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            first = await channel.send("Sunday, 9:00", nonce="week-47")
            second = await channel.send("Sunday, 9:00", nonce="week-47")

        assert first.id == second.id
        assert len(server.messages(guild.channels[0])) == 1
        assert server.state.deduped == 1


async def test_files_carry_their_descriptions_and_can_be_fetched() -> None:
    """A picture comes with the words for people who cannot see it; people's files can be read."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada = server.member("Ada", guild)
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            picture = discord.File(BytesIO(b"PNG"), "calf.png", description="A calf raise")
            await channel.send("Look", file=picture, nonce="look")
            posted = ada.says("", files={"runs.csv": b"a,b"})
            got = await bot.http.get_from_cdn(posted.attachments[0]["url"])

        assert got == b"a,b"
        shown = ada.sees(guild.channels[0])[0].attachments[0]
        assert (shown["filename"], shown["description"]) == ("calf.png", "A calf raise")


async def test_a_message_is_as_the_description_says() -> None:
    """What the server answers for a message fits Discord's own schema."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        async with running(server) as bot:
            channel: Any = bot.get_channel(guild.channels[0].id)
            await channel.send("Hello", nonce="hello")
        plain = server.messages(guild.channels[0])[0].as_json()

        assert discord_spec().schema_problem("MessageResponse", plain) is None


async def test_a_thread_is_kept() -> None:
    """What is asked in a thread is answered in the thread."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        thread = server.thread(guild.channels[0], "Week 47")
        ada = server.member("Ada", guild)
        async with running(server):
            ada.slash("run", {"distance": "5 km"}, channel=thread)
            await ada.hears("Noted", thread)

        assert ada.sees(guild.channels[0]) == []


class Layout(ui.LayoutView):
    """A message of the newer kind: text, and a menu in a box."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.add_item(ui.TextDisplay("How sore is it?"))
        menu: ui.Select[Any] = ui.Select(custom_id="pain_now", placeholder="0 to 10")
        for number in range(3):
            menu.add_option(label=f"{number} of 10", value=str(number))
        menu.callback = self.chosen  # type: ignore[method-assign]
        self.add_item(ui.Container(ui.ActionRow(menu)))
        self.menu = menu

    async def chosen(self, interaction: discord.Interaction) -> None:
        """Say what was chosen."""
        await interaction.response.send_message(f"Chose {self.menu.values}", ephemeral=True)


async def test_a_message_of_components_is_read_and_its_menu_used() -> None:
    """Text components are what people read; a choice reaches the bot by its value."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server) as bot:
            place: Any = bot.get_channel(channel.id)
            await place.send(view=Layout(), nonce="pain")
            asked = await ada.hears("How sore is it?", channel)
            ada.chooses("2 of 10", channel=channel)
            await ada.hears("Chose ['2']", channel)
            with pytest.raises(AssertionError, match="nothing called"):
                ada.chooses("9 of 10", channel=channel)

        assert asked.choices == ["0 of 10", "1 of 10", "2 of 10"]
        assert discord_spec().schema_problem("MessageResponse", asked.as_json()) is None


# ---------------------------------------------------------------- the gateway
@pytest.mark.parametrize("how", ["drop", "ask_reconnect"])
async def test_a_lost_connection_is_resumed_with_what_was_missed(how: str) -> None:
    """After a drop the library resumes, and gets what people did meanwhile."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server):
            getattr(server.gateway, how)()
            ada.slash("run", {"distance": "5 km"}, channel=channel)
            await ada.hears("Noted 5 km", channel)

        assert (server.gateway.identified, server.gateway.resumed) == (1, 1)


async def test_an_ended_session_is_begun_anew() -> None:
    """After op 9 the library identifies again; what happened in between is lost."""
    async with DiscordServer() as server:
        guild = server.guild("Club")
        ada, channel = server.member("Ada", guild), guild.channels[0]
        async with running(server):
            server.gateway.invalidate()
            ada.says(f"{server.mention} lost", channel)
            await server.ready(2)
            ada.says(f"{server.mention} here", channel)
            await ada.hears("You said here", channel)

        assert [each.text for each in ada.bot_messages(channel)] == ["You said here"]


async def test_leaving_a_guild_and_an_outage_are_told_apart() -> None:
    """An outage is no removal; being thrown out is."""
    async with DiscordServer() as server:
        away, gone = server.guild("Away"), server.guild("Gone")
        async with running(server) as bot:
            server.outage(away)
            server.remove_bot(gone)
            server.back(away)
            server.add_bot(server.guild("New", bot=False))
            await bot.wait_for("guild_join", check=lambda each: each.name == "New", timeout=5)

        assert bot.removed == ["Gone"]


async def test_a_wrong_token_is_refused() -> None:
    """A token the server does not know ends in the library's own error."""
    async with DiscordServer() as server:
        with pointed_at(server):
            async with Bot() as bot:
                with pytest.raises(discord.LoginFailure):
                    await bot.login("wrong")
