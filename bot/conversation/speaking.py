"""Speaking: figures, days and facts in the runner's own units and plain words.

Rule: units are for people and exist only here. Everything else is metres, seconds and UTC.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.content.condition import DONT_KNOW, Value
from bot.content.facts import Fact
from bot.content.load import Content
from bot.conversation.state import Runner

METRES_PER_MILE = 1609.344
MILES_COUNTRIES = frozenset({"GB", "US"})
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Voice:
    """How to speak to one runner: the words, their units, their country, their day."""

    content: Content
    units: str
    country: str
    today: date
    zone: str = ""

    def say(self, words_id: str, **values: object) -> str:
        """A sentence from content/words.toml with its slots filled. Raises KeyError if unknown."""
        return self.fill(self.content.words[words_id], **values)

    def fill(self, text: str, **values: object) -> str:
        """Any content text with its slots filled: the given ones, the country's services, {backups}."""
        kept = span_of_days(self.content.backups_kept)
        known: Mapping[str, object] = {"backups": kept, **self.services(), **values}

        def slot(found: re.Match[str]) -> str:
            return str(known.get(found[1], found[0]))

        return _SLOT.sub(slot, text)

    def services(self) -> Mapping[str, str]:
        """What help is called where the runner is: {emergency}, {urgent_line}, {gp}, {ae}."""
        return self.content.emergency.words(self.country)

    def distance(self, metres: float) -> str:
        """6437 m as "4 miles" or "6.4 km"; one decimal only where it tells something."""
        if self.units == "mi":
            miles = _trim(metres / METRES_PER_MILE)
            return f"{miles} {'mile' if miles == '1' else 'miles'}"
        if metres < 1000:
            return f"{round(metres, -1):.0f} metres"
        return f"{_trim(metres / 1000)} km"

    def day(self, on: date) -> str:
        """A date as people say it: today, tomorrow, yesterday, Saturday, 3 May."""
        away = (on - self.today).days
        if away in (-1, 0, 1):
            return ("yesterday", "today", "tomorrow")[away + 1]
        if 1 < away <= 6:
            return _DAYS[on.weekday()]
        if -6 <= away < -1:
            return f"last {_DAYS[on.weekday()]}"
        return f"{_DAYS[on.weekday()][:3]} {on.day} {_MONTHS[on.month - 1]}"

    def day_of(self, at: datetime) -> date:
        """The date of an instant on the runner's calendar."""
        return at.astimezone(ZoneInfo(self.zone or "UTC")).date()

    def clock(self, at: datetime) -> str:
        """An instant on the runner's clock: "18:40"."""
        return at.astimezone(ZoneInfo(self.zone or "UTC")).strftime("%H:%M")

    def fact(self, name: str, value: Value) -> str:
        """A fact and its value in a few words, for the read-back and the receipt."""
        fact = self.content.facts.get(name)
        if fact is None:
            return f"{name}: {value}"
        return _read(self, fact, name, value)


def voice(content: Content, runner: Runner, now: datetime) -> Voice:
    """The voice for a runner at `now`."""
    country = str(runner.settings.get("country", ""))
    units = str(runner.settings.get("units", ""))
    if not units:
        units = "mi" if country in MILES_COUNTRIES else "km"
    zone = runner.zone or "UTC"
    return Voice(content, units, country, now.astimezone(ZoneInfo(zone)).date(), zone)


def full_day(on: date, today: date) -> str:
    """A date with its weekday, for what has to be right: "Saturday 17 October"; the year if another."""
    year = f" {on.year}" if on.year != today.year else ""
    return f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}{year}"


def duration(seconds: float) -> str:
    """90 s as "90 seconds", 1500 s as "25 min", 5400 s as "1 h 30 min"."""
    if seconds < 120 and seconds % 60:
        return f"{seconds:.0f} seconds"
    minutes = round(seconds / 60)
    if minutes < 120:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def span_of_days(days: float) -> str:
    """A number of days as people say it: "3 days", "about 5 weeks", "about 6 months"."""
    if days < 14:
        count = round(days)
        return f"{count} day" if count == 1 else f"{count} days"
    if days < 60:
        return f"about {round(days / 7)} weeks"
    if days < 700:
        return f"about {round(days / 30.4)} months"
    return f"about {round(days / 365)} years"


def joined(words: Iterable[str], last: str = "and") -> str:
    """a, b and c."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(text: str) -> str:
    """With a capital letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def next_weekday(today: date, weekday: int) -> date:
    """The next such day after today (0 is Monday)."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _trim(value: float) -> str:
    rounded = f"{value:.1f}"
    return rounded.removesuffix(".0")


def _read(voice: Voice, fact: Fact, name: str, value: Value) -> str:
    member = name.partition(".")[2]
    key = str(value).lower() if isinstance(value, bool) else str(value)
    template = fact.read.get(f"{member}.{key}" if member else key)
    if template is None and member:
        template = fact.read.get(member) if value else f"not {fact.read.get(member, member)}"
    if template is None:
        template = fact.read.get("n", "{label}: {value}")
    return template.format(label=fact.label, value=_value(voice, fact, value))


def _value(voice: Voice, fact: Fact, value: Value) -> str:
    if value == DONT_KNOW:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return (
            voice.day(date.fromisoformat(value)) if fact.kind == "date" else value.replace("_", " ")
        )
    if fact.unit == "m":
        return voice.distance(value)
    if fact.unit == "s":
        return duration(value)
    if fact.unit == "days":
        return span_of_days(value)
    return _trim(float(value))
