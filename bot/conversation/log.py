"""The runner's log: what was reported, kept so that the second conversation knows the first.

Rule: the log holds what the runner read back or tapped, never prose. Distances are metres, durations
seconds, soreness 0 to 10, instants UTC.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

import msgspec

Light = Literal["green", "amber", "red", "stop"]


class Run(msgspec.Struct, frozen=True, tag="run"):
    """One run that was done. `effort` is RPE 0 to 10; `light` is judged after it."""

    id: str
    on: date
    at: datetime
    distance_m: float | None = None
    duration_s: float | None = None
    effort: float | None = None
    light: Light | None = None
    level: int | None = None
    """The ladder level it was, if it was one."""
    new_style_s: float | None = None
    source: str = "told"
    """told, or file: how it came here."""
    started: datetime | None = None
    """When it began (UTC), where a file said so; the same file is known by it."""


class Soreness(msgspec.Struct, frozen=True, tag="soreness"):
    """One soreness report. `when` says which moment it describes."""

    id: str
    at: datetime
    when: Literal["now", "walking", "during", "first_steps", "stairs"]
    score: float
    side: str = ""
    run: str = ""
    """The id of the run it follows, if it does."""


class Exercise(msgspec.Struct, frozen=True, tag="exercise"):
    """One exercise answered on one day: done, made easier, skipped or it hurt."""

    id: str
    at: datetime
    exercise: str
    answer: Literal["done", "easier", "skipped", "hurts"]
    dose: str = ""
    """The id of the dose it was done with."""
    felt: str = ""


class Advised(msgspec.Struct, frozen=True, tag="advised"):
    """What was advised, by which rules, with which version of the content."""

    id: str
    at: datetime
    triage: str
    pathways: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    level: int | None = None
    earliest: date | None = None
    content: str = ""


class Paused(msgspec.Struct, frozen=True, tag="paused"):
    """A pause began, or ended (`reason` is then "resumed")."""

    id: str
    at: datetime
    reason: str
    until: date | None = None
    """The day of coming back; None: until they say so."""
    since: date | None = None
    """The first day, if it was told for a day to come."""


class Note(msgspec.Struct, frozen=True, tag="note"):
    """Something planned and answered that is none of the above (a walk, a rest day, a review)."""

    id: str
    at: datetime
    what: str
    answer: str = ""


Entry = Run | Soreness | Exercise | Advised | Paused | Note


class Log(msgspec.Struct, frozen=True):
    """All entries, oldest first."""

    entries: tuple[Entry, ...] = ()

    def of(self, kind: type) -> list:  # type: ignore[type-arg]
        """The entries of one kind, oldest first."""
        return [entry for entry in self.entries if isinstance(entry, kind)]

    def with_entry(self, entry: Entry) -> "Log":
        """The log with one entry added, or replaced where the id is known."""
        return self.with_entries((entry,))

    def with_entries(self, entries: Sequence[Entry]) -> "Log":
        """The log with these added in one go, or replaced where their ids are known."""
        ids = {entry.id for entry in entries}
        return Log((*(old for old in self.entries if old.id not in ids), *entries))
