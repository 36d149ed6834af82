"""Static checks: everything content points at exists, and every answer settles what it must.

Rule: no walk is needed for these; they name the file and line of what is wrong.
"""

import difflib
from collections.abc import Collection, Iterator

from bot.checking.safety import known_checks
from bot.content.condition import Condition, Test, parse
from bot.content.facts import Fact, fits, member_ids
from bot.content.flows import Flow
from bot.content.load import Content
from bot.content.problem import ContentError, Problem
from bot.content.questions import Option, Question
from bot.content.source import Source, read_source
from bot.conversation import token
from bot.conversation.arithmetic_facts import COMPUTED


def check_references(content: Content) -> list[Problem]:
    """All problems of this kind."""
    return [
        *_tables(content),
        *_twice(content),
        *_questions(content),
        *_flows(content),
        *_derived(content),
        *_safety(content),
        *_unasked(content),
    ]


class Place:
    """Finds the line of an item, reading the file again only when something is wrong."""

    def __init__(self, content: Content, file: str) -> None:
        """For one file of the content folder."""
        self.file = file
        self._folder = content.folder

    def problem(
        self, code: str, name: str, message: str, fix: str, severity: str = "error"
    ) -> Problem:
        """A problem on the line where the id stands."""
        return Problem(self.file, self._line(name), code, name, message, fix, severity)  # type: ignore[arg-type]

    def _line(self, name: str) -> int:
        try:
            source: Source = read_source(self._folder, self.file)
        except ContentError:
            return 1
        return source.line_of_text(f'"{name}"')


def flow_place(content: Content, flow: Flow) -> Place:
    """The file of a flow: that of its pathway, with dashes."""
    return Place(content, f"flows/{flow.pathway.replace('_', '-')}.toml")


def nearest(name: str, known: Collection[str]) -> str:
    """A hint: did you mean this one, or how to add it."""
    close = difflib.get_close_matches(name, list(known), n=1)
    return f'Did you mean "{close[0]}"?' if close else "Define it, or take it out here."


def _fact_ids(content: Content) -> frozenset[str]:
    return frozenset(content.facts) | {derived.id for derived in content.derived}


def _tables(content: Content) -> Iterator[Problem]:
    rules = [
        (Place(content, "triage.toml"), row.rule, row.condition) for row in content.triage.rules
    ]
    for flow in content.flows.values():
        place = flow_place(content, flow)
        rules += [(place, rule, parse(rule.when)) for rule in flow.rule]
    for place, rule, condition in rules:
        yield from _condition(content, place, rule.id, condition)
        for source in rule.sources:
            if source not in content.evidence.sources:
                yield place.problem(
                    "HD011",
                    rule.id,
                    f"Unknown source {source!r}.",
                    nearest(source, content.evidence.sources),
                )
        for name in rule.pathways:
            if name not in content.pathways:
                yield place.problem(
                    "HD028", rule.id, f"Unknown pathway {name!r}.", nearest(name, content.pathways)
                )
        if rule.level in ("emergency", "same_day", "this_week") and rule.card not in content.cards:
            message = f"Has no card {rule.card!r}." if rule.card else "Names no card."
            yield place.problem("HD027", rule.id, message, nearest(rule.card, content.cards))


def _twice(content: Content) -> Iterator[Problem]:
    """A rule id names one rule in all tables: receipts and tests hold on to it."""
    seen = {row.rule.id for row in content.triage.rules}
    for flow in content.flows.values():
        for rule in flow.rule:
            if rule.id in seen:
                message = f"The id {rule.id!r} is used by another rule too."
                place = flow_place(content, flow)
                yield place.problem("HD004", rule.id, message, "Give one of them its own id.")
            seen.add(rule.id)


def _condition(
    content: Content, place: Place, name: str, condition: Condition
) -> Iterator[Problem]:
    for test in condition.mentions():
        if test.fact not in _fact_ids(content):
            message = f"Asks about an unknown fact {test.fact!r}."
            yield place.problem("HD020", name, message, nearest(test.fact, _fact_ids(content)))
        else:
            yield from _values(content, place, name, test)


def _values(content: Content, place: Place, name: str, test: Test) -> Iterator[Problem]:
    fact = content.facts.get(test.fact)
    if fact is None or fact.kind != "choice" or test.operator != "is":
        return
    for value in test.values:
        if value not in fact.values and value is not True:
            message = f"{test.fact} is never {value!r}."
            yield place.problem("HD022", name, message, nearest(str(value), fact.values))


def _questions(content: Content) -> Iterator[Problem]:
    place = Place(content, "questions.toml")
    for question in content.questions:
        for name in question.settles:
            if name not in content.facts:
                message = f"Settles an unknown fact {name!r}."
                yield place.problem("HD021", question.id, message, nearest(name, content.facts))
        only = content.only[question.id]
        if only is not None:
            yield from _condition(content, place, question.id, only)
        for option in question.options:
            yield from _option(content, place, question, option)


def _option(
    content: Content, place: Place, question: Question, option: Option
) -> Iterator[Problem]:
    name = f"{question.id}:{option.id}"
    for fact_id, value in option.set.items():
        fact = content.facts.get(fact_id)
        if fact is None:
            message = f"{name} sets an unknown fact {fact_id!r}."
            yield place.problem("HD021", question.id, message, nearest(fact_id, content.facts))
        elif not _fits(fact, fact_id, value):
            message = f"{name} sets {fact_id} to {value!r}, which it cannot be."
            yield place.problem(
                "HD022", question.id, message, f"It is a {fact.kind}; see facts.toml."
            )
    for words in (token.answer(question.id, option.id), token.answer(question.id, "-" + option.id)):
        if len(words.encode()) > token.LONGEST:
            message = f"The button {words!r} has over {token.LONGEST} bytes."
            yield place.problem("HD030", question.id, message, "Give the option a shorter id.")
    if question.kind != "multi":
        missing = [fact for fact in _settled(content, question) if fact not in option.set]
        if missing:
            message = (
                f"{name} leaves {', '.join(missing[:3])} unsettled, so it would be asked again."
            )
            fix = "Set the fact in this option, or take it out of settles."
            yield place.problem("HD023", question.id, message, fix)


def _settled(content: Content, question: Question) -> list[str]:
    return [
        member
        for name in question.settles
        if name in content.facts
        for member in (
            member_ids(content.facts[name]) if name == content.facts[name].id else (name,)
        )
    ]


def _fits(fact: Fact, fact_id: str, value: bool | str | float) -> bool:
    if fact.kind == "set":
        return isinstance(value, bool)
    return value == "dont_know" or fits(fact, value)


def _flows(content: Content) -> Iterator[Problem]:
    for flow in content.flows.values():
        place = flow_place(content, flow)
        if flow.pathway not in content.pathways:
            message = f"Unknown pathway {flow.pathway!r}."
            yield place.problem(
                "HD028", flow.pathway, message, nearest(flow.pathway, content.pathways)
            )
        for name in flow.exercises:
            if name not in content.exercises:
                message = f"Links to an unknown exercise {name!r}."
                yield place.problem("HD012", name, message, nearest(name, content.exercises))
        for name in flow.claims:
            if name not in content.evidence.claims:
                message = f"Links to an unknown claim {name!r}."
                yield place.problem("HD012", name, message, nearest(name, content.evidence.claims))


def _derived(content: Content) -> Iterator[Problem]:
    place = Place(content, "facts.toml")
    for derived in content.derived:
        if derived.id not in COMPUTED:
            message = f"Nothing computes {derived.id!r}."
            yield place.problem("HD020", derived.id, message, nearest(derived.id, COMPUTED))
        for need in derived.needs:
            if need not in content.facts:
                message = f"{derived.id} needs an unknown fact {need!r}."
                yield place.problem("HD020", derived.id, message, nearest(need, content.facts))
    for condition, outcome in content.implied:
        yield from _condition(content, place, "implied", condition)
        for name in outcome:
            if name not in _fact_ids(content):
                message = f"An implied rule sets an unknown fact {name!r}."
                yield place.problem("HD020", name, message, nearest(name, _fact_ids(content)))


def _safety(content: Content) -> Iterator[Problem]:
    place = Place(content, "safety.toml")
    for case in content.safety:
        yield from _condition(content, place, case.id, parse(case.when))
        for text in (*case.never, *case.always):
            name = text.partition(":")[0]
            if name not in known_checks():
                message = f"Does not know the check {text!r}."
                yield place.problem("HD029", case.id, message, nearest(name, known_checks()))


def _unasked(content: Content) -> Iterator[Problem]:
    settled = set(content.settled_by) | {name for _, outcome in content.implied for name in outcome}
    settled |= {name for name, fact in content.facts.items() if fact.assume is not None}
    place = Place(content, "triage.toml")
    for row in content.triage.rules:
        for test in row.condition.mentions():
            needs = content.derived_needs.get(test.fact, (test.fact,))
            missing = [need for need in needs if need not in settled]
            if missing and test.fact in _fact_ids(content):
                message = f"Hangs on {missing[0]!r}, which no question settles."
                fix = "Add it to the settles of a question, or give the fact an assume."
                yield place.problem("HD024", row.rule.id, message, fix, "warning")
