"""/report: one page with what the runner said, and nothing else; it opens anywhere and says what it is."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import msgspec
import pytest

from bot.checking.fits import unfit
from bot.checking.references import Place
from bot.checking.talk import Stage
from bot.conversation.log import Advised, Log, Paused
from bot.conversation.pages.report_page import Page, Section, html
from bot.conversation.state import Runner
from tests.conversation.charted import EIGHT_WEEKS, EXERCISES, charted, entries
from tests.conversation.coached import START, agreed, content, say

VOID = {"meta"}


class Reader(HTMLParser):
    """Reads a page as a screen reader would: headings, and each table as rows of cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text: dict[str, list[str]] = {}
        self.tables: dict[str, list[list[str]]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """A tag opens."""
        self.tags.add(tag)
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.tables.setdefault(self.text["h2"][-1], []).append([])

    def handle_endtag(self, tag: str) -> None:
        """The tag that was opened last closes."""
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        """Words."""
        if self.open and data.strip():
            self.text.setdefault(self.open[-1], []).append(data)
            if self.open[-1] in ("th", "td"):
                self.tables[self.text["h2"][-1]][-1].append(data)


def page(stage: Stage, words: str = "/report") -> str:
    """The page that comes."""
    say(stage, words)
    file = stage.said[-1].attachment
    assert file is not None
    assert (file.name, file.media_type) == ("heeldrop-report.html", "text/html")
    return file.text


def full() -> Stage:
    """A runner who told a story and answered the screens, with 8 weeks before it."""
    stage = agreed()
    log = Log((*entries(), *stage.runner.log.entries))
    stage.runner = msgspec.structs.replace(stage.runner, log=log)
    return stage


@pytest.mark.parametrize("words", ["report for my physio", "my report"])
def test_the_page_comes_by_words_too(words: str) -> None:
    """As a file, with a word on who gets it; it fits every platform."""
    stage = charted()
    assert page(stage, words) == page(stage)

    assert "you choose who gets it" in stage.said[-1].text
    assert unfit(stage.said[-1], Place(content(), "words.toml"), "report") == []


def test_nothing_to_report_is_a_kind_sentence() -> None:
    """No empty page."""
    stage = Stage(content(), START, Runner(id="new"))

    assert "nothing to put on a page yet" in say(stage, "/report")
    assert stage.said[-1].attachment is None


def test_it_needs_no_network_and_runs_nothing() -> None:
    """No script, no link, nothing to load; the page forbids it besides. Every tag is closed."""
    text = page(full())
    read = Reader(text)

    assert read.open == []
    assert not read.tags & {"script", "link", "img", "iframe", "object", "a", "form"}
    assert set(re.findall(r"https?://[^\"' <]+", text)) == {"http://www.w3.org/2000/svg"}
    assert "default-src &#x27;none&#x27;" in text or "default-src 'none'" in text
    assert "url(" not in text


def test_it_says_what_it_is_first() -> None:
    """A program made it, it is no diagnosis, and nobody has reviewed it."""
    about = " ".join(Reader(page(full())).text["p"][:3])

    assert "Heeldrop, a computer program. It is not a diagnosis." in about
    assert "No clinician has reviewed this page." in about
    assert "Made on Thu 15 Oct 2026" in about
    assert "Europe/London" in about


def test_the_tables_hold_what_was_told() -> None:
    """Each run, the soreness after it, each exercise, the screens with their answers, the advice."""
    stage = full()
    tables = Reader(page(stage)).tables
    runs = tables["Runs"][1:]

    assert len(runs) == len(EIGHT_WEEKS) + 1
    assert runs[6] == ["Tue 15 Sep", "6.1 km", "43 min", "4", "6", "7", "no", "red"]
    assert tables["Exercises done"][1][:3] == [
        "Straight-knee heel drop", "2 sets of 8 on each leg.", str(len(EXERCISES)),
    ]  # fmt: skip
    signs = tables["Warning signs: what was asked and answered"][1:]
    assert {row[1] for row in signs} == {"None of these"}
    assert any("Chest pain, sudden short breath" in row[2] for row in signs)
    advice = tables["What the program advised"]
    assert advice[-1][-1] == "S, C-long-break, C-restart-run, C-doms"
    assert advice[-1][1] == "Manages alone for now"
    assert tables["Pauses"][1] == ["Wed 16 Sep", "injury", "Sat 19 Sep"]


def test_every_rule_is_named_with_its_review() -> None:
    """By its id, its words and its sources, and that no clinician has reviewed it yet."""
    stage = full()
    rules = {line.partition(":")[0]: line for line in Reader(page(stage)).text["li"]}

    for entry in stage.runner.log.of(Advised):
        for rule in entry.rules:
            assert "Not yet reviewed by a clinician." in rules[rule]


def test_the_runners_units_and_clock() -> None:
    """Miles for who runs miles, and the date where the runner is."""
    stage = charted(units="mi")
    far = msgspec.structs.replace(stage.runner, zone="Pacific/Auckland")
    stage.runner = far
    tables = Reader(page(stage)).tables

    assert tables["Runs"][7][1] == "3.8 miles"
    assert tables["What the program advised"][1][0].startswith("Sat 22 Aug, 05:40")


def test_nothing_on_the_page_can_be_markup() -> None:
    """What the log holds is shown as it stands, whatever it looks like."""
    stage = charted()
    bad = '<script>alert("1")</script>'
    at = START - timedelta(days=1)
    log = stage.runner.log.with_entry(Advised("bad", at, bad, (bad,), (bad,)))
    log = log.with_entry(Paused("worse", at, bad))
    stage.runner = msgspec.structs.replace(stage.runner, log=log)
    text = page(stage)

    assert "<script" not in text
    assert Reader(text).tables["Pauses"][-1][1] == bad
    everywhere = Section(bad, bad, (bad,), ((bad, bad),), (bad,))
    assert "<script" not in html(Page(bad, (bad,), "", (everywhere, everywhere), bad))
