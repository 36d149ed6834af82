"""Heeldrop on Discord: slash commands, buttons, forms, direct messages and mentions.

Rule: naming this package loads nothing but this file; the library is loaded when Discord is wanted.
"""

from bot.runtime.host import Host
from bot.runtime.settings import Settings


class Discord:
    """What the application finds under the name "discord"."""

    name = "discord"

    @staticmethod
    def wants(settings: Settings) -> bool:
        """Whether there is a token for it."""
        return bool(settings.discord_token)

    @staticmethod
    async def serve(host: Host, settings: Settings) -> None:
        """Receive and deliver until cancelled. Raises SettingsError or TokenRefusedError."""
        from adapters.discord.serve import serve  # noqa: PLC0415 - only when Discord is wanted

        await serve(host, settings)

    @staticmethod
    async def reach(settings: Settings) -> str:
        """Our name there. Raises RefusedError, SettingsError, or UnreachableError."""
        from adapters.discord.serve import reach  # noqa: PLC0415 - only when asked for

        return await reach(settings)


adapter = Discord()
