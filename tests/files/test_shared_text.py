"""The text that apps share is known by being nothing else."""

import pytest

from bot.files.shared_text import shared_run


@pytest.mark.parametrize(
    ("text", "metres", "seconds", "unit"),
    [
        ("Morning Run, 5.02 km, 27:31, 5:29/km", 5020, 1651, "km"),
        ("Morning Run\n5,02 km\n27:31\n5:29 /km", 5020, 1651, "km"),
        ("Check out my run on Strava: Afternoon Run 3.1 mi 29:05", 4989, 1745, "mi"),
        ("I just ran 5.0 km in 28:10, pace 5'38\"/km", 5000, 1690, "km"),
        ("Evening Run · 10.01 km · 1:02:13 · 6:13 /km · Elev 45 m", 10010, 3733, "km"),
        ("Distance: 6.2 mi, Time: 1:01:04, Pace: 9:51/mi", 9977.9, 3664, "mi"),
        ("Lunch Run 5.02 km 27m 31s https://app.example/activities/1", 5020, 1651, "km"),
    ],
)
def test_the_text_of_an_app_is_a_run(text: str, metres: float, seconds: float, unit: str) -> None:
    """Distance, time and unit; the pace is not taken for either."""
    found = shared_run(text)

    assert found is not None
    assert (found[0].distance_m, found[0].moving_s, found[1]) == (metres, seconds, unit)


@pytest.mark.parametrize(
    "text",
    [
        "ran 5 km yesterday, 31:00",
        "I ran 5 km in 27:31 and my calf hurts",
        "Morning Run, 5.02 km, 27:31, left calf sore",
        "ran 5 km at 7:10",
        "run 5 km tomorrow, 7:30",
        "5 km and 3 km in 40:00",
        "Morning Ride, 20.1 km, 55:00",
        "27:31",
        "x" * 1000,
    ],
)
def test_own_words_are_left_to_the_reader_of_words(text: str) -> None:
    """A day, a calf, a plan, another sport: not for here."""
    assert shared_run(text) is None
