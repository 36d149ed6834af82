"""Who may post runs: admins, named people, and everyone with a named role."""

import pytest

from bot.club.rights import may_organise
from bot.club.state import Club
from bot.conversation.event import Person

CLUB = Club(1, named=("discord:&77", "discord:5"))


@pytest.mark.parametrize(
    ("who", "rank", "roles", "may"),
    [
        ("1", "admin", (), True),
        ("5", "member", (), True),
        ("1", "member", ("76", "77"), True),
        ("1", "member", ("76",), False),
        ("77", "member", (), False),
        ("1", "unknown", (), False),
    ],
)
def test_who_may_post_runs(who: str, rank: str, roles: tuple[str, ...], *, may: bool) -> None:
    """A role counts as a role, and a person's number is no role's."""
    assert may_organise(CLUB, Person("discord", who), rank, roles) == may
