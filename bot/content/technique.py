"""What may and may not be said about running technique.

Rule: technique is never judged from words, a sore calf is never told to land on the forefoot, and
minimal shoes are never sold (evidence.md 5.3). Step rate comes first, at most 10% more (5.1, S18,
S21).
"""

from collections.abc import Collection
from pathlib import Path

from bot.content.base import Content
from bot.content.exercise import Strength
from bot.content.problem import ContentError, Problem
from bot.content.reading_level import check_reading
from bot.content.refs import unknown_ref
from bot.content.source import Source, one, read_source, unique

FILE = "technique.toml"
MOST_PERCENT = 10


class Line(Content, frozen=True):
    """One line people read."""

    id: str
    says: str


class FormCheck(Content, frozen=True):
    """When to suggest being filmed (`episodes` within `weeks`), and what to take along and ask."""

    episodes: int
    weeks: int
    says: str
    open: str
    done: str
    declined: str
    take: tuple[Line, ...]
    ask: tuple[Line, ...]

    @property
    def checklist(self) -> tuple[str, ...]:
        """Every line to take along, then every question to ask."""
        return tuple(line.says for line in (*self.take, *self.ask))


class CadenceStep(Content, frozen=True):
    """One step of trying quicker steps; `week` counts from 1."""

    id: str
    week: int
    says: str


class Cadence(Content, frozen=True):
    """Quicker, shorter steps: from `start_percent` more to at most `max_percent`, over `weeks`."""

    start_percent: int
    max_percent: int
    weeks: int
    says: str
    not_now: str
    strength: Strength
    claims: tuple[str, ...]
    steps: tuple[CadenceStep, ...]


class May(Content, frozen=True):
    """Something the bot may say, and the claims it stands on."""

    id: str
    says: str
    claims: tuple[str, ...]


class MayNot(Content, frozen=True):
    """Something the bot never does; its phrases (small letters) occur in no content."""

    id: str
    why: str
    phrases: tuple[str, ...]


class Technique(Content, frozen=True):
    """All of it. An empty `reviewed_by` means that no clinician has reviewed it yet."""

    says: str
    claims: tuple[str, ...]
    form_check: FormCheck
    cadence: Cadence
    may: tuple[May, ...]
    may_not: tuple[MayNot, ...]
    reviewed_by: str = ""
    review_due: str = ""

    def forbidden(self, text: str) -> tuple[str, ...]:
        """The phrases in the text that may not be said."""
        low = text.casefold()
        return tuple(phrase for rule in self.may_not for phrase in rule.phrases if phrase in low)


def load_technique(
    folder: Path, problems: list[Problem], claims: Collection[str] | None = None
) -> Technique | None:
    """What may be said about technique; None if the file cannot be used.

    `claims` are the known claim ids; without them claims are not checked. Adds to `problems`: HD001
    to HD004 (HD003 also for a cadence above 10% or a checklist without lines), HD012 (unknown
    claim), HD013 (a sentence too long).
    """
    try:
        source = read_source(folder, FILE)
    except ContentError as error:
        problems.extend(error.problems)
        return None
    technique = one(source, source.data, Technique, problems)
    if technique is None:
        return None
    unique(source, "may", [each.id for each in technique.may], problems)
    unique(source, "may_not", [each.id for each in technique.may_not], problems)
    _check(source, technique, problems)
    if claims is not None:
        named = (technique.claims, technique.cadence.claims, *(may.claims for may in technique.may))
        for claim in dict.fromkeys(claim for each in named for claim in each):
            unknown_ref(source, "technique", claim, claims, "claim", problems)
    return technique


def _check(source: Source, technique: Technique, problems: list[Problem]) -> None:
    """Steps and checklist are there, the cap holds, the words are short."""

    def wrong(key: str, message: str, fix: str) -> None:
        line = source.line_of_key(key)
        problems.append(Problem(source.file, line, "HD003", "technique", message, fix))

    cadence = technique.cadence
    if not 0 < cadence.start_percent <= cadence.max_percent <= MOST_PERCENT:
        wrong("max_percent", "The cadence goes above 10%.", "Start above 0 and end at 10 or less.")
    if not cadence.steps:
        wrong("says", "The cadence has no step.", "Add a [[cadence.steps]].")
    if not technique.form_check.take:
        wrong("says", "The checklist is empty.", "Add a [[form_check.take]].")
    check_reading(source, "technique", technique, problems)
