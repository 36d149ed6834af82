from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.moment import LONGEST, NotAMoment, moment

LONDON = ZoneInfo("Europe/London")
THURSDAY = datetime(2026, 5, 7, 17, 40, tzinfo=UTC)  # 18:40 in London


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("18h", 18),
        ("30m", 0.5),
        ("2d", 48),
        ("1w", 168),
        ("1h30m", 1.5),
        ("1d 6h", 30),
        ("1 day and 2 hours", 26),
        ("1.5h", 1.5),
        ("  18H ", 18),
    ],
)
def test_a_length_is_elapsed_time(words: str, hours: float) -> None:
    """Lengths are read in the usual spellings and added to now."""
    assert moment(words, THURSDAY, LONDON) == THURSDAY + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("words", "local"),
    [
        ("until sat 9:00", "2026-05-09T09:00"),
        ("until Saturday 09:00", "2026-05-09T09:00"),
        ("until thu 20:00", "2026-05-07T20:00"),
        ("until thu 18:00", "2026-05-14T18:00"),
        ("until 18:00", "2026-05-08T18:00"),
        ("until 19:00", "2026-05-07T19:00"),
        ("until tomorrow 8:00", "2026-05-08T08:00"),
        ("until 2026-06-01 07:30", "2026-06-01T07:30"),
    ],
)
def test_until_is_the_next_such_moment_on_the_local_clock(words: str, local: str) -> None:
    """A day and a time are read in the runner's zone."""
    expected = datetime.fromisoformat(local).replace(tzinfo=LONDON).astimezone(UTC)

    assert moment(words, THURSDAY, LONDON) == expected


@pytest.mark.parametrize(
    "words",
    [
        *("", "soon", "18", "18x", "h18", "0h", "-2h", "400d", "999999w", "9" * 300 + "h"),
        *("until", "until sat", "until sat 25:00", "until blursday 9:00"),
        *("until 2020-01-01 9:00", "until 9999-12-31 23:59", "until 0001-01-01 0:00"),
    ],
)
def test_what_is_not_a_moment_is_refused_with_help(words: str) -> None:
    """Anything else is a sentence that says what to type, not another error."""
    with pytest.raises(NotAMoment) as refused:
        moment(words, THURSDAY, LONDON)

    assert str(refused.value).endswith(".")


@given(st.text(max_size=60))
def test_any_words_lead_forward_or_are_refused(words: str) -> None:
    """The clock never goes back and never jumps more than a year, whatever is typed."""
    try:
        then = moment(words, THURSDAY, LONDON)
    except NotAMoment:
        return

    assert THURSDAY < then <= THURSDAY + LONGEST
