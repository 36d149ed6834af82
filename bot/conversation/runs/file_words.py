"""How a run from a file is spoken of: its clock, its climb, and what the file did not tell.

Rule: figures are in the runner's own units, and the clock is the runner's own or is not shown.
"""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from bot.conversation.speaking import Voice, duration
from bot.conversation.state import Runner
from bot.files.activity import Activity

NO_CLOCK = time(0)
"""The clock of a table that tells only the day."""
FLAT = 0.01
"""Metres up for each metre run, below which a run is called flat [D]."""
FEET = 3.28084
A_PAUSE_S = 60
LONGEST_PAUSE_S = 12 * 3600
"""Pauses are spoken of from here to there; a longer one is a wrong clock."""


def at_home(activity: Activity, runner: Runner) -> Activity:
    """The activity with its start both in UTC and on the runner's clock, where that clock is known."""
    if not runner.zone:
        return activity
    try:
        return _both_clocks(activity, ZoneInfo(runner.zone))
    except OverflowError:  # at the end of all days
        return msgspec.structs.replace(activity, start=None, local=None)


def _both_clocks(activity: Activity, zone: ZoneInfo) -> Activity:
    if activity.start is not None:
        local = activity.start.astimezone(zone).replace(tzinfo=None)
        return msgspec.structs.replace(activity, local=local)
    if activity.local is None or activity.local.time() == NO_CLOCK:
        return activity
    start = activity.local.replace(tzinfo=zone).astimezone(UTC)
    return msgspec.structs.replace(activity, start=start)


def day_of(activity: Activity) -> date | None:
    """The day it was: the runner's own, or that of UTC while no clock is known."""
    when = activity.local or activity.start
    return when.date() if when is not None else None


def begun(activity: Activity) -> datetime | None:
    """About when it began (UTC): a clock whose zone is not known counts as UTC."""
    if activity.start is not None or activity.local is None:
        return activity.start
    return activity.local.replace(tzinfo=UTC)


def clock(activity: Activity) -> str:
    """When it began on the runner's clock: "8:10"; "" where that is not known."""
    if activity.local is None or activity.local.time() == NO_CLOCK:
        return ""
    return f"{activity.local.hour}:{activity.local.minute:02}"


def climb(activity: Activity, voice: Voice) -> str:
    """flat, or "120 m up"; "" where the file does not tell."""
    if activity.climb_m is None or not activity.distance_m:
        return ""
    if activity.climb_m < FLAT * activity.distance_m:
        return voice.say("file_flat")
    if voice.units == "mi":
        return voice.say("file_feet_up", feet=f"{activity.climb_m * FEET:,.0f}")
    return voice.say("file_metres_up", metres=f"{activity.climb_m:,.0f}")


def notes(activity: Activity, voice: Voice) -> str:
    """What should be known before [Right]: pauses left out, a clock not known, a broken file."""
    said = []
    paused = (activity.elapsed_s or 0.0) - (activity.duration_s or 0.0)
    if activity.moving_s and A_PAUSE_S <= paused <= LONGEST_PAUSE_S:
        said.append(voice.say("file_paused", time=duration(paused)))
    if activity.partial:
        said.append(voice.say("file_partial"))
    if activity.start is not None and activity.local is None:
        said.append(voice.say("file_no_clock"))
    return " ".join(said)


def dated(on: date, voice: Voice) -> str:
    """A day with its year where that is not this one: "Sun 3 May 2025"."""
    return voice.day(on) if on.year == voice.today.year else f"{voice.day(on)} {on.year}"
