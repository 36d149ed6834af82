"""What is due, and what becomes of what is found late."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from bot.conversation.event import Place
from bot.conversation.state import Runner
from bot.conversation.turn import Plan
from bot.runtime.habits import Caps, Habits, habits_of, room_for_more
from bot.runtime.schedule import Decided, decide, first_instant, spread_of
from bot.store.rows import CheckIn

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HABITS = Habits("UTC", spread_s=0)
CAPS = Caps()


def check_in(key: str, late_s: float = 0, **options: Any) -> CheckIn:
    """A check-in that was due so long ago."""
    at = NOW - timedelta(seconds=late_s)
    plan = Plan(key, "nudge", at_local=at.time(), **options)
    place = Place("p", "c")
    return CheckIn(hash(key) % 1000, 1, 1, "ann", place, plan, "UTC", at, at.date().isoformat())


def decided(*due: CheckIn, sent: tuple[datetime, ...] = (), unanswered: int = 0) -> Decided:
    """What becomes of these."""
    return decide(due, HABITS, NOW, list(sent), unanswered, CAPS)


def test_one_that_is_due_goes_out() -> None:
    """On time, it fires, and nothing else happens."""
    found = decided(check_in("a"))

    assert [fire.check_in.plan.key for fire in found.fire] == ["a"]
    assert not found.ends
    assert not found.waits


def test_several_for_one_person_become_one_message() -> None:
    """After an outage at most one merged message per person; a drop does not ride along."""
    found = decided(check_in("a", 7200), check_in("b", 3600), check_in("c", 5000, late="drop"))

    assert [(fire.check_in.plan.key, fire.merged) for fire in found.fire] == [("b", ("a",))]
    assert {(end.check_in.plan.key, end.outcome) for end in found.ends} == {
        ("a", "merged"),
        ("c", "dropped"),
    }


def test_stale_ones_are_left_out() -> None:
    """Past its own limit, a merge and a drop are left out; a send goes out however late."""
    found = decided(
        check_in("a", 9 * 3600),
        check_in("b", 9 * 3600, late="drop"),
        check_in("c", 90 * 3600, late="send"),
    )

    assert [fire.check_in.plan.key for fire in found.fire] == ["c"]
    assert [(end.check_in.plan.key, end.outcome) for end in found.ends] == [
        ("a", "dropped"),
        ("b", "dropped"),
    ]


def test_one_that_must_be_sent_speaks_first() -> None:
    """The one that must be sent leads, even if another one is newer."""
    found = decided(check_in("a", 3600, late="send"), check_in("b", 60))

    assert [(fire.check_in.plan.key, fire.merged) for fire in found.fire] == [("a", ("b",))]


def test_an_emergency_follow_up_goes_out_on_its_own() -> None:
    """Exempt ones know no caps, no merging and no quiet hours."""
    night = Habits("UTC", quiet_from=time(11), quiet_to=time(13), spread_s=0)
    due = (check_in("help", 7200, exempt=True), check_in("a", 7200))
    found = decide(due, night, NOW, [NOW], 0, CAPS)

    assert [fire.check_in.plan.key for fire in found.fire] == ["help"]
    assert found.waits[0][2] == NOW.replace(hour=13)


def test_the_second_of_a_day_is_too_many() -> None:
    """At most one a day; a one-off that must be sent waits for the morning."""
    found = decided(check_in("a"), check_in("b", late="send"), sent=(NOW - timedelta(hours=3),))

    assert not found.fire
    assert [(end.check_in.plan.key, end.outcome) for end in found.ends] == [("a", "capped")]
    assert [wait[2] for wait in found.waits] == [NOW.replace(day=3, hour=8)]


def test_what_a_runner_asked_for_is_not_counted() -> None:
    """A reminder asked for comes, whatever else was sent today."""
    asked = check_in("mine", data={"counts": "no"})
    found = decided(asked, check_in("a"), sent=(NOW - timedelta(hours=3),))

    assert [(fire.check_in.plan.key, fire.merged) for fire in found.fire] == [("mine", ())]
    assert [end.outcome for end in found.ends] == ["capped"]


@pytest.mark.parametrize(
    ("days_ago", "unanswered", "room"),
    [
        ((), 0, True),
        ((0,), 0, False),
        ((1, 2, 3, 4, 5, 6), 0, True),
        ((1, 1, 2, 3, 4, 5, 6, 6), 0, False),
        ((1,), 2, False),
        ((2,), 2, True),
        ((2, 3, 4, 6), 2, False),
        ((2, 4, 6), 2, True),
    ],
)
def test_caps(days_ago: tuple[int, ...], unanswered: int, *, room: bool) -> None:
    """1 a day and 8 a week; 2 unanswered in a row halve both."""
    sent = [NOW - timedelta(days=day, minutes=30) for day in days_ago]

    assert room_for_more(NOW, HABITS, sent, unanswered, CAPS) is room


def test_two_on_a_run_day_if_asked_for() -> None:
    """With the pre-run reminder on, a run day has room for a second one."""
    monday = Habits("UTC", pre_run=True, run_days=frozenset({"mon"}), spread_s=0)
    sent = [NOW - timedelta(hours=3)]

    assert room_for_more(NOW, monday, sent, 0, CAPS)
    assert not room_for_more(NOW, monday, [*sent, *sent], 0, CAPS)


def test_habits_come_from_the_settings() -> None:
    """Quiet hours, run days and the pre-run reminder are read; nonsense is not."""
    settings: dict[str, bool | int | float | str] = {
        "quiet_from": "22:30",
        "quiet_to": "late",
        "pre_run": True,
        "run_days.sat": True,
        "run_days.sun": False,
    }
    found = habits_of(Runner(zone="Asia/Tokyo", settings=settings), "UTC", 0)

    assert found == Habits(
        "Asia/Tokyo", time(22, 30), time(8), pre_run=True, run_days=frozenset({"sat"}), spread_s=0
    )


def test_a_spread_is_small_stable_and_different() -> None:
    """A herd does not stand up at 18:00:00, and each person keeps their own minute."""
    spreads = {spread_of(number, 240) for number in range(200)}

    assert len(spreads) > 100
    assert max(spreads) < timedelta(minutes=4)
    assert spread_of(7, 240) == spread_of(7, 240)
    assert spread_of(7, 0) == timedelta()


@pytest.mark.parametrize(
    ("plan", "at", "day"),
    [
        (Plan("k", "n", at=NOW), NOW, "2026-03-02"),
        (Plan("k", "n", at_local=time(18)), NOW.replace(hour=18), "2026-03-02"),
        (Plan("k", "n", at_local=time(11)), NOW.replace(day=3, hour=11), "2026-03-03"),
        (Plan("k", "n", on=date(2026, 3, 9)), NOW.replace(day=9, hour=18), "2026-03-09"),
        (
            Plan("k", "n", at_local=time(18), weekdays=("sun",)),
            NOW.replace(day=8, hour=18),
            "2026-03-08",
        ),
        (
            Plan("k", "n", at_local=time(18), weekdays=("mon",), on=date(2026, 3, 3)),
            NOW.replace(day=9, hour=18),
            "2026-03-09",
        ),
        (Plan("k", "n", at_local=time(22)), NOW.replace(day=3, hour=8), "2026-03-02"),
        (Plan("k", "n", at_local=time(22), exempt=True), NOW.replace(hour=22), "2026-03-02"),
    ],
)
def test_when_a_plan_falls_due(plan: Plan, at: datetime, day: str) -> None:
    """An instant, the next such time, a date, weekdays; the night waits for the morning."""
    assert first_instant(plan, HABITS, NOW, 1) == (at, day)
