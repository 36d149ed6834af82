"""Weekly runs keep their wall clock over every change of the clocks; quiet and caps hold them back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest

from bot.checking.clubhouse import Clubhouse
from tests.club.meeting import club, content, heard, say, tap

ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Cairo")


def weekly(zone: str, line: str, now: datetime) -> Clubhouse:
    """A club of that zone with a weekly run."""
    house = Clubhouse(content(), now)
    stage = house.someone("admin").stage
    stage.runner = msgspec.structs.replace(stage.runner, zone=zone)
    say(house, "admin", "/setup")
    tap(house, "admin", "Turn on")
    say(house, "admin", line)
    tap(house, "admin", "Post")
    return house


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", ["2:30am", "7pm"])
def test_a_year_of_sundays_keeps_its_clock(zone: str, clock: str) -> None:
    """One run a week, each on a Sunday at that time; an hour that is left out moves it forward."""
    start = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
    house = weekly(zone, f"/run every Sun {clock} Park 5k", start)
    house.wait(timedelta(days=364))
    runs = sorted(house.runs[1].values(), key=lambda run: run.id)

    assert {run.at for run in runs} == {runs[0].at}
    assert {(later.on - run.on).days for run, later in pairwise(runs)} == {7}
    assert len(runs) >= 52
    for run in runs:
        local = run.starts_at.astimezone(ZoneInfo(zone))
        assert local.time() == run.at or (clock == "2:30am" and local.time() > run.at)
    posted = {key for key in house.posts if key.startswith("1/run:")}
    assert len(posted) == len(runs)


def test_the_next_one_comes_as_many_days_before_as_the_content_says() -> None:
    """Neither sooner nor later, and with an empty list."""
    house = weekly(
        "Europe/London", "/run every Thu 7pm Park 5k", datetime(2026, 5, 4, 11, tzinfo=UTC)
    )
    tap(house, "member-1", "Going")
    posts = content().club.posts
    day = datetime.fromisoformat(f"2026-05-14T{posts.weekly_at}").replace(
        tzinfo=ZoneInfo("Europe/London")
    )
    due = day - timedelta(days=posts.weekly_days_before)

    house.wait(due - house.now - timedelta(minutes=1))
    assert len(house.runs[1]) == 1
    house.wait(timedelta(minutes=2))
    assert "Thu 14 May 19:00" in heard(house)
    assert house.runs[1][2].rsvps == ()


@pytest.mark.parametrize(
    ("button", "after"),
    [("Only this one", "Thu 14 May 19:00"), ("All from now on", "Fri 15 May 20:00")],
)
def test_one_that_is_moved_moves_the_others_only_if_asked(button: str, after: str) -> None:
    """The next one is at the usual time again, unless all are changed from now on."""
    house = weekly(
        "Europe/London", "/run every Thu 7pm Park 5k", datetime(2026, 5, 4, 11, tzinfo=UTC)
    )
    say(house, "admin", "/runs")
    tap(house, "admin", "Change Thursday run")
    say(house, "admin", "Fri 8pm")
    tap(house, "admin", button)
    assert "Friday run · Fri 8 May 20:00" in house.posts["1/run:1"].text

    house.wait(timedelta(days=8))
    assert after in house.posts["1/run:2"].text


def test_no_more_messages_a_day_than_the_cap() -> None:
    """With many runs on one evening, only so many are asked about in public."""
    house = club()
    for number in range(8):
        say(house, "admin", f"/run Thu 7pm Park {number} 5k")
        tap(house, "admin", "Post")
        tap(house, "member-1", "Going")
    house.wait(timedelta(hours=82))
    asked = [key for key in house.posts if "/after:" in key]

    assert len(asked) == content().club.posts.own_a_day
    assert {run.state for run in house.runs[1].values()} == {"over"}


def test_a_late_morning_posts_what_had_to_wait() -> None:
    """Over the cap a weekly run is posted the next day instead, not lost."""
    house = club()
    for number in range(6):
        say(house, "admin", f"/run every Thu 7pm Park {number} 5k")
        tap(house, "admin", "Post")
    house.wait(timedelta(days=7))
    posted = {key for key in house.posts if key.startswith("1/run:")}

    assert len(house.runs[1]) == 12
    assert len(posted) == 12
