"""A club in the terminal: set up, a run, presses, its thread, and nothing personal in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.harness.chat import Chat, Heard
from tests.terminal.program import AT


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Chat]:
    """A club that an admin has set up in #runs, with one run posted."""
    with Chat.here(tmp_path / "data", *AT) as chat:
        chat.as_("admin", "#runs")
        chat.say("/setup")
        chat.tap("Turn on")
        chat.say("/run Thu 7pm Town Hall 10k easy; 4k walk-run")
        chat.tap("Post")
        yield chat


def public(heard: list[Heard]) -> list[Heard]:
    """What everyone in the group sees."""
    return [one for one in heard if one.audience == "everyone_here"]


def test_the_post_is_changed_in_place(club: Chat) -> None:
    """Two members press: the same post says so, and each is answered alone."""
    (post,) = public(club.last)
    club.as_("member-2", "#runs")
    club.tap("Going A")
    club.as_("member-3", "#runs")
    heard = club.tap("Going B")
    (edited,) = public(heard)

    assert post.data.get("edited") is None
    assert edited.data["edited"] is True
    assert edited.tokens == post.tokens
    assert "Going 2" in edited.text
    assert "member" not in edited.text
    assert [one.to for one in heard if one.audience == "only_you_here"] == ["member-3"]


def test_only_an_admin_sets_up(tmp_path: Path) -> None:
    """Whoever is not called admin is told so, alone."""
    with Chat.here(tmp_path / "data", *AT) as chat:
        chat.as_("member-2", "#runs")
        heard = chat.say("/setup")

        assert public(heard) == []
        assert [one.kind for one in heard] == ["club_admins_only"]


def test_it_is_asked_about_in_the_runs_thread(club: Chat) -> None:
    """After the run: one post, in the thread of the run, and its buttons work there."""
    club.as_("member-2", "#runs")
    club.tap("Going A")
    asked = next(one for one in club.skip("8d") if one.place.startswith("#runs/"))
    club.as_("member-2", asked.place)
    heard = club.tap("Good")

    assert asked.labels[0] == "Good"
    assert public(heard)[0].data["edited"] is True
    assert public(heard)[0].place == asked.place


def test_a_body_is_spoken_of_in_private(club: Chat) -> None:
    """A kind line for all; the conversation itself is the one at home."""
    club.as_("member-2", "#runs")
    heard = club.say("my calves are killing me")
    club.as_("member-2", "private")
    club.say("/menu")

    assert len(public(heard)) == 1
    assert "cal" not in public(heard)[0].text.lower()
    assert club.state.get("answers") or "sore" in str(club.state)


def test_after_a_restart_everything_is_there(club: Chat) -> None:
    """The same data folder: the count goes on, and an old button works."""
    club.as_("member-2", "#runs")
    token = club.tap("Going A")[0].tokens and "!club:go:1-1@B"
    club.restart()
    club.as_("member-3", "#runs")
    (edited,) = public(club.tap(token or ""))

    assert "Going 2" in edited.text


def test_leaving_removes_it(club: Chat) -> None:
    """The goodbye, then nothing: the old buttons say that there is no club."""
    club.as_("admin", "#runs")
    club.say("/leave")
    heard = club.tap("Yes, leave")
    club.as_("member-2", "#runs")
    after = club.say("/next")

    assert heard[-1].text.startswith("(Heeldrop has left")
    assert public(after) == []
