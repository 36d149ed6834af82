from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.runs import Light
from bot.coaching.technique import Share, new_style_m, technique_entry, technique_share
from bot.content.coaching import Coaching

START = date(2026, 1, 5)
SHARES = {1: 5, 2: 5, 3: 10, 5: 15, 7: 20, 9: 25, 11: 30, 13: 40, 17: 55, 21: 75, 25: 100, 26: 100}
shares_lights = st.lists(
    st.tuples(
        st.integers(0, 200).map(lambda days: START + timedelta(days=days)),
        st.sampled_from(["green", "amber", "red", "stop"]),
    ),
    max_size=12,
)


def share(
    coaching: Coaching, day: int, *lights: tuple[int, Light], stop_pain: bool = False
) -> Share:
    """The share on a day (0 is the first) after lights on days."""
    dated = [(START + timedelta(days=when), light) for when, light in lights]
    return technique_share(
        START, dated, START + timedelta(days=day), coaching.technique, stop_pain=stop_pain
    )


@pytest.mark.parametrize(("week", "percent"), list(SHARES.items()))
def test_the_schedule(coaching: Coaching, week: int, percent: int) -> None:
    """Without trouble the share is that of the week in 5.2."""
    found = share(coaching, (week - 1) * 7)

    assert (round(found.share * 100), found.week, found.state) == (percent, week, "on")


def test_first_weeks_are_short(coaching: Coaching) -> None:
    """In weeks 1 and 2 it is 5 minutes a run and 2 runs at most; later no such limit."""
    assert (share(coaching, 13).max_run_s, share(coaching, 13).max_runs) == (300, 2)
    assert share(coaching, 14).max_run_s is None


def test_after_26_weeks_it_is_done(coaching: Coaching) -> None:
    """After the last week all of the distance is in the new style, and distance may grow."""
    found = share(coaching, 26 * 7)

    assert (found.state, found.share, found.distance_flat) == ("done", 1, False)


def test_distance_and_share_never_rise_together(coaching: Coaching) -> None:
    """Flat for 8 weeks, and in each first week of a higher share."""
    flat = [share(coaching, week * 7).distance_flat for week in range(12)]

    assert flat == [True] * 8 + [True, False, True, False]


def test_one_amber_holds(coaching: Coaching) -> None:
    """One amber holds the share for a week, then the schedule goes on a week later."""
    held = share(coaching, 16, (13, "amber"))

    assert (held.state, held.share) == ("held", 0.05)
    assert held.until == START + timedelta(days=20)
    assert share(coaching, 22, (13, "amber")).share == 0.10


def test_two_ambers_in_14_days_go_back(coaching: Coaching) -> None:
    """The second amber within 14 days goes to the step before; later ones only hold."""
    assert share(coaching, 44, (30, "amber"), (43, "amber")).share == 0.10
    assert share(coaching, 45, (30, "amber"), (44, "amber")).share == 0.15


def test_red_is_the_old_style_for_2_weeks(coaching: Coaching) -> None:
    """Red in week 13 (40%): 2 weeks of the old style, then 20%."""
    assert share(coaching, 84).share == 0.40
    off = share(coaching, 85, (84, "red"))

    assert (off.state, off.share, off.until) == ("old_style", 0, START + timedelta(days=98))
    assert share(coaching, 98, (84, "red")).state == "old_style"
    assert share(coaching, 99, (84, "red")).share == 0.20


def test_half_of_the_first_step(coaching: Coaching) -> None:
    """Red in week 1 restarts at half of the first share, and the second step is whole again."""
    assert share(coaching, 20, (3, "red")).share == pytest.approx(0.025)
    assert share(coaching, 40, (3, "red")).share == 0.10


def test_tendon_bone_or_toe_pain_stops_it(coaching: Coaching) -> None:
    """Achilles, foot-bone or toe pain ends the change."""
    found = share(coaching, 100, stop_pain=True)

    assert (found.state, found.share) == ("stopped", 0)


def test_before_it_began(coaching: Coaching) -> None:
    """Before the first day there is no share."""
    assert share(coaching, -1).state == "not_started"


def test_metres() -> None:
    """10% of 24 km is 2.4 km."""
    assert new_style_m(0.10, 24_000) == pytest.approx(2400)


@pytest.mark.parametrize(
    ("calm", "raises", "norm", "missing"),
    [
        (3, 20, 25, ()),
        (2, 20, 25, ("calm_weeks",)),
        (3, 19, 25, ("raises",)),
        (None, None, None, ("calm_weeks", "raises")),
    ],
)
def test_entry(
    coaching: Coaching,
    calm: int | None,
    raises: int | None,
    norm: int | None,
    missing: tuple[str, ...],
) -> None:
    """3 calm weeks and 80% of the norm are needed before week 1."""
    assert technique_entry(calm, raises, norm, coaching.technique) == missing


@given(lights=shares_lights, day=st.integers(0, 220))
def test_trouble_never_speeds_it_up(
    coaching: Coaching, lights: list[tuple[date, Light]], day: int
) -> None:
    """With any lights the share is never above the undisturbed one."""
    today = START + timedelta(days=day)
    with_lights = technique_share(START, lights, today, coaching.technique)

    assert 0 <= with_lights.share <= technique_share(START, [], today, coaching.technique).share


@given(lights=shares_lights, day=st.integers(0, 200))
def test_a_red_day_is_followed_by_the_old_style(
    coaching: Coaching, lights: list[tuple[date, Light]], day: int
) -> None:
    """The day after a red run is always a day of the old style."""
    red = START + timedelta(days=day)
    found = technique_share(
        START, [*lights, (red, "red")], red + timedelta(days=1), coaching.technique
    )

    assert found.share == 0
