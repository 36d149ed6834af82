from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.levels import Done, ladder_done, next_level, two_ambers
from bot.content.coaching import Coaching

NOW = datetime(2026, 5, 31, 18, tzinfo=UTC)


def session(days_ago: float, level: int, light: str | None, **more: bool) -> Done:
    """A ladder session so many days ago."""
    return Done(NOW - timedelta(days=days_ago), level, light, **more)  # type: ignore[arg-type]


histories = st.lists(
    st.builds(
        session,
        st.floats(0, 40),
        st.integers(0, 14),
        st.sampled_from([None, "green", "amber", "red", "stop"]),
    ),
    max_size=15,
    unique_by=lambda one: one.at,
)


@pytest.mark.parametrize(
    ("done", "level", "reason"),
    [
        ([], 3, "start"),
        ([session(2, 3, "green")], 3, "repeat"),
        ([session(4, 3, "green"), session(2, 3, "green")], 4, "up"),
        ([session(4, 3, "green"), session(2, 3, None)], 3, "wait"),
        ([session(4, 3, "green"), session(2, 3, "amber")], 3, "amber"),
        ([session(6, 3, "green"), session(4, 3, "amber"), session(2, 3, "green")], 3, "repeat"),
        ([session(4, 3, "amber"), session(2, 3, "amber")], 3, "two_ambers"),
        ([session(9, 3, "amber"), session(2, 3, "amber")], 3, "amber"),
        ([session(2, 3, "red")], 2, "red"),
        ([session(2, 3, "stop")], 2, "red"),
        ([session(2, 0, "red")], 0, "red"),
        ([session(12, 4, "red"), session(2, 3, "red")], 1, "second_red"),
        ([session(17, 4, "red"), session(2, 3, "red")], 2, "red"),
        ([session(4, 14, "green"), session(2, 14, "green")], 14, "top"),
    ],
)
def test_next_level(coaching: Coaching, done: list[Done], level: int, reason: str) -> None:
    """Repeat, up, hold and back as in 4.4."""
    found = next_level(3, done, NOW, coaching)

    assert (found.level, found.reason) == (level, reason)


def test_second_red_within_14_days_counts_from_the_red(coaching: Coaching) -> None:
    """A red exactly 14 days before the last red makes it the second."""
    done = [session(16, 4, "red"), session(2, 3, "red")]

    assert next_level(3, done, NOW, coaching).reason == "second_red"


def test_two_ambers_give_a_rest_day(coaching: Coaching) -> None:
    """Two ambers in 7 days add a day of rest, one does not."""
    two = [session(4, 3, "amber"), session(2, 3, "amber")]

    assert next_level(3, two, NOW, coaching).extra_rest_days == 1
    assert next_level(3, two[1:], NOW, coaching).extra_rest_days == 0


def test_muscle_soreness_alone_is_no_failure(coaching: Coaching) -> None:
    """Ambers from muscle soreness alone do not count as ambers, and do not move up either."""
    done = [session(4, 3, "amber", doms_only=True), session(2, 3, "amber", doms_only=True)]
    found = next_level(3, done, NOW, coaching)

    assert (found.level, found.reason, found.extra_rest_days) == (3, "repeat", 0)


def test_no_more_than_2_levels_in_7_days(coaching: Coaching) -> None:
    """After two levels up within 7 days the third waits."""
    days = [6.8, 6, 5, 4, 3, 2]
    levels = [3, 4, 4, 5, 5, 5]
    done = [session(day, level, "green") for day, level in zip(days, levels, strict=True)]

    assert next_level(3, done, NOW, coaching).reason == "too_fast"


@pytest.mark.parametrize(
    ("days", "level"), [(7, 6), (8, 5), (9, 5), (10, 4), (15, 3), (27, 1), (60, 0)]
)
def test_time_off(coaching: Coaching, days: int, level: int) -> None:
    """Over 7 days off, one level down for every 5 days missed (S82)."""
    assert next_level(3, [session(days, 6, "green")], NOW, coaching).level == level


def test_ladder_done_after_3_greens_at_the_top(coaching: Coaching) -> None:
    """30 minutes, three times, all green ends the ladder; an amber in between does not."""
    top = [session(day, 14, "green") for day in (6, 4, 2)]

    assert ladder_done(top, coaching)
    assert not ladder_done(top[1:], coaching)
    assert not ladder_done([top[0], session(4, 14, "amber"), top[2]], coaching)


@given(done=histories, start=st.integers(0, 14))
def test_never_more_than_one_up(coaching: Coaching, done: list[Done], start: int) -> None:
    """The next level is on the ladder, and at most one above the last session."""
    found = next_level(start, done, NOW, coaching)
    last = max(done, key=lambda one: one.at).level if done else start

    assert 0 <= found.level <= 14
    assert found.level <= last + (1 if done else 0)


@given(done=histories, level=st.integers(0, 14))
def test_red_never_goes_up(coaching: Coaching, done: list[Done], level: int) -> None:
    """After a red light the next level is below, or 0."""
    found = next_level(0, [*done, Done(NOW + timedelta(seconds=1), level, "red")], NOW, coaching)

    assert found.level == 0 or found.level < level


@given(done=histories)
def test_two_ambers_hold_the_level(coaching: Coaching, done: list[Done]) -> None:
    """While two of the last 7 days' runs were amber nothing goes up."""
    ambers = two_ambers([(one.at, one.light) for one in done], NOW, coaching)

    assert not (ambers and next_level(0, done, NOW, coaching).reason == "up")
