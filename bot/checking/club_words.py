"""The club's words: every one is there, easy to read, filled in, and fits every platform.

Rule: a meeting of a few people is played through the real step, with the longest names that fit. A
word that is missing or a slot that stays open is HD036; what does not fit is HD031, as elsewhere.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from bot.checking.clubhouse import EVERYONE, Clubhouse
from bot.checking.fits import unfit
from bot.checking.references import Place
from bot.club import deeds, tokens
from bot.content.load import Content
from bot.content.problem import Problem
from bot.content.reading_level import long_sentences, never_said
from bot.content.source import read_source
from bot.conversation.event import Presence, Said, Tapped
from bot.conversation.token import LONGEST

PREFIXES = ("club_", "button_club_")
NOW = datetime(2026, 5, 4, 11, 0, tzinfo=UTC)
_SLOT = re.compile(r"\{\w+\}")
_LONG = 'every Thu 7pm "{0}" at {1} 10k {2}; 8k {2}; 6k {2}; 4k walk-run {2}; max 2; note: {3}'
_BIGGEST = 999_999_999
_LONGEST_ZONES = ("zone=America/Argentina/ComodRivadavia", "zone=America/North_Dakota/New_Salem")
_CHOICES = (
    "cancel_all",
    "sun_18:00",
    "digest=sun_18:00",
    "6_to_10",
    "under_3",
    "maybe",
    "who=everyone",
)

MEETING: tuple[tuple[str, str, str], ...] = (
    ("admin", "#runs", "joins"),
    ("admin", "#runs", "/help"),
    ("member-1", "#runs", "/next"),
    ("admin", "#runs", "/setup"),
    *(("admin", "#runs", f"!set@{one}") for one in ("digest", "units", "who", "zone")),
    ("admin", "#runs", "!preview"),
    ("admin", "#runs", "!on"),
    ("admin", "#runs", "/run"),
    ("admin", "#runs", "/run Thu"),
    ("admin", "#runs", "/run Thu 7pm Park 1k; 2k; 3k; 4k; 5k"),
    ("admin", "#runs", "/run Mon 5 May 7pm Park"),
    ("admin", "#runs", "/run 4 May 2020 7pm Park"),
    ("admin", "#runs", "/run LONG"),
    ("admin", "#runs", "!change"),
    ("admin", "#runs", "!post"),
    ("member-1", "#runs", "!go/1@A"),
    ("member-1", "#runs", "!go/1@A"),
    ("member-1", "#runs", "!tell/1@yes"),
    ("member-2", "#runs", "!go/1@B"),
    ("member-3", "#runs", "!go/1@D"),
    ("member-3", "#runs", "!tell/1@yes"),
    ("member-3", "#runs", "!fit/1"),
    *(("member-3", "#runs", f"!longest/1@{one}") for one in ("none", "under_3", "3_to_6", "more")),
    ("member-3", "#runs", "!why/1"),
    ("member-1", "#runs", "!go/1@cant"),
    ("member-1", "#runs", "!go/1@maybe"),
    ("member-2", "#runs", "!cal/1"),
    ("member-1", "#runs", "my calves are killing me"),
    ("member-1", "#runs", "my left calf is swollen, hot and red"),
    ("member-1", "#runs", "!fit/1"),
    ("member-1", "#runs", "!why/1"),
    ("member-1", "#runs", "/run Thu 7pm Park"),
    ("member-1", "#runs", "/quiet"),
    ("admin", "#runs", "/runs"),
    ("admin", "#runs", "!edit/1"),
    ("admin", "#runs", "Fri 8pm"),
    ("admin", "#runs", "!save/1"),
    ("admin", "#runs", "/organiser"),
    ("admin", "#runs", "/organiser <@7>"),
    ("admin", "#runs", "/code"),
    ("admin", "@two", "/setup 424242"),
    ("member-2", "private", "/club"),
    ("member-2", "private", "/start club1"),
    ("member-2", "private", "/share"),
    *(("member-2", "private", f"!share@{one}") for one in ("sets", "weeks", "name")),
    ("member-2", "private", "Wilhelmina"),
    ("admin", "#runs", "wait"),
    *((f"member-{one}", "#runs", f"!felt/1@{felt}") for one, felt in enumerate(
        ("good", "tough", "sore", "good", "good"), 2)),
    ("admin", "#runs", "wait"),
    ("admin", "#runs", "/quiet 7d"),
    ("admin", "#runs", "/quiet off"),
    ("admin", "#runs", "!cancel/2"),
    ("admin", "#runs", "!cancel_yes/2@all"),
    ("member-2", "private", "/leave"),
    ("member-2", "private", "!leave_yes@me"),
    ("admin", "#runs", "/leave"),
    ("admin", "#runs", "!leave_yes@group"),
)  # fmt: skip


class _Words(Place):
    """Finds the line of a word in words.toml."""

    def __init__(self, content: Content) -> None:
        """For that one file."""
        super().__init__(content, "words.toml")

    def _line(self, name: str) -> int:
        return read_source(self._folder, self.file).line_of_key(name) if name else 1


def check_club(content: Content) -> list[Problem]:
    """All problems of the club's words and tokens that can be seen without a meeting."""
    return [*_read(content), *_tokens(content)]


def _read(content: Content) -> Iterable[Problem]:
    place = _Words(content)
    for name, text in content.words.items():
        if not name.startswith(PREFIXES):
            continue
        for sentence in long_sentences(text):
            message = f"A sentence has over 20 words: {sentence[:40]!r}."
            yield place.problem("HD013", name, message, "Make it two sentences.", "warning")
        for phrase in never_said(text):
            message = f"Says {phrase!r}."
            yield place.problem("HD036", name, message, 'Say "can be a sign of", or leave it out.')


def check_meeting(content: Content) -> list[Problem]:
    """All problems of what is said in a meeting from /setup to /leave."""
    place = _Words(content)
    house = Clubhouse(content, NOW, missing=("post", "threads", "files", "events", "delete"))
    try:
        for name, where, text in MEETING:
            _step(house, name, where, text)
    except KeyError as error:
        message = f"The club says {error.args[0]!r}, which is not there."
        return [place.problem("HD036", str(error.args[0]), message, "Put it back into words.toml.")]
    found: dict[str, Problem] = {}
    for heard in house.read:
        said = heard.message
        name = said.kind if said.kind in content.words else ""
        if heard.to == EVERYONE or said.kind.startswith("club_"):
            for problem in unfit(said, place, name):
                found.setdefault(said.kind, problem)
            slot = _SLOT.search(said.text)
            if slot:
                message = f"The slot {slot[0]} stays open."
                fix = "Use the slots that were there."
                name = _with_slot(content, slot[0], said.text) or name
                found[name] = place.problem("HD036", name, message, fix)
    return list(found.values())


def _with_slot(content: Content, slot: str, said: str) -> str:
    """The word that has this slot, in what was said."""
    mine = ((name, text) for name, text in content.words.items() if name.startswith(PREFIXES))
    return next(
        (
            name
            for name, text in mine
            if text.partition(slot)[0] and text.partition(slot)[0] in said
        ),
        "",
    )


def _step(house: Clubhouse, name: str, where: str, text: str) -> None:
    if text == "wait":
        house.wait(timedelta(days=6))
    elif text == "joins":
        house.happen(name, where, Presence("joined"))
    elif text.startswith("!"):
        about, _, choice = text[1:].partition("@")
        deed, _, run = about.partition("/")
        house.happen(name, where, Tapped(tokens.write(deed, 1, int(run or 0), choice)))
    else:
        house.happen(name, where, Said(text.replace("LONG", _long(house.content))))


def _long(content: Content) -> str:
    limits = content.club.limits
    title, place = "Evening " * 20, "Long Bridge " * 20
    option = "gently over the hill " * 3
    return _LONG.format(
        title[: limits.title].strip(), place[: limits.place].strip(), option[: limits.option // 2],
        ("Bring a light. " * 30)[: limits.note].strip(),
    )  # fmt: skip


def _tokens(content: Content) -> Iterable[Problem]:
    """Every deed, with the largest numbers and the longest choices, is a token that can be sent."""
    names = {
        **dict.fromkeys((*deeds.ABOUT_RUN, *deeds.ABOUT_CLUB), _CHOICES),
        "put": _LONGEST_ZONES,
    }
    for name, choices in names.items():
        for choice in choices:
            run = _BIGGEST if name in deeds.ABOUT_RUN else 0
            text = tokens.write(name, _BIGGEST, run, choice)
            if len(text.encode()) > LONGEST or tokens.read(text) is None:
                message = f"The button {text!r} has over {LONGEST} bytes."
                yield _Words(content).problem("HD030", name, message, "Shorten the deed.")
