"""Heeldrop on Telegram, through long polling or a webhook.

Rule: naming this package loads nothing but this file; the library is loaded when Telegram is wanted.
"""

from bot.runtime.host import Host
from bot.runtime.settings import Settings


class Telegram:
    """What the application finds under the name "telegram"."""

    name = "telegram"

    @staticmethod
    def wants(settings: Settings) -> bool:
        """Whether there is a token for it."""
        return bool(settings.telegram_token)

    @staticmethod
    async def serve(host: Host, settings: Settings) -> None:
        """Receive and deliver until cancelled. Raises SettingsError or TokenRefusedError."""
        from adapters.telegram.serve import serve  # noqa: PLC0415 - only when Telegram is wanted

        await serve(host, settings)

    @staticmethod
    async def reach(settings: Settings) -> str:
        """Our name there. Raises RefusedError, SettingsError, or UnreachableError."""
        from adapters.telegram.connecting import reach  # noqa: PLC0415 - only when asked for

        return await reach(settings)


adapter = Telegram()
