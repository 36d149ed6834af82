"""The figures of the runtime, in one place. All are product defaults and can be changed."""

import msgspec

from bot.runtime.habits import Caps
from bot.runtime.settings import Settings
from bot.store.keeping import Kept


class Options(msgspec.Struct, frozen=True):
    """How the runtime behaves. Durations in seconds."""

    turn_deadline_s: float = 2.0
    default_zone: str = "UTC"
    spread_s: int = 240
    caps: Caps = Caps()
    kept: Kept = Kept()
    cached_runners: int = 5000
    claim: int = 1000
    """How many due check-ins are looked at in one go."""
    tick_s: float = 5.0
    backups_kept: int = 7
    file_limit_s: float = 15.0
    """How long the reading of one dropped file may take."""


def from_settings(settings: Settings) -> Options:
    """The owner's figures where they set any."""
    return Options(
        default_zone=settings.zone,
        backups_kept=settings.backups_kept,
        kept=Kept(words=settings.words_kept_days, runs=settings.runs_kept_days),
    )
