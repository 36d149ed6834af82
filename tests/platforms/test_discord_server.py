"""The local Discord server: the real library talks to it and people see what it writes."""

from tests.platforms.discord_bots import running
from tests.platforms.discord_server import DiscordServer
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


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
