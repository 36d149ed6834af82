"""What concerns a club, when the platform is asked for somebody's rank, and odd events."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking.clubhouse import EVERYONE, PRIVATE
from bot.club import tokens
from bot.club.leaving import member_left
from bot.club.state import Club, Draft
from bot.club.step import club_named, club_step, concerns, needs_rank
from bot.club.turn import Edit, Held, MakeEvent, Post, Tell
from bot.conversation.event import Due, Event, Happening, Person, Place, Presence, Said, Tapped
from bot.conversation.state import Runner
from bot.conversation.turn import Retire, Say
from tests.club.meeting import MONDAY, content, heard, press, say, tap, with_run

GROUP, ALONE = Place("t", "g", private=False), Place("t", "p")


def event(what: Happening, where: Place = GROUP) -> Event:
    """Something that happens to somebody."""
    return Event("1", Person("t", "7"), where, what)


@pytest.mark.parametrize(
    ("what", "where", "its_own"),
    [
        (Tapped("!club:go:42-7@A"), GROUP, True),
        (Tapped("!club:go:42-7@A"), ALONE, True),
        (Tapped("!right"), GROUP, False),
        (Tapped("=side:left"), ALONE, False),
        (Said("/run Thu 7pm Park"), ALONE, True),
        (Said("/start club42"), ALONE, True),
        (Said("/start"), ALONE, False),
        (Said("/help"), ALONE, False),
        (Said("next run"), ALONE, False),
        (Said("club runs"), ALONE, True),
        (Said("my calves hurt"), ALONE, False),
        (Said("my calves hurt"), GROUP, True),
        (Presence("joined"), GROUP, True),
        (Presence("joined"), ALONE, False),
        (Due("digest:", "club_digest"), GROUP, True),
        (Due("morning:x", "morning"), ALONE, False),
    ],
)
def test_what_concerns_a_club(what: Happening, where: Place, its_own: bool) -> None:
    """By the form of the event alone; in private only what is said to a club in full."""
    assert concerns(event(what, where)) is its_own


def test_words_in_private_concern_a_club_while_a_draft_waits() -> None:
    """The runtime knows of the draft and says so."""
    assert concerns(event(Said("7pm"), ALONE), drafting=True)


@pytest.mark.parametrize(
    ("what", "asked"),
    [
        (Tapped("!club:go:1-7@A"), False),
        (Tapped("!club:fit:1-7"), False),
        (Tapped("!club:cancel_yes:1-7"), True),
        (Tapped("!club:on:1-0"), True),
        (Said("/next"), False),
        (Said("/run Thu"), True),
        (Said("/quiet"), True),
        (Said("hello"), False),
    ],
)
def test_the_platform_is_asked_only_where_it_matters(what: Happening, asked: bool) -> None:
    """A press on a run never costs a call to the platform."""
    held = Held(Club(1, on=True), (), (), 7, Runner())

    assert needs_rank(held, event(what)) is asked
    assert not needs_rank(Held(Club(1, named=("t:7",)), (), (), 7, Runner()), event(Said("/run x")))


def test_somebody_outside_the_group_learns_nothing_of_the_club() -> None:
    """A guessed link or button in our private chat: asked of the platform, then no club is known."""
    house = with_run()
    held = Held(house.clubs[1], (), tuple(house.runs[1].values()), 99, Runner(), rank="none")
    for what in (Said("/start club1"), Tapped("!club:runs:1-0"), Tapped("!club:go:1-1@A")):
        asked = event(what, ALONE)
        turn = club_step(content(), held, asked, MONDAY)

        assert needs_rank(held, asked)
        assert turn.club is None
        assert [type(one).__name__ for one in turn.effects] == ["Say"]
        assert not any("Park" in one.message.text for one in turn.effects if isinstance(one, Say))


def test_words_for_a_draft_ask_for_the_rank_again() -> None:
    """Somebody who is no admin any more cannot finish what they began."""
    held = Held(Club(1, on=True), (), (), 7, Runner(), draft=Draft("run", 1, asks="line"))

    assert needs_rank(held, event(Said("Thu 7pm")))


def test_the_club_that_an_event_names() -> None:
    """By its button or by the link; words alone name none."""
    assert club_named(event(Tapped("!club:go:42-7@A"), ALONE)) == 42
    assert club_named(event(Said("/start club42"), ALONE)) == 42
    assert club_named(event(Said("/next"), ALONE)) == 0


@settings(max_examples=60)
@given(
    st.from_regex(
        r"!club:[a-z_]{0,12}:?[0-9]{0,12}-?[0-9]{0,3}(@[\w=.:/-]{0,30})?", fullmatch=True
    ),
    st.sampled_from(("admin", "member-1")),
    st.booleans(),
)
def test_no_button_breaks_a_turn(token: str, name: str, private: bool) -> None:
    """Old, forged or half a token: there is an answer, and nobody else hears of it."""
    house = with_run()
    press(house, name, token, PRIVATE if private else "#runs")

    assert tokens.read(token) is None or house.said


@settings(max_examples=30)
@given(
    st.text(max_size=60),
    st.sampled_from(("", "/run ", "/setup ", "/quiet ", "/organiser ", "/share ")),
)
def test_no_words_break_a_turn(text: str, command: str) -> None:
    """Whatever is typed in a group or to a draft."""
    house = with_run()
    say(house, "admin", command + text)
    say(house, "admin", text)

    assert not [one for one in house.said if one.how == "post"]


def test_one_press_is_one_edit_and_one_answer() -> None:
    """Many presses are many edits of the same key, so that the runtime can make them few."""
    house = with_run()
    press(house, "member-1", "!club:go:1-1@A")

    assert [type(one).__name__ for one in house.effects] == ["Edit", "Say"]
    assert [one.key for one in house.effects if isinstance(one, Edit)] == ["run:1"]
    press(house, "member-1", "!club:go:1-1@A")
    assert [type(one).__name__ for one in house.effects] == ["Say"]


def test_a_post_takes_its_preview_away_and_makes_an_event() -> None:
    """The private preview has done its work; buttons under posts are never taken off."""
    house = with_run()

    assert {Retire, Post, MakeEvent} <= {type(one) for one in house.effects}
    for token in ("!club:go:1-1@A", "!club:fit:1-1", "!club:felt:1-1@good"):
        press(house, "member-1", token)
        assert not any(isinstance(one, Retire) for one in house.effects)


def test_only_those_who_asked_are_told_and_never_twice() -> None:
    """A change is told once to each who goes and asked; the organiser who made it is not told."""
    house = with_run()
    for name in ("admin", "member-1", "member-2"):
        press(house, name, "!club:go:1-1@A")
    for name in ("admin", "member-1"):
        tap(house, name, "Tell me if it changes")
    press(house, "admin", "!club:edit:1-1")
    say(house, "admin", "Fri 8pm")
    press(house, "admin", "!club:save:1-1")

    told = [one.runner for one in house.effects if isinstance(one, Tell)]
    assert told == [house.someone("member-1").number]


def test_a_member_who_is_deleted_leaves_no_trace_in_the_counts() -> None:
    """The runtime asks for this turn when somebody deletes everything."""
    house = with_run("/run Thu 7pm Park 5k; max 1")
    for name in ("member-1", "member-2"):
        press(house, name, "!club:go:1-1@A")
    tap(house, "member-2", "Tell me if it changes")
    number = house.someone("member-1").number
    held = Held(house.clubs[1], (), tuple(house.runs[1].values()), number, Runner())

    turn = member_left(content(), held, event(Said("/delete"), ALONE), MONDAY)

    assert turn.club is not None
    assert number not in {one.runner for one in turn.club.members}
    assert number not in {one.runner for run in turn.runs for one in run.rsvps}
    assert [type(one).__name__ for one in turn.effects] == ["Edit", "Tell"]


def test_buttons_of_a_run_work_after_weeks_or_say_why_not() -> None:
    """An old post is answered plainly, and nothing changes."""
    house = with_run()
    house.wait(timedelta(days=20))

    assert "That run is over" in press(house, "member-1", "!club:go:1-1@A")
    assert not [one for one in house.said if one.to == EVERYONE]
    assert "Only counts" in press(house, "member-1", "!club:felt:1-1@good")


def test_an_edit_that_drops_an_option_keeps_everybody() -> None:
    """Whoever chose what is gone goes with the first option."""
    house = with_run()
    press(house, "member-1", "!club:go:1-1@B")
    press(house, "admin", "!club:edit:1-1")
    say(house, "admin", "8k easy")
    press(house, "admin", "!club:save:1-1")

    assert "Going 1" in heard(house)
    assert house.runs[1][1].rsvps[0].choice == "A"
