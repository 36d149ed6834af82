"""The calendar file: what RFC 5545 asks for, whatever an organiser typed."""

from datetime import UTC, date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.club.calendar import FOLD, ics
from bot.club.state import ClubRun, Option

NOW = datetime(2026, 5, 4, 11, 0, tzinfo=UTC)
RUN = ClubRun(
    7, 42, "Thursday run", date(2026, 5, 7), time(19), "Europe/London", "Town Hall, steps",
    (Option("A", "easy", 10_000), Option("B", "walk-run", 4000)), notes="bring a light; and water",
)  # fmt: skip


def unfolded(text: str) -> dict[str, str]:
    """The lines of the file by their names."""
    lines = text.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if ":" in line)


def test_a_run_is_one_entry_in_utc() -> None:
    """Its start, its end, its place and its options; the same id whenever it is made."""
    found = unfolded(ics([RUN], NOW, "Harriers"))

    assert (found["DTSTART"], found["DTEND"]) == ("20260507T180000Z", "20260507T193000Z")
    assert found["UID"] == "club-42-run-7@heeldrop"
    assert found["SUMMARY"] == "Thursday run (Harriers)"
    assert found["LOCATION"] == "Town Hall\\, steps"
    assert found["DESCRIPTION"] == "A) 10 km easy\\; B) 4 km walk-run\\nbring a light\\; and water"


@settings(max_examples=40)
@given(st.text(max_size=120), st.text(max_size=120))
def test_no_text_breaks_a_line_or_adds_one(place: str, notes: str) -> None:
    """Lines stay within 75 bytes, end in CRLF, and none begins a line of its own."""
    run = ClubRun(7, 42, "x", date(2026, 5, 7), time(19), "UTC", place, notes=notes)
    text = ics([run], NOW, "Harriers")
    lines = text.split("\r\n")

    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= FOLD for line in lines)
    assert not any("\n" in line or "\r" in line for line in lines)
    assert text.count("BEGIN:VEVENT") - (place + notes).count("BEGIN:VEVENT") <= 1
