"""Figures of content/coaching/lights.toml: soreness lights (evidence.md 4.4), pain 0 to 10."""

from typing import Literal

from bot.content.coaching.cited import Figure, Finding


class During(Figure, frozen=True, kw_only=True):
    """Pain while running: green up to here, amber up to there, red above."""

    green_at_most: int
    amber_at_most: int


class Morning(Figure, frozen=True, kw_only=True):
    """First steps next morning, against the usual."""

    green_at_most: int
    amber_above_usual: int
    red_above_usual: int
    usual_when_unknown: int


class Settle(Figure, frozen=True, kw_only=True):
    """Hours after which it is back to usual."""

    hours: int


class Amber(Figure, frozen=True, kw_only=True):
    """So many ambers in so many days cost an extra rest day."""

    count: int
    in_days: int
    extra_rest_days: int


class Red(Figure, frozen=True, kw_only=True):
    """What a red light costs."""

    days_off: int
    levels: int
    second_in_days: int
    second_levels: int


class Doms(Figure, frozen=True, kw_only=True):
    """Soreness that comes hours after a run: when it peaks and goes."""

    stairs_at_most: int
    peak_from_h: int
    peak_to_h: int
    gone_by_days: int


class DomsWait(Figure, frozen=True, kw_only=True):
    """Hours before the next run after one that made the muscles sore."""

    hours: int


class WarmUpTest(Figure, frozen=True, kw_only=True):
    """A brisk walk and a short jog to see whether soreness goes away, seconds."""

    walk_s: int
    jog_s: int


class DelawareRule(Figure, frozen=True, kw_only=True):
    """One of the Delaware soreness rules and the light it is."""

    id: Literal[
        "warm_up_continues",
        "warm_up_goes_away",
        "goes_away_returns",
        "sore_next_day",
        "no_soreness",
    ]
    light: Literal["green", "amber", "red"]
    days_off: int
    levels: int


class LightFigures(Figure, frozen=True, kw_only=True):
    """All of lights.toml."""

    during: During
    during_strain: During
    during_bone: During
    morning: Morning
    settle: Settle
    amber: Amber
    red: Red
    doms: Doms
    doms_wait: DomsWait
    warm_up_test: WarmUpTest
    delaware_rule: tuple[DelawareRule, ...]
    finding: tuple[Finding, ...]
