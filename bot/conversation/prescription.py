"""The prescription: go, walk or wait; the exact next session; the earliest day.

Rules: caps combine by minimum and level penalties add (evidence.md 2.3). After a break of 4 weeks or
more the ladder decides, in minutes; with less, the longest run of the last 30 days does. Sore above
2 out of 10 when walking: walk first. A tendon may be run on up to 5 out of 10 (4.4), a strain not at all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.coaching.earliest import LastRun, earliest_day
from bot.coaching.guard import overload_cap, session_cap
from bot.coaching.ladder import Session, ladder_session
from bot.coaching.levels import ladder_done, next_level, two_ambers
from bot.coaching.start import Before, Start, start_level
from bot.content.coaching import Coaching
from bot.content.condition import DONT_KNOW, Value
from bot.conversation.log import Light, Run
from bot.conversation.runs.training_log import ladder_runs, runs
from bot.conversation.state import Runner

Verdict = Literal["go", "walk", "wait"]
UNKNOWN_LONGEST_LEVEL = 9
"""The session in minutes when nobody knows the longest run: the level for a sore return [D]."""
TENDONS = frozenset({"tendon_mid", "tendon_insertional"})
STRAIN_REST = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Prescription:
    """What to do next. Metres, seconds; `earliest` is a day in the runner's zone."""

    verdict: Verdict
    level: int | None
    """A ladder level, or None when the next run is a distance."""
    session: Session | None
    cap_m: float | None
    earliest: date | None
    stairs_at_most: int | None
    start: Start
    last_run: date | None = None

    @property
    def mark(self) -> str:
        """The same letters for the same advice."""
        cap = "" if self.cap_m is None else f"{self.cap_m:.0f}"
        return f"{self.verdict}:{self.level}:{cap}:{self.earliest}:{self.stairs_at_most}"


def prescribed(
    coaching: Coaching,
    facts: Mapping[str, Value],
    pathways: tuple[str, ...],
    runner: Runner,
    now: datetime,
) -> Prescription:
    """The next session for a runner who manages this alone (triage self_manage)."""
    zone = ZoneInfo(runner.zone or "UTC")
    soreness = _soreness(facts, pathways)
    start = start_level(_before(facts, pathways, coaching), coaching)
    level, cap = start.first_level, None
    done = ladder_runs(runner.log, zone)
    if done and not ladder_done(done, coaching):
        level = next_level(done[0].level, done, now, coaching).level
    if level is None:
        cap = _cap(coaching, facts, pathways)
        level = None if cap else UNKNOWN_LONGEST_LEVEL
    logged = runs(runner.log)
    light = logged[-1].light if logged else None
    rest = (
        coaching.lights.amber.extra_rest_days
        if two_ambers(_lights(logged, zone), now, coaching)
        else 0
    )
    last = LastRun(_last_run(facts, logged, now, zone), light, soreness, rest)
    earliest = earliest_day(last, now, coaching, zone=zone, on_ladder=level is not None)
    day = earliest.day if earliest else None
    if "strain_suspected" in pathways and day is not None:
        day = max(day, (now + STRAIN_REST).astimezone(zone).date())
    limit = coaching.lights.doms.stairs_at_most if facts.get("sore") else None
    return Prescription(
        verdict=_verdict(soreness, level, pathways, coaching),
        level=level,
        session=None if level is None else ladder_session(level, coaching.ladder),
        cap_m=cap,
        earliest=day,
        stairs_at_most=limit,
        start=start,
        last_run=last.start.astimezone(zone).date() if last.start else None,
    )


def _verdict(
    soreness: int, level: int | None, pathways: tuple[str, ...], coaching: Coaching
) -> Verdict:
    if "strain_suspected" in pathways:
        return "wait"
    if soreness > coaching.lights.doms.stairs_at_most:
        return "wait"
    return "walk" if level == 0 else "go"


def _soreness(facts: Mapping[str, Value], pathways: tuple[str, ...]) -> int:
    """The soreness that holds running back; a tendon may hurt up to 5 and still be run on."""
    score = round(
        max(_number(facts, name) or 0 for name in ("pain_walk", "pain_stairs", "pain_now"))
    )
    if TENDONS & set(pathways) and score <= 5:
        return 0
    return score


def _before(facts: Mapping[str, Value], pathways: tuple[str, ...], coaching: Coaching) -> Before:
    never = facts.get("never_ran") is True
    gap = _number(facts, "break_days")
    pain = max(
        _number(facts, name) or 0 for name in ("pain_first_steps", "pain_stairs", "pain_walk")
    )
    week = _number(facts, "usual_week_m")
    return Before(
        break_days=None if never or gap is None else round(gap),
        week_m=week,
        weeks=coaching.comeback.prior[-1].weeks if week else None,
        pain=round(pain),
        calf_trouble_12mo=facts.get("calf_trouble_12mo") is True,
        age_50=facts.get("age_band") in ("50_59", "60_plus"),
        bmi_over_30=facts.get("bmi_over_30") is True,
        new_shoes_or_technique=bool({"technique_change", "footwear_surface"} & set(pathways)),
        overloaded="overload" in pathways,
    )


def _cap(coaching: Coaching, facts: Mapping[str, Value], pathways: tuple[str, ...]) -> float | None:
    longest = _number(facts, "longest_30d_m")
    if "overload" in pathways:
        return overload_cap(longest, coaching.load)
    return session_cap(longest, coaching.load)


def _lights(logged: list[Run], zone: ZoneInfo) -> list[tuple[datetime, Light | None]]:
    return [(_noon(run.on, zone), run.light) for run in logged]


def _noon(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=zone).astimezone(UTC)


def _last_run(
    facts: Mapping[str, Value], logged: list[Run], now: datetime, zone: ZoneInfo
) -> datetime | None:
    days = [run.on for run in logged]
    told = facts.get("run_date")
    if isinstance(told, str) and told != DONT_KNOW:
        days.append(date.fromisoformat(told))
    if not days:
        return None
    return min(_noon(max(days), zone), now)


def _number(facts: Mapping[str, Value], name: str) -> float | None:
    value = facts.get(name)
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
