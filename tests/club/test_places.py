"""Where a club's runs are posted, which group is left, and what a group did not take."""

from datetime import timedelta

from msgspec.structs import replace

from bot.checking.clubhouse import Clubhouse
from bot.club import tokens
from bot.club.state import Club, Spot
from bot.club.turn import Held, PlanClub, Post
from bot.conversation.event import Event, Person, Place, Tapped
from bot.conversation.state import Runner
from bot.runtime.club_held import group_of
from tests.club.meeting import club, press, say, tap, with_run

EVENING = "#runs/evening"


def posted(house: Clubhouse) -> list[str]:
    """The keys of what was posted last."""
    return [one.key for one in house.effects if isinstance(one, Post)]


def test_setup_in_another_topic_offers_to_move_there_and_posts_the_runs_to_come() -> None:
    """Nothing moves before an admin says so; then the place is new, and the runs are posted in it."""
    house = with_run()
    assert "Shall I post them here" in say(house, "admin", "/setup", EVENING)
    assert house.clubs[1].spots[0].place.thread == ""
    token = tokens.write("here", 1)
    assert "admins of this group" in press(house, "member-1", token, EVENING)
    assert "Setting up" in tap(house, "admin", "Post here", EVENING)
    assert [one.place.thread for one in house.clubs[1].spots] == ["evening"]
    assert posted(house) == ["run:1"]
    assert "Setting up" in say(house, "admin", "/setup", EVENING)
    assert posted(house) == []


def test_the_offer_to_move_works_where_its_answer_is_in_the_private_chat() -> None:
    """Telegram answers /setup in private: the button there names the topic."""
    house = with_run()
    house.clubs[1] = replace(house.clubs[1], spots=(Spot(Place("script", "-100", private=False)),))
    say(house, "admin", "/setup", "-100/7")
    tap(house, "admin", "Post here", "private")
    assert [one.place.thread for one in house.clubs[1].spots] == ["7"]
    assert posted(house) == ["run:1"]


def test_a_second_group_on_the_same_platform_moves_nothing_of_the_first() -> None:
    """A club may have two groups on one platform: /setup in one leaves the other where it is."""
    house = club()
    say(house, "admin", "/code")
    say(house, "admin", "/setup 424242", "#track")
    say(house, "admin", "/setup", "#track")
    assert [one.place.chat for one in house.clubs[1].spots] == ["#runs", "#track"]


def test_of_two_groups_on_one_platform_the_one_that_was_meant_is_left() -> None:
    """[Yes, leave] names its group, so that it works in private too, with the rank of that group."""
    house = club()
    say(house, "admin", "/code")
    say(house, "admin", "/setup 424242", "-200")
    say(house, "admin", "/leave", "-200")
    longest = tokens.write("leave_yes", 999_999_999, choice=tokens.of_group("-1009999999999"))
    assert len(longest) <= 64
    assert "is removed" in tap(house, "admin", "Yes, leave", "private")
    assert [one.place.chat for one in house.clubs[1].spots] == ["#runs"]


def test_rank_is_asked_in_the_group_that_a_button_names() -> None:
    """An admin of one group of a club is not thereby one of the other."""
    groups = tuple(Spot(Place("p", chat, private=False)) for chat in ("-100", "-200"))
    held = Held(Club(1, spots=groups), (), (), 1, Runner())
    token = tokens.write("leave_yes", 1, choice=tokens.of_group("-200"))
    event = Event("1", Person("p", "x"), Place("p", "x"), Tapped(token))
    assert group_of(event, held) == groups[1].place


def test_a_question_or_a_digest_the_group_did_not_take_is_told_once() -> None:
    """Whoever posted the runs hears of it in private; of a second one in the same week nothing."""
    house = with_run()
    told = []
    for kind, data in (
        ("club_digest_refused", {"day": "2026-05-10"}),
        ("club_after_refused", {"run": "1"}),
    ):
        house.planned[1, "refused:x"] = (house.now, PlanClub("refused:x", kind, data=data))
        house.wait(timedelta())
        told.append([(one.to, one.how) for one in house.said])
    assert told == [[("admin", "tell")], []]
