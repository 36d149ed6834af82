"""Loads the whole content folder into one frozen object.

Rule: nothing outside this package reads a content file. A folder with errors gives no Content at all,
only the list of what is wrong; nothing half-written ever reaches a runner.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from bot.content.club import ClubFigures, load_club
from bot.content.coaching import Coaching, load_coaching
from bot.content.condition import Condition, ConditionError, Facts, Judge, parse, ready
from bot.content.emergency import Emergency, load_emergency
from bot.content.evidence import Evidence, load_evidence
from bot.content.exercise import Exercise
from bot.content.exercises import load_exercises
from bot.content.facts import Derived, Fact, Implied, member_ids
from bot.content.flows import Card, Flow, Pathway, SafetyCase
from bot.content.problem import ContentError, Problem
from bot.content.programmes import Programmes, load_programmes
from bot.content.questions import Question
from bot.content.source import Source, items, one, read_source, unique
from bot.content.tables import Rule, Table, compiled
from bot.content.technique import Technique, load_technique
from bot.content.topics import Topic, load_topics

T = TypeVar("T")
DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "content"


@dataclass(frozen=True, slots=True)
class Need:
    """Facts the plan needs while a condition holds."""

    condition: Condition
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Content:
    """All content, typed. `version` is a short hash of every file it came from."""

    folder: Path
    version: str
    facts: Mapping[str, Fact]
    """By id; members of sets under `<set>.<member>` point to their set."""
    implied: tuple[tuple[Condition, Mapping[str, bool | str | float]], ...]
    derived: tuple[Derived, ...]
    questions: tuple[Question, ...]
    """In order of priority."""
    triage: Table
    causes: Table
    plan_needs: tuple[Need, ...]
    flows: Mapping[str, Flow]
    pathways: Mapping[str, Pathway]
    cards: Mapping[str, Card]
    words: Mapping[str, str]
    safety: tuple[SafetyCase, ...]
    exercises: Mapping[str, Exercise]
    topics: tuple[Topic, ...]
    programmes: Programmes | None
    technique: Technique | None
    evidence: Evidence
    emergency: Emergency
    coaching: Coaching
    club: ClubFigures
    backups_kept: int = 7
    """Days a safety copy is kept, as the owner of this place set it; said where deleting is."""
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What higher rooms compile from this content once, such as the lexicon of understanding."""

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Questions by id and by former ids."""
        found = {old: question for question in self.questions for old in question.was}
        return {**found, **{question.id: question for question in self.questions}}

    @cached_property
    def settled_by(self) -> Mapping[str, tuple[Question, ...]]:
        """For every fact, the questions that settle it, in order of priority."""
        found: dict[str, tuple[Question, ...]] = {}
        for question in self.questions:
            for name in question.settles:
                for fact in member_ids(self.facts[name]) if name in self.facts else (name,):
                    found[fact] = (*found.get(fact, ()), question)
        return found

    @cached_property
    def flags(self) -> frozenset[str]:
        """The facts that an emergency or same-day rule looks at: heard at any moment, they come first."""
        urgent = ("emergency", "same_day")
        return frozenset(
            test.fact
            for row in self.triage.rules
            if row.rule.level in urgent
            for test in row.condition.mentions()
            if test.fact in self.facts and self.facts[test.fact].stays == "until_checked"
        )

    @cached_property
    def follows(self) -> tuple[tuple[Judge, Mapping[str, bool | str | float]], ...]:
        """What follows from what (`implied`), with conditions made ready."""
        return tuple((ready(condition), outcome) for condition, outcome in self.implied)

    @cached_property
    def assumptions(self) -> Mapping[str, bool | str | float]:
        """What the first advice takes for granted, fact by fact."""
        return {name: fact.assume for name, fact in self.facts.items() if fact.assume is not None}

    @cached_property
    def only(self) -> Mapping[str, Condition | None]:
        """For every question, when it may be asked."""
        return {question.id: question.condition() for question in self.questions}

    @cached_property
    def derived_needs(self) -> Mapping[str, tuple[str, ...]]:
        """For every derived fact, the facts it is computed from."""
        return {derived.id: derived.needs for derived in self.derived}

    def needs(self, facts: Facts) -> Iterator[str]:
        """The facts that the plan needs, given what is known (content/plan.toml)."""
        for need in self.plan_needs:
            holds = need.condition.holds(facts)
            if holds is None:
                yield from need.condition.hangs_on(facts)
            elif holds:
                yield from need.facts


def default_folder() -> Path:
    """The content folder: HEELDROP_CONTENT, or the one beside the code."""
    named = os.environ.get("HEELDROP_CONTENT", "")
    return Path(named) if named else DEFAULT_FOLDER


def load_content(folder: Path | None = None) -> Content:
    """Load everything. Raises ContentError with every problem found that is an error."""
    content, problems = read_content(folder or default_folder())
    errors = [problem for problem in problems if problem.severity == "error"]
    if content is None or errors:
        raise ContentError(*(errors or problems))
    return content


def read_content(folder: Path) -> tuple[Content | None, list[Problem]]:
    """Load everything that can be loaded, with all problems; None if too much is missing."""
    problems: list[Problem] = []
    evidence = load_evidence(folder, problems)
    known = set(evidence.sources)
    try:
        coaching = load_coaching(folder)
    except ContentError as error:
        problems.extend(error.problems)
        return None, problems
    club = load_club(folder, problems)
    if club is None:
        return None, problems
    flows = _flows(folder, problems)
    facts, implied, derived = _facts(folder, problems)
    triage = _triage(folder, problems)
    rules = tuple(rule for flow in flows for rule in flow.rule)
    exercises = load_exercises(folder, problems, known)
    content = Content(
        folder=folder,
        version=_version(folder),
        facts=facts,
        implied=implied,
        derived=derived,
        questions=_questions(folder, problems),
        triage=triage,
        causes=_table("causes", "collect", rules, _place(folder, *_flow_files(folder)), problems),
        plan_needs=_needs(folder, problems),
        flows={flow.pathway: flow for flow in flows},
        pathways={
            item.id: item for item in _list(folder, "pathways.toml", "pathway", Pathway, problems)
        },
        cards=_cards(folder, problems),
        words=_words(folder, problems),
        safety=_list(folder, "safety.toml", "case", SafetyCase, problems),
        exercises=exercises,
        topics=load_topics(folder, problems, exercises),
        programmes=load_programmes(folder, problems, known, evidence.claims),
        technique=load_technique(folder, problems, evidence.claims),
        evidence=evidence,
        emergency=load_emergency(folder, problems),
        coaching=coaching,
        club=club,
    )
    return content, problems


def _source(folder: Path, file: str, problems: list[Problem]) -> Source | None:
    try:
        return read_source(folder, file)
    except ContentError as error:
        problems.extend(error.problems)
        return None


def _list(
    folder: Path, file: str, table: str, kind: type[T], problems: list[Problem]
) -> tuple[T, ...]:
    source = _source(folder, file, problems)
    if source is None:
        return ()
    found = items(source, table, kind, problems)
    unique(source, table, [str(raw.get("id", "")) for raw in source.data.get(table, ())], problems)
    return found


def _facts(
    folder: Path, problems: list[Problem]
) -> tuple[
    dict[str, Fact],
    tuple[tuple[Condition, Mapping[str, bool | str | float]], ...],
    tuple[Derived, ...],
]:
    facts: dict[str, Fact] = {}
    source = _source(folder, "facts.toml", problems)
    if source is None:
        return {}, (), ()
    unique(
        source, "fact", [str(raw.get("id", "")) for raw in source.data.get("fact", ())], problems
    )
    for fact in items(source, "fact", Fact, problems):
        facts[fact.id] = fact
        for name in member_ids(fact):
            facts.setdefault(name, fact)
    implied: list[tuple[Condition, Mapping[str, bool | str | float]]] = []
    for index, item in enumerate(items(source, "implied", Implied, problems)):
        try:
            implied.append((item.condition(), item.set))
        except ConditionError as error:
            line = source.line_of_table("implied", index)
            problems.append(_unreadable("facts.toml", line, "", error))
    return facts, tuple(implied), items(source, "derived", Derived, problems)


def _needs(folder: Path, problems: list[Problem]) -> tuple[Need, ...]:
    source = _source(folder, "plan.toml", problems)
    found: list[Need] = []
    for index, raw in enumerate(source.data.get("need", ()) if source else ()):
        try:
            found.append(Need(parse(raw["when"]), tuple(raw["facts"])))
        except (ConditionError, KeyError) as error:
            line = source.line_of_table("need", index) if source else 1
            problems.append(
                _unreadable("plan.toml", line, str(raw.get("id", "")), ConditionError(error))
            )
    return tuple(found)


def _questions(folder: Path, problems: list[Problem]) -> tuple[Question, ...]:
    found = _list(folder, "questions.toml", "question", Question, problems)
    return tuple(sorted((each.complete() for each in found), key=lambda each: each.order))


def _triage(folder: Path, problems: list[Problem]) -> Table:
    rules = _list(folder, "triage.toml", "rule", Rule, problems)
    return _table("triage", "first", rules, _place(folder, "triage.toml"), problems)


def _table(
    table_id: str,
    policy: str,
    rules: tuple[Rule, ...],
    place: Callable[[str], tuple[str, int]],
    problems: list[Problem],
) -> Table:
    good: list[Rule] = []
    for rule in rules:
        try:
            compiled(table_id, "collect", (rule,))
            good.append(rule)
        except ConditionError as error:
            file, line = place(rule.id)
            problems.append(_unreadable(file, line, rule.id, error))
    enough = 1 if policy == "collect" else 0
    return compiled(table_id, "first" if policy == "first" else "collect", tuple(good), enough)


def _place(folder: Path, *files: str) -> Callable[[str], tuple[str, int]]:
    """Finds the file and line of an id in any of these files."""

    def find(name: str) -> tuple[str, int]:
        for file in files:
            line = _line_of(folder, file, name)
            if line > 1:
                return file, line
        return files[0], 1

    return find


def _line_of(folder: Path, file: str, name: str) -> int:
    source = _source(folder, file, [])
    return source.line_of_text(f'"{name}"') if source else 1


def _flow_files(folder: Path) -> list[str]:
    return [f"flows/{path.name}" for path in sorted((folder / "flows").glob("*.toml"))]


def _unreadable(file: str, line: int, name: str, error: ConditionError) -> Problem:
    fix = 'Write it like "pop", "not pop", "side is left, right" or "pain_walk >= 3".'
    return Problem(file, line, "HD005", name, f"{error}.", fix)


def _flows(folder: Path, problems: list[Problem]) -> tuple[Flow, ...]:
    found: list[Flow] = []
    for file in _flow_files(folder):
        source = _source(folder, file, problems)
        if source is not None:
            flow = one(source, source.data, Flow, problems)
            if flow is not None:
                found.append(flow)
    return tuple(sorted(found, key=lambda flow: flow.order))


def _cards(folder: Path, problems: list[Problem]) -> dict[str, Card]:
    found: dict[str, Card] = {}
    for path in sorted((folder / "cards").glob("*.toml")):
        source = _source(folder, f"cards/{path.name}", problems)
        if source is None:
            continue
        card = one(source, source.data, Card, problems)
        if card is not None:
            found[card.id] = card
    return found


def _words(folder: Path, problems: list[Problem]) -> dict[str, str]:
    source = _source(folder, "words.toml", problems)
    if source is None:
        return {}
    return {str(key): str(text).strip() for key, text in source.data.get("words", {}).items()}


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.toml")):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
