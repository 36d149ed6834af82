"""Whom to call, in the words of the runner's country.

Rule: only numbers that are sure stand in content/emergency-numbers.toml; for every other country
the words are "your local emergency number" and that 112 works in many countries. A card names one
service, two at most (evidence.md 8.1).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from bot.content.base import Content
from bot.content.problem import ContentError, Problem
from bot.content.reading_level import check_reading
from bot.content.source import Source, items, one, read_source, unique

FILE = "emergency-numbers.toml"
_NUMBER = re.compile(r"#?\d[\d ]*\d")
_ISO = re.compile(r"[A-Z]{2}")


class Default(Content, frozen=True):
    """What is said when the country is not known or not listed."""

    emergency: str = "your local emergency number"
    hint: str = "112 works in many countries."
    gp: str = "a doctor"
    hospital: str = "the nearest emergency department"


class Words(Content, frozen=True):
    """Sentences for countries without their own; {gp} and {urgent} are filled in."""

    today_with_line: str = "Ask for an urgent appointment with {gp} or call {urgent}."
    today: str = "Ask for an urgent appointment with {gp} today."
    this_week: str = "Speak to {gp} this week."


class Country(Content, frozen=True):
    """One country: `emergency` reaches an ambulance, `urgent` advises when it is no emergency.

    `gp`, `hospital` and `injury` are what people there call whom and where they go.
    """

    id: str
    name: str
    emergency: str
    gp: str
    hospital: str
    also: tuple[str, ...] = ()
    urgent: str = ""
    urgent_name: str = ""
    injury: str = ""
    today: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """Ready words for one runner: `call` follows "Call ", the places follow "Go to "."""

    call: str
    hint: str
    gp: str
    hospital: str
    injury: str
    today: str
    this_week: str
    urgent: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """All countries by code, and what holds for the others."""

    default: Default = field(default_factory=Default)
    words: Words = field(default_factory=Words)
    countries: Mapping[str, Country] = field(default_factory=dict)

    def help_for(self, country: str | None) -> Help:
        """The words for an ISO country code in any case; the default for None or an unknown one."""
        found = self.countries.get((country or "").upper())
        if found is None:
            places = self.default
            gp, hospital, injury = places.gp, places.hospital, places.hospital
            return Help(places.emergency, places.hint, gp, hospital, injury, *self._say(gp, ""))
        today, this_week = self._say(found.gp, found.urgent)
        return Help(
            call=found.emergency,
            hint="",
            gp=found.gp,
            hospital=found.hospital,
            injury=found.injury or found.hospital,
            today=found.today or today,
            this_week=this_week,
            urgent=found.urgent,
        )

    def _say(self, gp: str, urgent: str) -> tuple[str, str]:
        """What to do today and this week, in words."""
        today = self.words.today_with_line if urgent else self.words.today
        filled = today.replace("{gp}", gp).replace("{urgent}", urgent)
        return filled, self.words.this_week.replace("{gp}", gp)


def load_emergency(folder: Path, problems: list[Problem]) -> Emergency:
    """The emergency numbers of the content folder.

    Adds to `problems`: HD001 to HD004 (file, form, a number that is none, country twice) and HD013.
    Never raises: what cannot be read falls back to the default words.
    """
    try:
        source = read_source(folder, FILE)
    except ContentError as error:
        problems.extend(error.problems)
        return Emergency()
    countries = items(source, "country", Country, problems)
    unique(source, "country", [country.id for country in countries], problems)
    for country in countries:
        _check(source, country, problems)
    line = source.line_of_table
    return Emergency(
        one(source, source.data.get("default", {}), Default, problems, line("default"))
        or Default(),
        one(source, source.data.get("words", {}), Words, problems, line("words")) or Words(),
        MappingProxyType({country.id: country for country in countries}),
    )


def _check(source: Source, country: Country, problems: list[Problem]) -> None:
    """Codes are two capitals and numbers are numbers; a slip here could cost a life."""
    line = source.line_of_text(f'id = "{country.id}"')

    def wrong(message: str, fix: str) -> None:
        problems.append(Problem(source.file, line, "HD003", country.id, message, fix))

    if not _ISO.fullmatch(country.id):
        wrong("This is not a country code.", 'Use the 2 capital letters of ISO 3166, as in "GB".')
    for number in filter(None, (country.emergency, *country.also, country.urgent)):
        if not _NUMBER.fullmatch(number):
            wrong(f"{number!r} is not a number to call.", "Write digits and spaces only.")
    if not country.emergency:
        wrong("There is no emergency number.", "Write it, or leave the country out.")
    check_reading(source, country.id, country, problems)
