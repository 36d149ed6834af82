"""/report: one page that the runner may hand to a physio.

Rule (product.md 4.8): only what the runner typed or tapped, and what the program advised by which
rule; nothing is judged on top. It says that a program made it and that nobody has reviewed it. Dates
are the runner's own, and so are the units. It goes to the runner alone, who decides who gets it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from bot.coaching.ladder import ladder_session
from bot.conversation.follow_through import coached
from bot.conversation.log import Advised, Exercise, Note, Paused
from bot.conversation.message import Attachment, message
from bot.conversation.pages import charting
from bot.conversation.pages.report_page import Page, Section, html
from bot.conversation.readback import SEPARATOR, listed
from bot.conversation.runs.training_log import after_and_morning, runs
from bot.conversation.sessions import session_words
from bot.conversation.speaking import duration
from bot.conversation.state import Answer
from bot.conversation.talk import Talk
from bot.drawing.layout import sheet_of
from bot.drawing.svg import svg

if TYPE_CHECKING:
    from bot.content.tables import Rule

FILE = "heeldrop-report.html"
HEADED = 96
"""Pixels at the top of a chart that are empty without its title."""
LEVELS = ("emergency", "same_day", "this_week", "self_manage")


def show(talk: Talk, _: str) -> None:
    """The page, as a file; a kind sentence while there is nothing to put on it."""
    if not talk.runner.log.entries:
        talk.say_words("report_empty", *talk.buttons(["menu"]))
        return
    said = message(talk.voice.say("report"), *talk.buttons(["chart", "my_plan"]), kind="report")
    file = Attachment(FILE, html(page_of(talk)), "text/html")
    talk.say(msgspec.structs.replace(said, attachment=file))


def page_of(talk: Talk) -> Page:
    """All that is on the page."""
    return _Report(talk).page()


class _Report:
    """The page in the making. Each section is the runner's words or taps, oldest first."""

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.voice = talk.voice
        self.say = talk.voice.say
        self.log = talk.runner.log
        self.since = talk.voice.today - timedelta(days=charting.PAST - 1)
        self.runs = [run for run in runs(self.log) if run.on >= self.since]

    def page(self) -> Page:
        """The page."""
        chart = charting.chart_of(self.talk)
        drawing, lines = "", tuple[str, ...]()
        if chart is not None:
            lines = tuple(line.removeprefix("• ") for line in chart.alt.split("\n")[2:])
            words = msgspec.structs.replace(chart.words, made="")
            chart = msgspec.structs.replace(chart, title="", subtitle="", look="light", words=words)
            drawing = svg(sheet_of(chart), self.say("report_drawing"), "\n".join(lines), HEADED)
        found = [
            self._section("signs", self._signs()),
            self._section("sore", self._soreness()),
            self._section("exercises", self._exercises()),
            self._section("advice", self._advice()),
            self._section("rules", items=tuple(self._rules())),
            self._section("told", self._told()),
            self._section("pauses", self._pauses()),
        ]
        empty = [section.heading for section in found if not section.rows and not section.items]
        year = self.voice.today.year
        return Page(
            title=self.say("report_title"),
            about=(
                self.say("report_made", day=f"{self._day(self.voice.today)} {year}"),
                self.say("report_origin"),
                self.say("report_frame", since=self._day(self.since), zone=self.voice.zone),
            ),
            drawing=drawing,
            sections=(
                self._section("glance", items=lines),
                self._section("runs", self._runs()),
                *(section for section in found if section.heading not in empty),
            ),
            end=self.say("report_nothing_on", names="; ".join(empty)) if empty else "",
        )

    def _section(
        self, name: str, rows: Iterable[tuple[str, ...]] = (), items: tuple[str, ...] = ()
    ) -> Section:
        words = self.talk.content.words
        found = tuple(rows)
        columns = words.get(f"report_{name}_columns", "")
        note = words.get(f"report_{name}_note", "") if found or items else self.say("report_none")
        heading = self.say(f"report_{name}")
        return Section(heading, note, tuple(columns.split("|")), found, items)

    # What the runner told

    def _signs(self) -> Iterable[tuple[str, ...]]:
        """The lists of warning signs that were shown, and the answer that was given."""
        for answer in self.talk.conversation.answers:
            question = self.talk.content.question_by_id.get(answer.question)
            if question is not None and question.kind == "screen":
                lines = [option.line for option in question.options if option.line]
                chosen = question.option(answer.option)
                words = chosen.label if chosen else answer.option
                yield self._moment(answer.at), words, " · ".join(lines)
            elif question is None:
                signs = {
                    name: value
                    for name, value in answer.facts.items()
                    if name in self.talk.content.flags
                }
                if signs:
                    said = listed(signs, self.voice) or self.say("report_no_sign")
                    yield self._moment(answer.at), said, self._how(answer)
        for note in self.log.entries:
            if isinstance(note, Note) and note.what == "signs":
                yield self._moment(note.at), self.say("button_signs"), self.say("report_morning")

    def _runs(self) -> Iterable[tuple[str, ...]]:
        felt = after_and_morning(self.log)
        limps = {
            note.id.removeprefix("limp-"): note.answer
            for note in self.log.entries
            if isinstance(note, Note) and note.what == "limp"
        }
        for run in self.runs:
            after, morning = felt[run.id]
            yield (
                self._day(run.on),
                self.voice.distance(run.distance_m) if run.distance_m else "–",
                duration(run.duration_s) if run.duration_s else "–",
                _score(run.effort),
                _score(after),
                _score(morning),
                limps.get(run.id, "–"),
                run.light or "–",
            )

    def _soreness(self) -> Iterable[tuple[str, ...]]:
        for entry in coached.soreness(self.log):
            if not entry.run and self.voice.day_of(entry.at) >= self.since:
                when = self.say(f"report_when_{entry.when}")
                yield self._moment(entry.at), when, _score(entry.score), entry.side or "–"

    def _exercises(self) -> Iterable[tuple[str, ...]]:
        entries: list[Exercise] = [
            entry
            for entry in self.log.of(Exercise)
            if self.voice.day_of(entry.at) >= self.since and entry.answer != "skipped"
        ]
        for name in dict.fromkeys(entry.exercise for entry in entries):
            mine = [entry for entry in entries if entry.exercise == name]
            known = self.talk.content.exercises.get(name)
            doses = known.doses if known else ()
            dose = next((dose.words for dose in doses if dose.id == mine[-1].dose), "–")
            answers = [entry.answer for entry in mine]
            yield (
                known.name if known else name,
                dose,
                str(answers.count("done")),
                str(answers.count("easier")),
                str(answers.count("hurts")),
                self._day(self.voice.day_of(mine[-1].at)),
            )

    def _told(self) -> Iterable[tuple[str, ...]]:
        """Everything else that was answered: questions with their answers, and own words as read."""
        for answer in self.talk.conversation.answers:
            if self._is_liking(answer) or self.voice.day_of(answer.at) < self.since:
                continue
            question = self.talk.content.question_by_id.get(answer.question)
            if question is None:
                yield self._moment(answer.at), self._how(answer), self._read(answer)
            elif question.kind != "screen":
                chosen = question.option(answer.option)
                asked = question.ask.strip().split("\n")[0]
                words = chosen.label if chosen else listed(answer.facts, self.voice)
                yield self._moment(answer.at), asked, words

    def _how(self, answer: Answer) -> str:
        own = answer.via in ("said", "read")
        return self.say("report_own_words" if own else "report_check_in")

    def _read(self, answer: Answer) -> str:
        """What was read in the runner's words, with days as dates: the page is read later."""
        known = self.talk.content.facts
        facts = {
            name: value
            for name, value in answer.facts.items()
            if name not in known or known[name].kind != "date"
        }
        days = [
            self._day(date.fromisoformat(str(value)))
            for name, value in answer.facts.items()
            if name not in facts and str(value)[:1].isdigit()
        ]
        return SEPARATOR.join([*days, *filter(None, [listed(facts, self.voice)])]) or "–"

    def _is_liking(self, answer: Answer) -> bool:
        """Whether it only says what the runner has or likes: days, kit, units."""
        return all(name in coached.LIKES or name.startswith(coached.LIKED) for name in answer.facts)

    def _pauses(self) -> Iterable[tuple[str, ...]]:
        begun: Paused | None = None
        for entry in sorted(self.log.of(Paused), key=lambda one: one.at):
            day = self.voice.day_of(entry.at)
            if begun is not None and day >= self.since:
                first = self._day(self.voice.day_of(begun.at))
                yield first, begun.reason.replace("_", " "), self._day(day)
            begun = None if entry.reason == "resumed" else entry
        if begun is not None:
            until = self._day(begun.until) if begun.until else "–"
            yield self._day(self.voice.day_of(begun.at)), begun.reason.replace("_", " "), until

    # What the program said

    def _advised(self) -> list[Advised]:
        """What was advised; the same again on one day counts once."""
        found: dict[object, Advised] = {}
        for entry in self.log.of(Advised):
            day = self.voice.day_of(entry.at)
            if day >= self.since:
                same = msgspec.structs.replace(entry, id="", at=self.talk.now, content="")
                found.setdefault((day, msgspec.json.encode(same)), entry)
        return list(found.values())

    def _advice(self) -> Iterable[tuple[str, ...]]:
        ladder = self.talk.content.coaching.ladder
        for entry in self._advised():
            level = entry.triage if entry.triage in LEVELS else "unknown"
            labels = [self._label(name) for name in entry.pathways]
            session = "–" if entry.level is None else session_words(
                ladder_session(entry.level, ladder)
            )  # fmt: skip
            yield (
                self._moment(entry.at),
                self.say(f"report_level_{level}"),
                "; ".join(labels) or "–",
                session,
                self._day(entry.earliest) if entry.earliest else "–",
                ", ".join(entry.rules) or "–",
            )

    def _label(self, pathway: str) -> str:
        known = self.talk.content.pathways.get(pathway)
        return known.label if known else pathway

    def _rules(self) -> Iterable[str]:
        """Each rule that was used, in its own words, with its sources."""
        known: dict[str, Rule] = {
            row.rule.id: row.rule
            for table in (self.talk.content.triage, self.talk.content.causes)
            for row in table.rules
        }
        for name in dict.fromkeys(name for entry in self._advised() for name in entry.rules):
            rule = known.get(name)
            if rule is None:
                continue
            cite = self.talk.content.evidence.cite
            sources = "; ".join(cite(source) for source in rule.sources)
            who = rule.reviewed_by or self.say("report_not_reviewed")
            yield " ".join(filter(None, (f"{name}:", self.voice.fill(rule.says), sources, who)))

    # Dates

    def _day(self, on: date) -> str:
        return f"{on:%a} {on.day} {on:%b}"

    def _moment(self, at: datetime) -> str:
        return f"{self._day(self.voice.day_of(at))}, {self.voice.clock(at)}"


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
