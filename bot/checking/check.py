"""The whole check: load, references, the walk over every path, and what must hold on all of them.

Proved on every path: it ends in advice or a card; no answer settles nothing; every message fits every
platform; the safety cases hold; no rule and no question is unreachable; the tap limits hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from bot.checking.club_words import check_club, check_meeting
from bot.checking.fits import advice_unfit, check_fits
from bot.checking.lexicon import check_lexicon
from bot.checking.references import Place, check_references
from bot.checking.safety import Broken, Endings, broken, compiled_cases, told
from bot.checking.stories import Story, told_stories
from bot.checking.walk import Leaf, Walked, walk
from bot.content.condition import Condition, Judge
from bot.content.flows import SafetyCase
from bot.content.load import Content, read_content
from bot.content.problem import Problem
from bot.conversation.derive import derive_facts

MOST_TAPS = 12
MOST_TAPS_TO_EMERGENCY = 2


@dataclass(slots=True)
class Report:
    """What a check found."""

    problems: list[Problem]
    content: Content | None = None
    walked: Walked | None = None
    safety_met: dict[str, int] = field(default_factory=dict)
    stories: list[Story] = field(default_factory=list)
    rendered: int = 0

    @property
    def failed(self) -> bool:
        """Whether anything is an error."""
        return any(problem.severity == "error" for problem in self.problems)


def check(folder: Path, *, quick: bool = False) -> Report:
    """Check a content folder. `quick` leaves out the walk."""
    content, problems = read_content(folder)
    report = Report(problems, content)
    report.problems += check_lexicon(folder)
    if content is None:
        return report
    report.problems += check_references(content)
    report.problems += check_fits(content)
    report.problems += check_club(content)
    if quick or _no_walk(report.problems):
        return report
    report.problems += check_meeting(content)
    report.walked = walk(content)
    report.problems += _walk_problems(content, report.walked)
    report.problems += _endings(content, report)
    report.stories = told_stories(content)
    report.problems += _story_problems(content, report.stories)
    return report


def _no_walk(problems: Iterable[Problem]) -> bool:
    """Whether a walk makes no sense; words that are misread do not change where facts lead."""
    return any(problem.severity == "error" and problem.code != "HD051" for problem in problems)


def _walk_problems(content: Content, walked: Walked) -> list[Problem]:
    return [
        *_stuck(content, walked),
        *_unreached(content, walked),
        *_too_many_taps(Place(content, "questions.toml"), walked),
    ]


def _stuck(content: Content, walked: Walked) -> Iterable[Problem]:
    questions, triage = Place(content, "questions.toml"), Place(content, "triage.toml")
    for name, option in _first_of_each(walked.stuck):
        message = f"Answering {option!r} settles nothing, so the question would be asked again."
        yield questions.problem("HD032", name, message, "Give the option a fact to set.")
    for hangs, facts in walked.unanswerable[:3]:
        message = f"A path ends undecided on {', '.join(hangs[:3])} after {len(facts)} facts."
        yield triage.problem("HD032", hangs[0], message, "Add a question that settles it.")


def _unreached(content: Content, walked: Walked) -> Iterable[Problem]:
    questions, triage = Place(content, "questions.toml"), Place(content, "triage.toml")
    fix = "Fine if only words lead to it; otherwise check its condition and the rules above it."
    for row in content.triage.rules:
        if row.rule.id not in walked.fired:
            message = "No path of buttons reaches this rule."
            yield triage.problem("HD025", row.rule.id, message, fix, "note")
    for question in content.questions:
        if question.id not in walked.asked and question.only is None:
            message = "No path asks this question."
            yield questions.problem("HD026", question.id, message, "Check what it settles.", "note")


def _too_many_taps(questions: Place, walked: Walked) -> Iterable[Problem]:
    most = walked.taps("self_manage")[1]
    if most > MOST_TAPS:
        message = f"A path to advice takes {most} taps; {MOST_TAPS} are allowed."
        yield questions.problem("HD035", "", message, "Let one question settle more.")
    fewest = walked.taps("emergency")[0]
    if fewest > MOST_TAPS_TO_EMERGENCY:
        message = f"The emergency card is {fewest} taps away; {MOST_TAPS_TO_EMERGENCY} are allowed."
        yield questions.problem("HD035", "", message, "Ask the emergency screen earlier.")


def _first_of_each(stuck: Iterable[tuple[str, str, object]]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((question, option) for question, option, _ in stuck))


def _endings(content: Content, report: Report) -> list[Problem]:
    cases = compiled_cases(content)
    failures: dict[tuple[str, str], Broken] = {}
    unfit: dict[str, Problem] = {}
    endings = Endings(content)
    walked = report.walked.leaves if report.walked else []
    for leaf in (*walked, *_volunteered(content, cases)):
        end = endings.seen(leaf)
        for failure in broken(cases, end, report.safety_met):
            failures.setdefault((failure.case, failure.what), failure)
        for problem in advice_unfit(content, end.message, end.talk.standing.pathways):
            unfit.setdefault(problem.file, problem)
    report.rendered = endings.rendered
    place = Place(content, "safety.toml")
    found = [
        place.problem(
            "HD033",
            failure.case,
            f"{failure.what} fails when {_told(failure)}.",
            "Change the rule or the words it reaches.",
        )
        for failure in failures.values()
    ]
    for case in content.safety:
        if case.id not in report.safety_met:
            message = "No path meets this case, so it proves nothing."
            found.append(
                place.problem("HD034", case.id, message, "Check its condition.", "warning")
            )
    return [*found, *unfit.values()]


def _volunteered(
    content: Content, cases: list[tuple[SafetyCase, Condition, Judge]]
) -> Iterable[Leaf]:
    """Where a runner stands at once who says in words what a safety case is about."""
    for _, condition, _ in cases:
        facts = told(condition)
        standing = derive_facts(content, dict(facts))
        if standing.locked:
            yield Leaf(facts, standing, 1, 1)


def _told(failure: Broken) -> str:
    telling = [
        f"{name}={value}" for name, value in failure.facts.items() if value not in (False, "none")
    ]
    return ", ".join(telling[:12])


def _story_problems(content: Content, stories: list[Story]) -> list[Problem]:
    place = Place(content, "questions.toml")
    return [
        place.problem(
            "HD035",
            "",
            f"{story.text!r} takes {story.taps} taps to advice; {story.allowed} are allowed.",
            "Read more from the sentence, or let a question settle more.",
        )
        for story in stories
        if story.taps > story.allowed
    ]
