"""Nothing of a member's own talk, log or lights ever reaches anybody else, whatever happens."""

from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checking.clubhouse import EVERYONE, PRIVATE, Clubhouse
from bot.conversation.event import Happening, Said, Tapped
from bot.conversation.log import Run
from tests.club.meeting import LINE, MONDAY, with_run

SECRETS = ("5.37", "3.3 mi", "swollen", "calves", "chest pain", "ibuprofen", "7 out of 10", "Wilma")
"""What members of these tests tell in private, or of their bodies in the group."""
SAID = (
    "ran 5.37 km yesterday, calves 7 out of 10",
    "my left calf is swollen",
    "I have chest pain",
    "I take ibuprofen for my calves",
    "/share", "/runs", "/next", "/help", "/club", "/leave", "help", "Wilma", "stop", "/delete",
)  # fmt: skip
PRESSED = (
    *(f"!club:go:1-1@{one}" for one in ("A", "B", "maybe", "cant")),
    *(f"!club:felt:1-1@{one}" for one in ("good", "tough", "sore")),
    *(f"!club:share:1-0@{one}" for one in ("sets", "weeks")),
    *(f"!club:longest:1-1@{one}" for one in ("none", "3_to_6")),
    "!club:fit:1-1", "!club:why:1-1", "!club:tell:1-1@yes", "!club:cal:1-1", "!club:log:1-1",
    "!right", "!flag_yes:swelling=one_leg", "!club:leave_yes:1-0@me",
)  # fmt: skip
DONE = st.one_of(st.sampled_from(SAID).map(Said), st.sampled_from(PRESSED).map(Tapped))
EVENTS = st.lists(
    st.tuples(st.sampled_from(("member-1", "member-2", "member-3")), st.booleans(), DONE,
              st.sampled_from((0, 0, 0, 30))),
    max_size=25,
)  # fmt: skip


def played(events: list[tuple[str, bool, Happening, int]], secret: bool) -> Clubhouse:
    """A club in which these things happen; `secret` gives member-1 a log of their own."""
    house = with_run(LINE)
    if secret:
        at = MONDAY - timedelta(days=2)
        stage = house.someone("member-1").stage
        run = Run("run-1", at.date(), at, 5370, light="red")
        log = stage.runner.log.with_entry(run)
        stage.runner = msgspec.structs.replace(stage.runner, log=log)
    for name, private, what, hours in events:
        house.happen(name, PRIVATE if private else "#runs", what)
        if hours:
            house.wait(timedelta(hours=hours))
    return house


@settings(max_examples=40)
@given(EVENTS)
def test_no_public_message_holds_anything_private(
    events: list[tuple[str, bool, Happening, int]],
) -> None:
    """Of all that everyone could read, nothing was told in private or of a body."""
    for text in played(events, secret=True).public():
        assert not [secret for secret in SECRETS if secret in text]


@settings(max_examples=25)
@given(EVENTS)
def test_what_everyone_reads_does_not_hang_on_anybodys_log(
    events: list[tuple[str, bool, Happening, int]],
) -> None:
    """With another log the same presses lead to the very same public messages."""
    assert played(events, secret=True).public() == played(events, secret=False).public()


@settings(max_examples=25)
@given(EVENTS)
def test_a_second_member_reads_nothing_that_was_said_to_the_first(
    events: list[tuple[str, bool, Happening, int]],
) -> None:
    """Whatever members 1 and 2 do, somebody who only looks on reads what everyone reads."""
    house = played([one for one in events if one[0] != "member-3"], secret=True)

    assert house.seen_by("member-3") == [
        one.message.text for one in house.read if one.to == EVERYONE
    ]
    assert all(one.to != "member-3" for one in house.read)


def test_public_messages_are_for_everyone_and_all_others_for_one() -> None:
    """The audience of each message says the same as the way it is sent."""
    house = played([("member-1", False, Tapped(one), 0) for one in PRESSED], secret=True)

    for one in house.read:
        assert (one.message.audience == "everyone_here") == (one.to == EVERYONE)
