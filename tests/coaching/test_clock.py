"""Wall-clock arithmetic, in every zone there is."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.coaching.clock import (
    after_quiet_hours,
    in_quiet_hours,
    instant,
    is_zone,
    next_day,
    zone_of,
)

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
YEARS = 3


def changes(zone: str) -> list[datetime]:
    """The instants within 3 years at which the zone's clocks change."""
    info = ZoneInfo(zone)
    found = []
    step = timedelta(days=1)
    for day in range(YEARS * 366):
        early, late = FIRST + day * step, FIRST + (day + 1) * step
        if early.astimezone(info).utcoffset() == late.astimezone(info).utcoffset():
            continue
        while late - early > timedelta(minutes=1):
            middle = early + (late - early) / 2
            same = middle.astimezone(info).utcoffset() == early.astimezone(info).utcoffset()
            early, late = (middle, late) if same else (early, middle)
        found.append(late.replace(second=0, microsecond=0))
    return found


def times_near(change: datetime, zone: str) -> set[time]:
    """Local times at, before and after a change: some do not exist, some happen twice."""
    info = ZoneInfo(zone)
    local = [(change + timedelta(minutes=by)).astimezone(info) for by in range(-90, 91, 30)]
    before = (change - timedelta(minutes=1)).astimezone(info).utcoffset()
    assert before is not None
    # Right after the change, by the clock from before it: where clocks go forward, that is missing.
    missing = (change + before).replace(tzinfo=None) + timedelta(minutes=10)
    near = {moment.time().replace(second=0, microsecond=0) for moment in local}
    return near | {missing.time().replace(second=0, microsecond=0), time(18)}


ZONES = sorted(available_timezones() - {"localtime", "Factory"})
CHANGING = [(zone, found) for zone in ZONES if (found := changes(zone))]


def test_there_are_changes_to_test() -> None:
    """The list of zones is not empty, and many of them change their clocks."""
    assert len(ZONES) > 400
    assert len(CHANGING) > 100


@pytest.mark.parametrize("part", range(4))
def test_every_zone_over_its_clock_changes(part: int) -> None:
    """Each local day has its check-in once; it shows the wanted time, or later by the gap."""
    for zone, found in CHANGING[part::4]:
        for change in found:
            for at in times_near(change, zone):
                fires_once_a_day(zone, change, at)


def fires_once_a_day(zone: str, change: datetime, at: time) -> None:
    """Walk from 2 days before a change to 2 days after it."""
    info = zone_of(zone)
    now = change - timedelta(days=2)
    last: date | None = None
    days = []
    for _ in range(4):
        day, fired = next_day(at, zone, now, last_on=last)
        local = fired.astimezone(info)
        assert fired > now, (zone, at)
        wanted = datetime.combine(day, at)
        if local.replace(tzinfo=None) != wanted:
            there_and_back = wanted.replace(tzinfo=info).astimezone(UTC).astimezone(info)
            assert there_and_back.replace(tzinfo=None) != wanted, f"{zone} {wanted} does exist"
            gap = local.replace(tzinfo=None) - wanted
            assert timedelta() < gap <= timedelta(hours=2), (zone, at, local)
        days.append(day)
        now, last = fired, day

    assert [(day - days[0]).days for day in days] == [0, 1, 2, 3], (zone, at, days)


def test_eighteen_stays_eighteen() -> None:
    """18:00 in London is 18:00 in winter and in summer."""
    winter = next_day(time(18), "Europe/London", datetime(2026, 3, 28, tzinfo=UTC))[1]
    summer = next_day(time(18), "Europe/London", datetime(2026, 3, 29, tzinfo=UTC))[1]

    assert (winter.hour, summer.hour) == (18, 17)


def test_a_missing_hour_moves_forward() -> None:
    """01:30 does not exist in London on 29 March 2026; it is 02:30 there."""
    found = instant(date(2026, 3, 29), time(1, 30), "Europe/London")

    assert found == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert found.astimezone(ZoneInfo("Europe/London")).time() == time(2, 30)


def test_a_double_hour_counts_the_first_time() -> None:
    """01:30 happens twice in London on 25 October 2026; the first one fires, then the next day."""
    first = next_day(time(1, 30), "Europe/London", datetime(2026, 10, 24, 12, tzinfo=UTC))[1]
    following = next_day(time(1, 30), "Europe/London", first)[1]

    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert following == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_travel_does_not_fire_a_day_twice() -> None:
    """Fired in London on Monday, then off to New York: the next one is on Tuesday."""
    fired = datetime(2026, 3, 2, 18, tzinfo=UTC)
    day, _instant = next_day(time(18), "America/New_York", fired, last_on=date(2026, 3, 2))

    assert day == date(2026, 3, 3)


def test_only_the_days_asked_for() -> None:
    """Weekdays restrict the days, and the first day allowed is kept."""
    monday = datetime(2026, 3, 2, 19, tzinfo=UTC)

    found = next_day(time(18), "UTC", monday, ("mon", "wed"))[1]
    later = next_day(time(18), "UTC", monday, ("mon", "wed"), not_before=date(2026, 3, 5))[1]

    assert found == datetime(2026, 3, 4, 18, tzinfo=UTC)
    assert later == datetime(2026, 3, 9, 18, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "start", "end", "quiet"),
    [
        (22, 21, 8, True),
        (3, 21, 8, True),
        (8, 21, 8, False),
        (21, 21, 8, True),
        (20, 21, 8, False),
        (13, 12, 14, True),
        (14, 12, 14, False),
        (13, 12, 12, False),
    ],
)
def test_quiet_hours(hour: int, start: int, end: int, *, quiet: bool) -> None:
    """Quiet hours begin on the hour, end on it, and may go over midnight."""
    moment = datetime(2026, 3, 2, hour, tzinfo=UTC)

    assert in_quiet_hours(moment, "UTC", time(start), time(end)) is quiet


def test_after_quiet_hours_is_the_morning() -> None:
    """What falls into the night waits for the morning, by the runner's own clock."""
    night = datetime(2026, 3, 2, 22, tzinfo=UTC)

    found = after_quiet_hours(night, "Europe/Berlin", time(21), time(8))

    assert found == datetime(2026, 3, 3, 7, tzinfo=UTC)


def test_an_unknown_zone_is_utc_and_known_as_unknown() -> None:
    """A zone that does not exist does not break anything."""
    assert zone_of("Mars/Olympus").key == "UTC"
    assert not is_zone("Mars/Olympus")
    assert is_zone("Europe/London")
    assert is_zone("UTC")
