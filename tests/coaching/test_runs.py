from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.runs import Longest, Run, longest_run_30d
from bot.content.coaching import Coaching

TODAY = date(2026, 5, 31)


def ago(days: int, metres: float, **more: object) -> Run:
    """A run so many days ago."""
    return Run(TODAY - timedelta(days=days), metres, **more)  # type: ignore[arg-type]


runs = st.lists(
    st.builds(
        ago,
        st.integers(0, 70),
        st.floats(100, 40_000),
        light=st.sampled_from([None, "green", "amber", "red", "stop"]),
        sore_after=st.sampled_from([None, 0, 2, 3, 8]),
    ),
    max_size=12,
)


def test_the_longest_counts(coaching: Coaching) -> None:
    """The longest run of the window is found, in metres and seconds apart."""
    log = [
        Run(TODAY, 4000, 2000),
        Run(TODAY - timedelta(days=3), 7000),
        Run(TODAY - timedelta(days=9), None, 2700),
    ]

    assert longest_run_30d(log, TODAY, coaching.load) == Longest(7000, 2700)


def test_the_window_is_30_days(coaching: Coaching) -> None:
    """A run of 30 days ago counts, one of 31 days ago does not."""
    assert longest_run_30d([ago(30, 5000)], TODAY, coaching.load).distance_m == 5000
    assert longest_run_30d([ago(31, 5000)], TODAY, coaching.load).distance_m is None


def test_no_run_is_undefined(coaching: Coaching) -> None:
    """Without runs there is no longest run."""
    assert longest_run_30d([], TODAY, coaching.load) == Longest()


def test_a_future_run_does_not_count(coaching: Coaching) -> None:
    """A run after the day in question is left out."""
    assert longest_run_30d([ago(-1, 5000)], TODAY, coaching.load) == Longest()


def test_a_red_run_does_not_raise_it(coaching: Coaching) -> None:
    """A run that ended red leaves the longest run where it was."""
    log = [ago(10, 5000), ago(3, 9000, light="red")]

    assert longest_run_30d(log, TODAY, coaching.load).distance_m == 5000


def test_a_sore_spike_does_not_raise_it(coaching: Coaching) -> None:
    """A run over the cap that was followed by soreness does not count; without soreness it does."""
    base = ago(10, 5000)

    assert (
        longest_run_30d([base, ago(3, 5600, sore_after=3)], TODAY, coaching.load).distance_m == 5000
    )
    assert (
        longest_run_30d([base, ago(3, 5600, sore_after=2)], TODAY, coaching.load).distance_m == 5600
    )


def test_soreness_within_the_cap_does_no_harm(coaching: Coaching) -> None:
    """A run of exactly the cap counts even when it was followed by soreness."""
    log = [ago(10, 5000), ago(3, 5500, sore_after=6)]

    assert longest_run_30d(log, TODAY, coaching.load).distance_m == 5500


def test_first_sore_run_after_a_break_does_not_count(coaching: Coaching) -> None:
    """With nothing to build on, a run that made the calves sore does not set the base."""
    log = [ago(60, 10_000), ago(1, 9656, sore_after=7)]

    assert longest_run_30d(log, TODAY, coaching.load) == Longest()


@given(log=runs)
def test_it_is_one_of_the_good_runs(coaching: Coaching, log: list[Run]) -> None:
    """The longest run is always a run of the window that did not end red."""
    good = {
        run.distance_m
        for run in log
        if run.day >= TODAY - timedelta(days=30) and run.light not in {"red", "stop"}
    }

    assert longest_run_30d(log, TODAY, coaching.load).distance_m in good | {None}


@given(log=runs, metres=st.floats(100, 40_000))
def test_a_red_run_never_raises_it(coaching: Coaching, log: list[Run], metres: float) -> None:
    """Adding a red run changes nothing."""
    before = longest_run_30d(log, TODAY, coaching.load)

    assert longest_run_30d([*log, ago(0, metres, light="red")], TODAY, coaching.load) == before


@given(log=runs)
def test_the_order_does_not_matter(coaching: Coaching, log: list[Run]) -> None:
    """A log of runs on different days gives the same in any order."""
    by_day = list({run.day: run for run in log}.values())
    forward = longest_run_30d(by_day, TODAY, coaching.load)

    assert longest_run_30d(by_day[::-1], TODAY, coaching.load) == forward
