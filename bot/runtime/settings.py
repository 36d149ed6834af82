"""What the owner sets: in the environment, or in a file named .env where Heeldrop is started.

Rule: a wrong value is named, with what it should be; nothing is guessed. The environment wins over
the file. Tokens and secrets are never printed. `.env.example` lists every name.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from dotenv import dotenv_values

from bot.coaching.clock import is_zone

T = TypeVar("T")
_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(ValueError):
    """A setting cannot be used; the text names it and says what it should be."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The owner's choices. An adapter reads its own further ones (`TELEGRAM_...`) with `get`."""

    data: Path = Path("data")
    """The folder of the data file and its backups."""
    content: Path | None = None
    zone: str = "UTC"
    """The zone of runners who have not said theirs."""
    languages: tuple[str, ...] = ("en",)
    log_format: str = "text"
    log_level: str = "info"
    metrics_port: int = 0
    backups_kept: int = 7
    words_kept_days: int = 30
    runs_kept_days: int = 60
    """For how long after a club's run it is kept who said they would come, and how it was."""
    telegram_token: str = field(default="", repr=False)
    discord_token: str = field(default="", repr=False)
    telegram_rate: float = 30.0
    """Messages a second over all chats."""
    telegram_chat_rate: float = 1.0
    """Messages a second to one chat."""
    telegram_group_rate: float = 20.0
    """Messages a minute to one group."""
    discord_rate: float = 50.0
    """Requests a second over all channels."""
    values: Mapping[str, str] = field(default_factory=dict, repr=False)

    def get(self, name: str, default: str = "") -> str:
        """Any other setting by its full name."""
        return self.values.get(name, default).strip() or default


NAMES = (
    *("TELEGRAM_TOKEN", "DISCORD_TOKEN", "HEELDROP_DATA", "HEELDROP_BACKUPS_KEPT"),
    *("HEELDROP_WORDS_DAYS", "HEELDROP_CLUB_DAYS", "HEELDROP_CONTENT", "HEELDROP_LANGUAGES"),
    *("HEELDROP_ZONE", "HEELDROP_LOG_FORMAT", "HEELDROP_LOG_LEVEL", "HEELDROP_METRICS_PORT"),
    *(
        "TELEGRAM_RATE_PER_SECOND",
        "TELEGRAM_CHAT_RATE_PER_SECOND",
        "TELEGRAM_GROUP_RATE_PER_MINUTE",
    ),
    *("DISCORD_RATE_PER_SECOND", "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET"),
    *("TELEGRAM_WEBHOOK_LISTEN", "TELEGRAM_EPHEMERAL", "TELEGRAM_API_URL", "DISCORD_API_URL"),
    "DISCORD_GATEWAY_URL",
)
"""Every setting that .env.example names."""


def read(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """The settings. Raises SettingsError with one sentence that names the first wrong one."""
    given = os.environ if environment is None else environment
    values = {**_from_file(file or Path(".env")), **given}
    reader = _Reader({name: text.strip() for name, text in values.items() if text.strip()})
    return Settings(
        data=Path(reader.text("HEELDROP_DATA", "data")),
        content=reader.value("HEELDROP_CONTENT", None, _folder, "a folder"),
        zone=reader.value("HEELDROP_ZONE", "UTC", _zone, "a time zone like Europe/London"),
        languages=reader.value(
            "HEELDROP_LANGUAGES", ("en",), _languages, "languages of two letters, like en,de"
        ),
        log_format=reader.choice("HEELDROP_LOG_FORMAT", ("text", "json")),
        log_level=reader.choice("HEELDROP_LOG_LEVEL", _LEVELS, "info"),
        metrics_port=reader.value("HEELDROP_METRICS_PORT", 0, _port, "a port from 1 to 65535"),
        backups_kept=reader.value("HEELDROP_BACKUPS_KEPT", 7, _count, "a whole number from 1"),
        words_kept_days=reader.value("HEELDROP_WORDS_DAYS", 30, _count, "a whole number from 1"),
        runs_kept_days=reader.value("HEELDROP_CLUB_DAYS", 60, _count, "a whole number from 1"),
        telegram_token=reader.text("TELEGRAM_TOKEN", ""),
        discord_token=reader.text("DISCORD_TOKEN", ""),
        telegram_rate=reader.rate("TELEGRAM_RATE_PER_SECOND", 30.0),
        telegram_chat_rate=reader.rate("TELEGRAM_CHAT_RATE_PER_SECOND", 1.0),
        telegram_group_rate=reader.rate("TELEGRAM_GROUP_RATE_PER_MINUTE", 20.0),
        discord_rate=reader.rate("DISCORD_RATE_PER_SECOND", 50.0),
        values=reader.values,
    )


def unknown(file: Path | None = None) -> tuple[str, ...]:
    """Names in the file .env that look like settings of Heeldrop and are none: typing errors."""
    found = _from_file(file or Path(".env"))
    ours = tuple(sorted({f"{name.split('_')[0]}_" for name in NAMES}))
    return tuple(name for name in found if name.startswith(ours) and name not in NAMES)


def _from_file(file: Path) -> dict[str, str]:
    try:
        return {name: value for name, value in dotenv_values(file).items() if value is not None}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The file {file} cannot be read: {error}.") from error


@dataclass(frozen=True, slots=True)
class _Reader:
    values: Mapping[str, str]

    def text(self, name: str, default: str) -> str:
        return self.values.get(name, default)

    def value(self, name: str, default: T, read_it: Callable[[str], T], wanted: str) -> T:
        text = self.values.get(name)
        if text is None:
            return default
        try:
            return read_it(text)
        except ValueError:
            raise SettingsError(f'{name} should be {wanted}, and "{text}" is not.') from None

    def choice(self, name: str, choices: tuple[str, ...], default: str = "") -> str:
        def read_it(text: str) -> str:
            return choices[choices.index(text.lower())]

        return self.value(name, default or choices[0], read_it, f"one of {', '.join(choices)}")

    def rate(self, name: str, default: float) -> float:
        return self.value(name, default, _rate, "a number above 0")


def _folder(text: str) -> Path | None:
    if not Path(text).is_dir():
        raise ValueError(text)
    return Path(text)


def _zone(text: str) -> str:
    if not is_zone(text):
        raise ValueError(text)
    return text


def _languages(text: str) -> tuple[str, ...]:
    names = tuple(name.strip().lower() for name in text.split(","))
    if not all(len(name) == 2 and name.isalpha() for name in names):
        raise ValueError(text)
    return names


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65536:
        raise ValueError(text)
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise ValueError(text)
    return count


def _rate(text: str) -> float:
    rate = float(text)
    if not 0 < rate < float("inf"):
        raise ValueError(text)
    return rate
