import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.ladder import couch_to_5k, ladder_session, level_within
from bot.content.coaching import Coaching

RUN_MINUTES = [0, 6, 8, 9, 10, 12, 15, 16, 18, 20, 22, 24, 26, 28, 30]


@pytest.mark.parametrize(("level", "minutes"), list(enumerate(RUN_MINUTES)))
def test_running_minutes_of_every_level(coaching: Coaching, level: int, minutes: int) -> None:
    """Each level has the running minutes of 4.3."""
    assert ladder_session(level, coaching.ladder).run_s == minutes * 60


def test_level_1(coaching: Coaching) -> None:
    """Level 1 is 5 minutes' walk, 6 times 1 minute run and 2 walk, and 5 minutes' walk."""
    session = ladder_session(1, coaching.ladder)
    only = session.sets[0]

    assert (session.walk_before_s, session.walk_after_s) == (300, 300)
    assert (only.run_s, only.walk_s, only.times, len(session.sets)) == (60, 120, 6, 1)
    assert session.total_s == 28 * 60


def test_level_0_is_a_walk(coaching: Coaching) -> None:
    """Level 0 is 30 minutes of walking in all."""
    session = ladder_session(0, coaching.ladder)

    assert (session.run_s, session.total_s, session.longest_block_s) == (0, 1800, 0)


def test_level_9_has_three_blocks(coaching: Coaching) -> None:
    """Level 9 is 8, 6 and 6 minutes with 2 minutes' walk between."""
    sets = ladder_session(9, coaching.ladder).sets

    assert [(one.run_s, one.walk_s) for one in sets] == [(480, 120), (360, 120), (360, 0)]


@pytest.mark.parametrize("level", [-1, 15])
def test_outside_the_ladder(coaching: Coaching, level: int) -> None:
    """There is no level below 0 or above 14."""
    with pytest.raises(ValueError, match="0 to 14"):
        ladder_session(level, coaching.ladder)


@given(seconds=st.integers(0, 3000))
def test_level_within(coaching: Coaching, seconds: int) -> None:
    """The highest level that fits has no more running, and the next one has more."""
    level = level_within(seconds, coaching.ladder)

    assert coaching.ladder.level[level].run_s <= seconds
    assert level == 14 or coaching.ladder.level[level + 1].run_s > seconds


def test_couch_to_5k_as_published(coaching: Coaching) -> None:
    """9 weeks of 3 runs; week 4 has 16 minutes of running, the last run 30 in one go."""
    steps = couch_to_5k(coaching.ladder, sore_calf=False)

    assert [step.run for step in steps] == [1, 2, 3] * 9
    assert steps[9].session.run_s == 16 * 60
    assert steps[14].session.longest_block_s == 20 * 60
    assert steps[-1].session.longest_block_s == 30 * 60


def test_couch_to_5k_for_a_sore_calf(coaching: Coaching) -> None:
    """Weeks 3 and 4 come twice, and 10/2/10 and 13/1/7 come before the 20 minutes."""
    steps = couch_to_5k(coaching.ladder, sore_calf=True)
    put_in = [step.session for step in steps if step.run is None]
    twice = [step.week for step in steps if step.repeat]

    assert twice == [3, 3, 3, 4, 4, 4]
    assert [session.longest_block_s for session in put_in] == [600, 780]
    assert [session.run_s for session in put_in] == [1200, 1200]
    assert steps[[step.run for step in steps].index(None) + 2].session.longest_block_s == 1200


def test_steep_points_are_the_published_runs(coaching: Coaching) -> None:
    """The two steep places are what the runs themselves say."""
    steps = couch_to_5k(coaching.ladder, sore_calf=False)
    run_time, block = coaching.ladder.c25k_steep

    assert (steps[8].session.run_s, steps[9].session.run_s) == (run_time.before_s, run_time.after_s)
    assert steps[13].session.longest_block_s == block.before_s
    assert steps[14].session.longest_block_s == block.after_s
    for one in coaching.ladder.c25k_steep:
        assert round((one.after_s / one.before_s - 1) * 100) == one.percent
