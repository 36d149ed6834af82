"""The digest and the counts after a run: numbers only, of those who may be counted."""

import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.club.sharing import totals
from bot.club.state import Member
from bot.conversation.log import Exercise
from bot.conversation.message import Message
from bot.conversation.state import Runner
from tests.club.meeting import MONDAY, content, heard, press, say, tap, with_run

FELT = st.lists(
    st.tuples(st.integers(1, 8), st.sampled_from(("good", "tough", "sore"))), max_size=14
)


def digest_of(house_posts: dict[str, Message]) -> str:
    """The text of the digest that was posted."""
    return next(one.text for key, one in house_posts.items() if "/digest:" in key)


def test_it_counts_runs_people_and_first_timers_once() -> None:
    """Who goes twice is one person; who went last week is no first-timer this week."""
    house = with_run("/run every Thu 7pm Park 10k easy; 4k walk-run")
    say(house, "admin", "/run Fri 7pm Lake 12k; max 1")
    tap(house, "admin", "Post")
    for name in ("member-1", "member-2"):
        press(house, name, "!club:go:1-1@A")
        press(house, name, "!club:go:1-2@A")  # the second one waits: one place
    house.wait(timedelta(days=6, hours=9))
    assert "2 runs, 2 people, 2 first-timers" in digest_of(house.posts)

    press(house, "member-1", "!club:go:1-3@B")
    press(house, "member-3", "!club:go:1-3@B")
    house.wait(timedelta(days=7))
    assert "1 run, 2 people, 1 first-timer" in heard(house)


def test_it_tells_no_distance_and_no_name() -> None:
    """Neither what was run nor by whom, however many shared something else."""
    house = with_run()
    for number in range(1, 5):
        press(house, f"member-{number}", "!club:go:1-1@A")
        say(house, f"member-{number}", "/share", "private")
        tap(house, f"member-{number}", "Count my weeks", "private")
    house.wait(timedelta(days=6, hours=9))
    told = digest_of(house.posts)

    assert not re.search(r"\d (?:km|mi|k)\b|member|Out this week", told)
    assert re.search(r"This week: 1 run, 4 people", told)


def test_a_name_that_is_taken_back_goes_from_every_digest() -> None:
    """The last one is told anew with the other names; older ones keep their figures and no name."""
    house = with_run("/run every Thu 7pm Park 10k")
    for name, shown in (("member-1", "Ann"), ("member-2", "Ben")):
        press(house, name, "!club:go:1-1@A")
        say(house, name, "/share", "private")
        tap(house, name, "Show a name", "private")
        say(house, name, shown, "private")
    house.wait(timedelta(days=6, hours=9))
    for name in ("member-1", "member-2"):
        press(house, name, "!club:go:1-2@A")
    house.wait(timedelta(days=7))
    digests = [key for key in house.posts if "/digest:" in key]
    assert len(digests) == 2
    assert all("Ann" in house.posts[key].text and "Ben" in house.posts[key].text for key in digests)

    say(house, "member-1", "/share", "private")
    tap(house, "member-1", "Stop showing my name", "private")

    older, last = (house.posts[key].text for key in sorted(digests))
    assert "Ann" not in older + last
    assert "Ben" not in older
    assert "Ben" in last
    assert "1 run, 2 people" in older


def test_nothing_is_posted_where_there_is_nothing_to_tell() -> None:
    """A club without runs stays silent on Sundays."""
    house = with_run()
    house.wait(timedelta(days=7))
    house.wait(timedelta(days=14))

    assert house.said == []


def test_a_total_is_of_those_who_share_that_kind() -> None:
    """Sets of the week by those who share sets; nobody sharing is no total at all."""
    done = [
        Exercise(f"e{day}", MONDAY - timedelta(days=day), "heel-drop-straight", "done", "start")
        for day in (1, 3, 20)
    ]
    skipped = Exercise("s", MONDAY, "heel-drop-straight", "skipped", "start")
    runner = Runner(id="1", zone="Europe/London")
    for entry in (*done, skipped):
        runner = Runner(id="1", zone="Europe/London", log=runner.log.with_entry(entry))
    doses = {dose.id: dose.sets for dose in content().exercises["heel-drop-straight"].doses}
    each = doses.get("start", 1)
    sharing = [
        (Member(1, MONDAY, ("sets",)), runner),
        (Member(2, MONDAY, ("weeks",)), runner),
        (Member(3, MONDAY, ("name",), "Bo"), runner),
    ]

    found = totals(content(), sharing, MONDAY)

    assert found is not None
    assert (found.people, found.sets) == (2, 2 * each)
    assert totals(content(), sharing[2:], MONDAY) is None


@settings(max_examples=15)
@given(FELT)
def test_soreness_is_never_shown_under_five_answers(felt: list[tuple[int, str]]) -> None:
    """Whatever is pressed by whom, the word is not there until five have answered."""
    house = with_run()
    press(house, "member-1", "!club:go:1-1@A")
    house.wait(timedelta(hours=82))
    answered: dict[int, str] = {}
    for number, choice in felt:
        press(house, f"member-{number}", f"!club:felt:1-1@{choice}")
        answered[number] = choice
        counts = house.posts["1/after:1"].text.partition("\n")[2]
        enough = len(answered) >= content().club.counts.sore_from
        assert ("Sore" in counts) == enough
        if enough:
            sore = list(answered.values()).count("sore")
            assert counts.endswith(f"Sore {sore}")


@pytest.mark.parametrize("people", [2, 3])
def test_a_team_total_needs_enough_people(people: int) -> None:
    """Of two who share, each could work out the other's figures; so it is not shown."""
    house = with_run()
    for number in range(1, people + 1):
        name = f"member-{number}"
        press(house, name, "!club:go:1-1@A")
        say(house, name, "/share", "private")
        tap(house, name, "Count my sets", "private")
        stage = house.someone(name).stage
        entry = Exercise("e", MONDAY + timedelta(days=2), "heel-drop-bent", "done")
        stage.runner = Runner(
            id=stage.runner.id, zone=stage.runner.zone, log=stage.runner.log.with_entry(entry)
        )
    house.wait(timedelta(days=6, hours=9))

    assert (f"Together, {people} of us: 3 heel-drop sets" in digest_of(house.posts)) == (
        people == 3
    )
