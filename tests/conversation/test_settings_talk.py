"""Settings in conversation, above all the clock."""

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cities import city
from bot.conversation.event import Located
from bot.conversation.settings import clock_words, setting_words
from tests.conversation.coached import agreed, kinds, labels, press, say, shown_card, tap, wait


def test_the_clock_is_asked_before_the_first_check_in() -> None:
    """Without a time zone, agreeing asks for it; nothing is planned before it is known."""
    stage = shown_card(zone="")
    asked = tap(stage, "Looks good")
    before = dict(stage.planned.rows)
    text = say(stage, "Hamburg")

    assert "What time is it where you are?" in asked
    assert before == {}
    assert "So it is 19:40 for you" in text
    assert "the plan is yours" in text
    assert "nudge" in stage.planned.rows


def test_the_time_of_day_gives_a_choice_of_cities() -> None:
    """The time it is there offers cities with that clock; a tap sets the zone and reads it back."""
    stage = shown_card(zone="")
    tap(stage, "Looks good")
    say(stage, "18:40")
    offered = labels(stage)
    text = tap(stage, "London")

    assert offered[0] == "London"
    assert "So it is 18:40 for you" in text
    assert stage.runner.zone == "Europe/London"


def test_the_country_settles_the_zone() -> None:
    """With one zone of the country showing that time, no city is asked."""
    stage = agreed()
    stage.runner.settings["country"] = "IE"
    text = say(stage, "it is 6:40 pm here")

    assert "So it is 18:40 for you" in text
    assert stage.runner.zone == "Europe/Dublin"


def test_after_moving_the_nudge_stays_at_its_local_time() -> None:
    """18:00 stays 18:00 in the new zone."""
    stage = agreed()
    press(stage, "!put:zone@America/New_York")
    at = stage.planned.rows["nudge"][1]

    assert at == datetime(2026, 10, 15, 22, tzinfo=UTC)


def test_every_setting_can_be_changed_from_the_list() -> None:
    """/settings shows each setting, and each button asks one question."""
    stage = agreed()
    say(stage, "/settings")
    names = labels(stage)

    assert len(names) == 8
    for label in names:
        say(stage, "/settings")
        tap(stage, label)
        assert kinds(stage)[-1].startswith("prompt:ask_")


@pytest.mark.parametrize(
    ("button", "words", "says"),
    [
        ("Exercise time", "half past, 7:30 pm", "I write at 19:30"),
        ("Morning time", "7am", "I write at 07:00"),
        ("Quiet hours", "22 to 7", "22:00 to 07:00"),
        ("Units", "miles", "miles"),
        ("Country", "Ireland", "Ireland"),
    ],
)
def test_settings_are_read_back(button: str, words: str, says: str) -> None:
    """What is set in words is said back."""
    stage = agreed()
    say(stage, "settings")
    tap(stage, button)

    assert says in say(stage, words)


def test_run_days_are_toggled_and_move_the_plan() -> None:
    """Days are tapped on and off; without any day it asks again."""
    stage = agreed()
    say(stage, "settings")
    tap(stage, "Run days", "✓ Wednesday", "✓ Saturday", "✓ Sunday")
    none = tap(stage, "Done")
    tap(stage, "Tuesday")
    text = tap(stage, "Done")

    assert "at least one day" in none
    assert "Run days: Tuesday" in text


def test_the_reminder_comes_half_an_hour_before_the_run() -> None:
    """Asked for, with a time to run: at 06:30 there is nothing in quiet hours, at 17:30 there is."""
    stage = agreed()
    say(stage, "settings")
    tap(stage, "Reminder", "Yes")
    text = say(stage, "18:00")
    said = wait(stage, days=2)

    assert "half an hour before" in text
    assert said.startswith("Today: 5 min walk")


@given(st.times())
def test_a_written_time_reads_back(at: time) -> None:
    """Every time written as HH:MM reads back as itself."""
    assert clock_words.time_of(f"{at:%H:%M}") == time(at.hour, at.minute)


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("6.40 pm", time(18, 40)),
        ("12 am", time(0)),
        ("noonish", None),
        ("25:10", None),
        ("13 pm", None),
    ],
)
def test_times_in_words(words: str, at: time | None) -> None:
    """Usual ways to write a time are read; what is none gives nothing."""
    assert clock_words.time_of(words) == at


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("new york", "America/New_York"),
        ("München", "Europe/Berlin"),
        ("Nowhereville", None),
        ("x", None),
    ],
)
def test_a_city_gives_its_zone(name: str, zone: str | None) -> None:
    """Cities are found by any spelling; an unknown one is none."""
    found = city(name)

    assert (found.zone if found else None) == zone


def test_a_shared_location_sets_the_clock_and_the_plan_goes_on() -> None:
    """A zone from a shared place answers the question about the clock; the plan is planned."""
    stage = shown_card(zone="")
    tap(stage, "Looks good")
    stage.happen(Located("Europe/Paris"))

    assert stage.runner.zone == "Europe/Paris"
    assert "plan_agreed_next" in kinds(stage)
    assert "nudge" in stage.planned.rows


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("write at 19:00", "Kept. Exercises: I write at 19:00."),
        ("nudge me at 7pm", "Kept. Exercises: I write at 19:00."),
        ("please remind me at 7", "Kept. Exercises: I write at 19:00."),
        ("mornings at 9", "Kept. Mornings: I write at 09:00."),
        ("quiet from 20:00 to 8", "Kept. Quiet hours: 20:00 to 08:00."),
        ("no messages after 10pm", "Kept. Quiet hours: 22:00 to 08:00."),
        ("I run Tuesdays and Fridays only", "Kept. Run days: Tuesday and Friday."),
        ("use miles", "Kept. Units: miles."),
        ("country: Germany", "Kept. Country, for emergency numbers: Germany."),
        ("no reminder before runs", "Kept. Reminder before a run: no."),
    ],
)
def test_settings_are_heard_in_words_at_any_time(words: str, kept: str) -> None:
    """A setting in words is kept and read back with its value, though nothing asked for it."""
    stage = agreed()

    assert say(stage, words) == kept


def test_a_setting_in_the_middle_of_a_question_does_not_lose_it() -> None:
    """A time to be nudged at is no soreness of 7, and the question is put again."""
    stage = agreed()
    asked = wait(stage, days=4)
    text = say(stage, "nudge me at 7pm")

    assert "How sore are your calves" in asked
    assert "I write at 19:00" in text
    assert labels(stage)[-3:] == ["5 or more", "Later today", "Skip"]
    assert "1 of 3" in tap(stage, "0 to 2")


def test_a_time_in_the_quiet_hours_is_kept_and_said() -> None:
    """22:00 is in the quiet hours: that is said, with the button that changes them."""
    stage = agreed()
    text = say(stage, "write at 10pm")

    assert "I write at 22:00. But I do not write in your quiet hours, 21:00 to 08:00." in text
    assert labels(stage) == ["Settings", "Quiet hours"]


@pytest.mark.parametrize(
    "words", ["I ran 5 km at 7pm", "ran tuesdays and fridays last week", "3", "km", "I run 5 miles"]
)
def test_what_is_more_than_a_setting_is_none(words: str) -> None:
    """A run at 7 in the evening sets no clock."""
    assert setting_words.told(words, (time(21), time(8)), coached=True) is None
