"""Saying a run: its time on the club's clock, its distance in the club's units, its counts.

Rule: a post counts people and names none. An instant is shown on each reader's own clock where the
platform can; the words beside it are the club's clock.
"""

from datetime import date, datetime

from bot.club.joining import counted
from bot.club.state import MAYBE, Club, ClubRun, Option
from bot.coaching.clock import WEEKDAYS, zone_of
from bot.conversation.message import When
from bot.conversation.speaking import METRES_PER_MILE, Voice

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def place_of(zone: str) -> str:
    """A zone by its city: "New York"."""
    return zone.rpartition("/")[2].replace("_", " ")


def day_words(day: date) -> str:
    """A date in few letters: "Thu 7 May"."""
    return f"{WEEKDAYS[day.weekday()].capitalize()} {day.day} {_MONTHS[day.month - 1]}"


def clock_words(moment: datetime, zone: str) -> str:
    """An instant on a zone's clock: "Thu 7 May 19:00"."""
    local = moment.astimezone(zone_of(zone))
    return f"{day_words(local.date())} {local:%H:%M}"


def when(run: ClubRun) -> When:
    """When a run starts."""
    where = f" ({place_of(run.zone)})" if "/" in run.zone else ""
    return When(run.starts_at, clock_words(run.starts_at, run.zone) + where)


def distance(metres: float, club: Club) -> str:
    """A distance in the club's units: "10 km / 6.2 mi"."""
    km, miles = f"{_short(metres / 1000)} km", f"{_short(metres / METRES_PER_MILE)} mi"
    return {"both": f"{km} / {miles}", "km": km, "mi": miles}[club.units]


def option_words(option: Option, club: Club) -> str:
    """An option without its letter: "10 km / 6.2 mi easy"."""
    far = distance(option.distance_m, club) if option.distance_m else ""
    return " ".join(part for part in (far, option.words) if part)


def options_line(run: ClubRun, club: Club) -> str:
    """All options: "A) 10 km / 6.2 mi easy   B) 4 km / 2.5 mi walk-run"."""
    if len(run.options) == 1:
        return option_words(run.options[0], club)
    return "   ".join(f"{one.letter}) {option_words(one, club)}" for one in run.options)


def counts_line(run: ClubRun, voice: Voice) -> str:
    """How many come: "Going 7 · Maybe 2", and of how many, and how many wait."""
    found = counted(run)
    going = "club_going_of" if run.limit else "club_going"
    parts = [voice.say(going, count=found.going, limit=run.limit or 0)]
    parts.append(voice.say("club_maybe", count=found.said(MAYBE)))
    if found.waiting:
        parts.append(voice.say("club_waiting", count=found.waiting))
    return " · ".join(parts)


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
