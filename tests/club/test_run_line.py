"""A run in one line: what is read, what is missing, and that nothing ever breaks it."""

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking.clubhouse import PRIVATE
from bot.club.run_form import line_of
from bot.club.run_line import Line, read_line
from bot.conversation.event import Said
from tests.club.meeting import club, content, heard

MONDAY = date(2026, 5, 4)
THURSDAY = date(2026, 5, 7)


def read(text: str, today: date = MONDAY, clock: time = time(12)) -> Line:
    """The line as it is read on that day."""
    return read_line(text, today, clock, content().club.limits)


def options(line: Line) -> list[tuple[str, str, float | None, bool]]:
    """The options in short."""
    return [(one.letter, one.words, one.distance_m, one.walk_run) for one in line.options]


@pytest.mark.parametrize(
    ("text", "day", "at", "place"),
    [
        ("Thu 7pm Town Hall 10k easy; 4k walk-run", THURSDAY, time(19), "Town Hall"),
        ("every Tue 18:30 track, 6x400m, max 20", date(2026, 5, 5), time(18, 30), "track"),
        ("6 May 9.30am Market Square", date(2026, 5, 6), time(9, 30), "Market Square"),
        ("on the 5th of May at 9am, Market Square", date(2026, 5, 5), time(9), "Market Square"),
        ("May 6, 12:15 Old Oak 5 km", date(2026, 5, 6), time(12, 15), "Old Oak"),
        ("7.5 km easy Sunday at 9.30am Lake", date(2026, 5, 10), time(9, 30), "Lake"),
        ("tomorrow noon from the pier", date(2026, 5, 5), time(12), "the pier"),
        ("10k with hills from Town Hall Thu 7pm", THURSDAY, time(19), "Town Hall"),
        ("2026-05-07 18h30 Stadtpark", THURSDAY, time(18, 30), "Stadtpark"),
        ("Thu 7 May 7 p.m. 3 Oaks Lane 10k", THURSDAY, time(19), "3 Oaks Lane"),
        ("Mon 1pm Park", MONDAY, time(13), "Park"),
        ("Mon 9am Park", date(2026, 5, 11), time(9), "Park"),
        ("next Monday 1pm Park", date(2026, 5, 11), time(13), "Park"),
        ("Thrusday 7pm Town Hall 10k", THURSDAY, time(19), "Town Hall"),
        ("on Wensday 7pm Holiday Inn", date(2026, 5, 6), time(19), "Holiday Inn"),
        ("next Firday 7pm Someday Cafe", date(2026, 5, 8), time(19), "Someday Cafe"),
        ("3 May 9am Park", date(2027, 5, 3), time(9), "Park"),
    ],
)
def test_day_time_and_place_are_read(text: str, day: date, at: time, place: str) -> None:
    """People write them in many ways and in any order."""
    line = read(text)

    assert (line.on, line.at, line.place, line.missing, line.wrong) == (day, at, place, (), "")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Thu 7pm X 10k easy; 4k walk-run", [("A", "easy", 10_000, False), ("B", "walk-run", 4000, True)]),
        ("Thu 7pm X A) 6 miles B) 2.5 mi jog", [("A", "", 9656.1, False), ("B", "jog", 4023.4, False)]),
        ("Tue 18:30 track, 6x400m, max 20", [("A", "6x400m", None, False)]),
        ("Thu 7pm X 10,5 km\n800m strides", [("A", "", 10_500, False), ("B", "strides", 800, False)]),
        ("Thu 7pm X 30 min easy", [("A", "30 min easy", None, False)]),
        ("Thu 7pm X", []),
    ],
)  # fmt: skip
def test_options_are_read(text: str, found: list[tuple[str, str, float | None, bool]]) -> None:
    """Distances in both units, repeats that are no distance, and walk-run."""
    assert options(read(text)) == found


def test_limit_note_title_and_every_week_are_read() -> None:
    """They may stand anywhere; a distance is never taken for a limit."""
    line = read('"Long one" every Sun 9am Lake, 20k, max 25 people; note: cake, at the end')

    assert (line.title, line.weekly, line.limit, line.notes) == (
        "Long one",
        True,
        25,
        "cake, at the end",
    )
    assert options(line) == [("A", "", 20_000, False)]
    assert read("up to 10k Thu 7pm Park").limit is None
    assert "limit" in read("no limit").named


@pytest.mark.parametrize(
    ("text", "missing", "wrong"),
    [
        ("Thu 7pm", ("place",), ""),
        ("at 7 Thursday Park", ("time",), ""),
        ("7pm Park 5k", ("day",), ""),
        ("5/6 7pm Park", ("day",), ""),
        ("", ("day", "time", "place"), ""),
        ("Mon 5 May 7pm Park", (), "weekday"),
        ("1 June 2024 9am Park", (), "past"),
        ("1 June 2030 9am Park", (), "far_day"),
        ("29 Feb 9am Park", (), "far_day"),
        ("Thu 7pm Park max 900", (), "limit"),
        ("Thu 7pm Park 1k; 2k; 3k; 4k; 5k", (), "many_options"),
    ],
)
def test_what_is_missing_or_cannot_be_is_named(
    text: str, missing: tuple[str, ...], wrong: str
) -> None:
    """Nothing is guessed: a bare hour and a date with a stroke are asked about."""
    line = read(text)

    assert (line.missing, line.wrong) == (missing, wrong)


PIECES = (
    'Thu 7pm 18:30 5 May every max 20 note: 10k 4k; walk-run "x 6x400m at from A) , ; 31 Feb {slot} '
    "2026-13-45 noon 99999m 0k tomorrow @everyone “ ÷ ٣km"
)
WORDS = st.sampled_from([*PIECES.split(), "\n"])


@settings(max_examples=80)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=14).map(" ".join)))
def test_no_line_breaks_the_reader_and_limits_hold(text: str) -> None:
    """Whatever somebody types, a value comes back within the limits."""
    line, limits = read(text), content().club.limits

    assert len(line.options) <= limits.options
    assert len(line.place) <= limits.place
    assert len(line.notes) <= limits.note
    assert all(
        one.distance_m is None or 0 < one.distance_m <= limits.furthest_m for one in line.options
    )


@settings(max_examples=40)
@given(
    st.sampled_from(["Thu", "Sat", "9 May"]),
    st.sampled_from(["7pm", "18:30", "9.15am"]),
    st.sampled_from(["Town Hall", "the old oak", "Pier 7"]),
    st.lists(st.integers(1, 40), min_size=1, max_size=3),
    st.one_of(st.none(), st.integers(1, 90)),
)
def test_the_read_back_says_what_was_read(
    day: str, at: str, place: str, distances: list[int], limit: int | None
) -> None:
    """Every part of a line stands in the preview, before anything is posted."""
    most = f"; max {limit}" if limit else ""
    text = (
        f"{day} {at} {place} {'; '.join(f'{one}k easy' for one in distances)}{most}; note: a light"
    )
    line, house = read(text), club()
    house.happen("admin", "#runs", Said(f"/run {text}"))
    told = heard(house)

    assert line.on is not None
    assert line.at is not None
    assert f"{line.on.day} {line.on:%b} {line.at:%H:%M}" in told
    assert place.removeprefix("the ") in told
    assert all(f"{one} km" in told for one in distances)
    assert limit is None or f"Places: {limit}" in told
    assert "Note: a light" in told
    assert all(one.to != "everyone" for one in house.said)


def test_a_form_says_the_same_as_a_line() -> None:
    """The fields of a form become a line that reads back as they were typed."""
    line = read(
        line_of(
            "Thu 7pm", "Track 5 gate", "10k easy\n4k walk-run", title="Social", most="20", notes="x"
        )
    )

    assert (line.on, line.at, line.place, line.title) == (
        THURSDAY,
        time(19),
        "Track 5 gate",
        "Social",
    )
    assert (line.limit, line.notes, len(line.options)) == (20, "x", 2)


def test_a_draft_does_not_swallow_other_talk() -> None:
    """A run that was told, thanks, and words long after are the runner's own conversation."""
    house = club()
    for text in ("ran 5.3 km yesterday", "thanks"):
        house.happen("admin", "#runs", Said("/run Thu 7pm"))
        house.happen("admin", PRIVATE, Said(text))
        assert "I read this. It is not posted yet" not in heard(house)
