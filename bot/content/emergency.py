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

    emergency: str = "your local emergency number (112 works in many countries)"
    urgent: str = "an out-of-hours doctor"
    gp: str = "a doctor"
    hospital: str = "the nearest emergency department"
    today: str = "Ask for an urgent appointment with {gp} or call {urgent_line}."
    anywhere: str = "See a doctor today."
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
class Emergency:
    """All countries by code, and what holds for the others."""

    default: Default = field(default_factory=Default)
    countries: Mapping[str, Country] = field(default_factory=dict)

    def name(self, code: str) -> str:
        """The name of a country by its ISO code; "" if it is not known."""
        found = self.countries.get(code.upper())
        return found.name if found else ""

    def code(self, name: str) -> str:
        """The ISO code of a country by its name or code; "" if it is not known."""
        wanted = name.strip(" .!").casefold()
        return next(
            (
                one.id
                for one in self.countries.values()
                if wanted in (one.id.casefold(), one.name.casefold())
            ),
            "",
        )

    def words(self, country: str | None) -> Mapping[str, str]:
        """The slots of a card for an ISO code in any case; the default if it is not known.

        `emergency` and `urgent_line` follow "call", `ae` and `injury` follow "go to", `gp` follows
        "speak to"; `today` and `this_week` are whole sentences. None is ever empty.
        """
        default = self.default
        found = self.countries.get((country or "").upper())
        slots = {
            "emergency": found.emergency if found else default.emergency,
            "urgent_line": (found.urgent if found else "") or default.urgent,
            "gp": found.gp if found else default.gp,
            "ae": found.hospital if found else default.hospital,
        }
        slots["injury"] = (found.injury if found else "") or slots["ae"]
        today = (found.today or default.today) if found else default.anywhere
        return {**slots, "today": _fill(today, slots), "this_week": _fill(default.this_week, slots)}


def _fill(text: str, slots: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: slots.get(slot[1], slot[0]), text)


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
    line = source.line_of_table("default")
    default = one(source, source.data.get("default", {}), Default, problems, line) or Default()
    emergency = Emergency(default, MappingProxyType({country.id: country for country in countries}))
    _check_slots(source, emergency, problems)
    return emergency


def _check_slots(source: Source, emergency: Emergency, problems: list[Problem]) -> None:
    """HD003 for a sentence in which a slot stays open: it would be sent as it stands."""
    for code in (None, *emergency.countries):
        for field_name, text in emergency.words(code).items():
            if "{" in text or "}" in text:
                line = source.line_of_text(field_name)
                message = f"{text!r} has a slot that nothing fills."
                fix = "Use {gp}, {urgent_line}, {ae}, {injury} or {emergency}."
                problems.append(Problem(source.file, line, "HD003", code or "", message, fix))
                return


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
