"""How fast each platform may be written to.

Figures of the platforms' own documents, except those marked [c] (told by others) and [D] (ours).
"""

import hashlib

import msgspec

from bot.runtime.settings import Settings


class Bucket(msgspec.Struct, frozen=True):
    """At most `count` messages in any `per_s` seconds."""

    count: int
    per_s: float


class Rates(msgspec.Struct, frozen=True):
    """The limits of one platform. Durations in seconds."""

    overall: Bucket | None = None
    chat: Bucket | None = None
    """For one private chat."""
    group: Bucket | None = None
    """For one group."""
    at_once: int = 32
    """How many calls may be under way together [D]."""
    idempotent_s: float = 0.0
    """For how long the platform takes the same nonce as the same message."""
    backoff_s: float = 1.0
    longest_backoff_s: float = 300.0
    edit_gap_s: float = 0.0
    """The least time between two edits of one post [D]. It leaves a group room for other messages."""
    answer_s: float = 60.0
    """How long a call may take before it counts as unanswered [D]."""

    def backoff(self, attempts: int, key: str) -> float:
        """The wait before the next try: doubling, with a spread that is the same for the same key."""
        wait: float = min(self.backoff_s * 2 ** min(attempts, 16), self.longest_backoff_s)
        share = hashlib.sha256(f"{key}:{attempts}".encode()).digest()[0] / 255
        return wait * (0.5 + share / 2)


TELEGRAM = Rates(
    overall=Bucket(30, 1.0),
    chat=Bucket(5, 5.0),  # 1 a second with short bursts
    group=Bucket(20, 60.0),
    edit_gap_s=4.0,  # 15 of the group's 20 a minute at most, and final within 5 s
)
DISCORD = Rates(
    overall=Bucket(50, 1.0),
    chat=Bucket(5, 5.0),  # [c]
    group=Bucket(5, 5.0),  # [c]
    idempotent_s=180.0,  # "the past few minutes"
    edit_gap_s=2.0,
)
FREE = Rates()
"""No limits: the terminal, tests, simulations."""

BY_PLATFORM = {"telegram": TELEGRAM, "discord": DISCORD}


def from_settings(platform: str, settings: Settings) -> Rates:
    """The platform's figures, with the owner's own where they set any."""
    if platform == "telegram":
        return msgspec.structs.replace(
            TELEGRAM,
            overall=_a_second(settings.telegram_rate),
            chat=Bucket(max(1, round(5 * settings.telegram_chat_rate)), 5.0),
            group=Bucket(max(1, round(settings.telegram_group_rate)), 60.0),
        )
    if platform == "discord":
        return msgspec.structs.replace(DISCORD, overall=_a_second(settings.discord_rate))
    return BY_PLATFORM.get(platform, FREE)


def _a_second(rate: float) -> Bucket:
    return Bucket(max(1, int(rate)), max(1, int(rate)) / rate)
