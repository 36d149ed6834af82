"""A club in a Discord server, from being added to the digest: everything through the real library."""

from datetime import timedelta
from pathlib import Path

from adapters.discord import words
from bot.runtime.clock import MovableClock
from tests.discord_chat.club import MONDAY, RUN, Scene, scene
from tests.platforms.discord_people import Member
from tests.platforms.discord_server import DiscordServer
from tests.platforms.discord_world import CREATE_PUBLIC_THREADS, Message
from tests.platforms.specs import needs_discord_spec

pytestmark = needs_discord_spec


async def test_transcript_c(tmp_path: Path) -> None:
    """The club admin's week of product.md: set up, a run, who comes, how it was, the digest."""
    clock = MovableClock(MONDAY)
    async with (
        DiscordServer(now=clock.now) as server,
        scene(server, tmp_path, clock, inside=False) as club,
    ):
        await _added_and_set_up(club)
        post = await _run_posted(club)
        people = await _who_comes(club, post)
        await _afterwards(club, post, *people[:2])
        await club.until(MONDAY + timedelta(days=7))

        assert "This week: 1 run, 3 people, 3 first-timers." in club.posts()[-1].text
        public = club.seen().replace("Sore, privately", "").replace("@sore", "")
        for who in people:
            assert who.user.name not in public
            assert str(who.id) not in public
        assert "4.1" not in public
        assert "sore" not in public.lower()
        assert {call.error for call in server.sent} == {None}
        assert (server.thinking, server.unanswered) == ([], [])


async def _added_and_set_up(club: Scene) -> None:
    server, lena, guild = club.server, club.lena, club.guild
    server.deny(club.runs, CREATE_PUBLIC_THREADS)
    server.add_bot(guild)
    await club.step()
    (hello,) = club.posts(guild.channels[0])
    assert "I post club runs" in hello.text
    assert hello.buttons == ["Set up"]

    asked = await club.slash(lena, "setup")
    assert asked.ephemeral_for is lena.user
    assert asked.buttons == [words.WRITE]
    card = await club.writes(lena, "London")
    assert "Missing here:\nMaking threads. Without it I answer below the run." in card.text
    assert "Weekly digest: Sunday 18:00" in card.text
    server.allow(club.runs, CREATE_PUBLIC_THREADS)
    card = await club.slash(lena, "setup")
    assert "I have all I need here" in card.text
    await club.taps(lena, "Preview")
    done = await club.taps(lena, "Turn on")
    assert "It is on" in done.text
    assert done.ephemeral_for is lena.user
    assert club.posts() == []


async def _run_posted(club: Scene) -> Message:
    """By a form; nothing is posted before [Post]."""
    preview = await club.form(club.lena)
    assert "It is not posted yet" in preview.text
    assert (preview.ephemeral_for, club.posts()) == (club.lena.user, [])
    await club.taps(club.lena, "Post")
    assert preview.buttons == []
    (post,) = club.posts()
    stamp = int((MONDAY + timedelta(days=3, hours=7)).timestamp())
    assert post.text.split("\n") == [
        f"**Thursday social run** · <t:{stamp}:f> · Town Hall steps",
        "A) 10 km / 6.2 mi easy   B) 4 km / 2.5 mi walk-run",
        "Going 0 · Maybe 0",
    ]
    assert post.buttons == ["Going A", "Going B", "Maybe", "Can't", "Is this right for me?"]
    assert post.silent
    assert post.pings == []
    (event,) = club.guild.events.values()
    assert (event.name, event.location) == (RUN["Title"], RUN["Where"])
    return post


async def _who_comes(club: Scene, post: Message) -> tuple[Member, Member, Member]:
    """A few words for one, counts for all; what fits, from the runner's own log."""
    server, guild = club.server, club.guild
    ada, ben, cleo = (server.member(name, guild) for name in ("Ada", "Ben", "Cleo"))
    ben.closes_dms()
    told = await club.taps(ada, "Going A")
    assert told.text == "You are down for A, 10 km / 6.2 mi easy: Thu 7 May 19:00."
    assert told.ephemeral_for is ada.user
    assert told.buttons == ["Tell me if it changes", "Calendar"]
    await club.taps(ben, "Going B")
    assert post.text.endswith("Going 2 · Maybe 0")
    await club.slash(cleo, "coach", {"words": "ran 4.1 km yesterday"})
    await club.taps(cleo, "Right")
    fits = await club.taps(cleo, "Is this right for me?")
    assert fits.text == "Longest in 30 days: 4.1 km. A is 2.4 times that. B fits."
    assert fits.ephemeral_for is cleo.user
    assert fits.buttons == ["Going B", "Tell me why"]
    await club.taps(cleo, "Going B", message=fits)
    assert post.text.endswith("Going 3 · Maybe 0")
    return ada, ben, cleo


async def _afterwards(club: Scene, post: Message, ada: Member, ben: Member) -> None:
    """In the post's thread; soreness goes on in private, with the run filled in, DMs open or not."""
    await club.until(MONDAY + timedelta(days=3, hours=10))
    thread = club.guild.channels[-1]
    assert (thread.id, thread.name, thread.parent) == (post.id, RUN["Title"], club.runs)
    (after,) = club.posts(thread)
    assert after.text == "How was it? Only counts are shown."
    await club.taps(ada, "Good", thread)
    assert after.text.endswith("Good 1 · Tough 0")
    filled = await club.taps(ben, "Sore, privately", thread)
    assert filled.text == "I read: 4 km · today · sore."
    assert filled.ephemeral_for is ben.user
    before = len(ben.bot_messages(thread))
    await club.taps(ben, "Right", thread)
    assert len(ben.bot_messages(thread)) > before
    assert (club.posts(thread), ben.bot_messages()) == ([after], [])
