"""The technique ledger: how much of the week's distance may be in the new style or shoes.

Rule (evidence.md 5.2, all [D]): a share that grows over 26 weeks. One amber holds it for a week;
2 ambers in 14 days go back to the step before; red means the old style for 2 weeks, then half the
share. Achilles, foot-bone or toe pain stops the change. The share and the week's distance never
rise in the same week, and the distance stays flat for the first 8 weeks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bot.coaching.runs import Light
from bot.content.coaching.technique import ShareStep, TechniqueFigures

State = Literal["not_started", "on", "held", "old_style", "stopped", "done"]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of the week's distance (0 to 1) in the new style today, and how it came about.

    `week` is the week of the schedule. `max_run_s` and `max_runs` limit the first weeks. `until`:
    the last day of a hold or of the old style. `distance_flat`: the week's distance must not rise
    now.
    """

    state: State
    share: float
    week: int
    max_run_s: int | None = None
    max_runs: int | None = None
    until: date | None = None
    distance_flat: bool = True


@dataclass(slots=True)
class _Ledger:
    """The schedule as it is lived: days that counted, and what holds them up."""

    days: int = 0
    factor: float = 1.0
    hold_until: date | None = None
    old_until: date | None = None
    last_amber: date | None = None


def technique_share(
    started: date,
    lights: Iterable[tuple[date, Light]],
    today: date,
    technique: TechniqueFigures,
    *,
    stop_pain: bool = False,
) -> Share:
    """The share for `today` of a change that began on `started` (evidence.md 5.2 [D])."""
    if stop_pain:
        return Share("stopped", 0, 0)
    if today < started:
        return Share("not_started", 0, 0)
    by_day: dict[date, set[Light]] = {}
    for day, light in lights:
        by_day.setdefault(day, set()).add(light)
    ledger = _Ledger()
    for offset in range((today - started).days + 1):
        day = started + timedelta(days=offset)
        _live(ledger, day, by_day.get(day, set()), technique, counts=day < today)
    return _share(ledger, today, technique)


def new_style_m(share: float, week_m: float) -> float:
    """Metres of the week in the new style or shoes (5.2)."""
    return share * week_m


def technique_entry(
    calm_weeks: int | None, raises: int | None, norm: int | None, technique: TechniqueFigures
) -> tuple[str, ...]:
    """What is missing before week 1, empty if nothing: "calm_weeks", "raises" (5.2 [D]).

    `calm_weeks`: weeks in a row with calf pain of 2/10 or less. `raises`: single-leg heel raises of
    the weaker side, against the norm for the age. What is not known is missing.
    """
    entry = technique.entry
    calm = calm_weeks is not None and calm_weeks >= entry.calm_weeks
    strong = raises is not None and norm is not None and raises >= norm * entry.raises_of_norm
    rules = (("calm_weeks", calm), ("raises", strong))
    return tuple(name for name, holds in rules if not holds)


def step_of_week(week: int, technique: TechniqueFigures) -> ShareStep:
    """The row of the share table for a week of the schedule, counted from 1."""
    fits = [step for step in technique.step if step.from_week <= max(week, 1)]
    return fits[-1]


def _live(
    ledger: _Ledger, day: date, lights: set[Light], technique: TechniqueFigures, *, counts: bool
) -> None:
    """One day: its light changes the ledger; a day without trouble counts once it is over."""
    back_off = technique.back_off
    if ledger.old_until is not None and day <= ledger.old_until:
        return
    if lights & {"red", "stop"}:
        ledger.old_until = day + timedelta(weeks=back_off.red_weeks_old)
        _restart_at(ledger, back_off.red_restart_share, technique)
        return
    if "amber" in lights:
        recent = ledger.last_amber
        if recent is not None and (day - recent).days < back_off.in_days:
            _step_back(ledger, technique)
            ledger.last_amber = None
        else:
            ledger.last_amber = day
        ledger.hold_until = day + timedelta(days=back_off.amber_hold_days)
    elif counts and (ledger.hold_until is None or day > ledger.hold_until):
        ledger.days += 1


def _restart_at(ledger: _Ledger, part: float, technique: TechniqueFigures) -> None:
    """Go to the highest step within this part of the share; below the first step, part of that."""
    wanted = _now(ledger, technique) * part
    fits = [step for step in technique.step if step.share <= wanted + 1e-9]
    target = fits[-1] if fits else technique.step[0]
    ledger.days = (target.from_week - 1) * 7
    ledger.factor = 1.0 if fits else wanted / target.share
    ledger.hold_until = ledger.last_amber = None


def _step_back(ledger: _Ledger, technique: TechniqueFigures) -> None:
    place = technique.step.index(step_of_week(_week(ledger), technique))
    ledger.days = (technique.step[max(place - 1, 0)].from_week - 1) * 7


def _week(ledger: _Ledger) -> int:
    return ledger.days // 7 + 1


def _now(ledger: _Ledger, technique: TechniqueFigures) -> float:
    step = step_of_week(_week(ledger), technique)
    return step.share * (ledger.factor if step is technique.step[0] else 1.0)


def _share(ledger: _Ledger, today: date, technique: TechniqueFigures) -> Share:
    week = _week(ledger)
    step = step_of_week(week, technique)
    flat = week <= technique.entry.distance_flat_weeks or week == step.from_week
    if ledger.old_until is not None and today <= ledger.old_until:
        return Share("old_style", 0, week, until=ledger.old_until)
    held = ledger.hold_until is not None and today <= ledger.hold_until
    state: State = "held" if held else "on"
    if not held and week > technique.step[-1].to_week:
        state, flat = "done", False
    until = ledger.hold_until if held else None
    share = _now(ledger, technique)
    return Share(state, share, week, step.max_run_s, step.max_runs, until, flat)
