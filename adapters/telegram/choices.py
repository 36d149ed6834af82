"""The owner's choices for Telegram, read from the settings named TELEGRAM_...

Rule: a wrong value is named, with what it should be, before anything connects.
"""

import hashlib
import re
from dataclasses import dataclass, field

from bot.runtime.settings import Settings, SettingsError

_API = "https://api.telegram.org"
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LISTEN = re.compile(r"(?P<host>[^:\s]+):(?P<port>\d{1,5})")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram calls us: its public address, the secret it shows, and where we listen."""

    url: str
    secret: str = field(repr=False)
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Choices:
    """How to reach Telegram, and what to use of it."""

    token: str = field(repr=False)
    api: str = _API
    webhook: Webhook | None = None
    ephemeral: bool = False
    """Group answers that one member sees (Bot API 10.2). Telegram does not promise to deliver them."""


def read_choices(settings: Settings) -> Choices:
    """The choices. Raises SettingsError with one sentence that names the wrong setting."""
    token = settings.telegram_token
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            "TELEGRAM_TOKEN should be a number, a colon and a long word, as @BotFather gives it."
        )
    api = settings.get("TELEGRAM_API_URL", _API).rstrip("/")
    if not api.startswith(("http://", "https://")):
        raise SettingsError(f'TELEGRAM_API_URL should start with http, and "{api}" does not.')
    private = settings.get("TELEGRAM_EPHEMERAL", "no").lower()
    if private not in {"yes", "no"}:
        raise SettingsError(f'TELEGRAM_EPHEMERAL should be yes or no, and "{private}" is not.')
    return Choices(token, api, _webhook(settings), private == "yes")


def _webhook(settings: Settings) -> Webhook | None:
    url = settings.get("TELEGRAM_WEBHOOK_URL")
    if not url:
        return None
    # A self-hosted Bot API server may call plain http; Telegram itself refuses it.
    if not url.startswith(("https://", "http://")):
        raise SettingsError(f'TELEGRAM_WEBHOOK_URL should be a web address, and "{url}" is not.')
    made = hashlib.sha256(f"webhook:{settings.telegram_token}".encode()).hexdigest()
    secret = settings.get("TELEGRAM_WEBHOOK_SECRET", made)
    if not _SECRET.fullmatch(secret):
        raise SettingsError(
            "TELEGRAM_WEBHOOK_SECRET should be 1 to 256 letters, digits, _ or -, and it is not."
        )
    listen = settings.get("TELEGRAM_WEBHOOK_LISTEN", "127.0.0.1:8443")
    found = _LISTEN.fullmatch(listen)
    if found is None or int(found["port"]) > 65535:
        raise SettingsError(
            f'TELEGRAM_WEBHOOK_LISTEN should be like 127.0.0.1:8443, and "{listen}" is not.'
        )
    return Webhook(url, secret, found["host"], int(found["port"]))
