"""The owner's choices for Discord, read from the settings named DISCORD_...

Rule: a wrong value is named, with what it should be, before anything connects.
"""

from dataclasses import dataclass, field

from bot.runtime.settings import Settings, SettingsError


@dataclass(frozen=True, slots=True)
class Choices:
    """How to reach Discord. `api` and `gateway` are "" for Discord itself."""

    token: str = field(repr=False)
    api: str = ""
    gateway: str = ""
    languages: tuple[str, ...] = ("en",)

    @property
    def test_server(self) -> bool:
        """Whether this is some other server than Discord's own."""
        return bool(self.api or self.gateway)


def read_choices(settings: Settings) -> Choices:
    """The choices. Raises SettingsError with one sentence that names the wrong setting."""
    token = settings.discord_token
    if not token or any(char.isspace() for char in token):
        raise SettingsError(
            "DISCORD_TOKEN should be one long word, as the page Bot of your application gives it."
        )
    api = _address(settings, "DISCORD_API_URL", ("http://", "https://"))
    gateway = _address(settings, "DISCORD_GATEWAY_URL", ("ws://", "wss://"))
    return Choices(token, api, gateway, settings.languages)


def _address(settings: Settings, name: str, starts: tuple[str, ...]) -> str:
    address = settings.get(name).rstrip("/")
    if address and not address.startswith(starts):
        raise SettingsError(f'{name} should start with {starts[0]}, and "{address}" does not.')
    return address
