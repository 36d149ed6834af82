"""A club in a Telegram group, from being added to the digest: everything through the real library."""

from datetime import timedelta
from pathlib import Path

from adapters.telegram.private import ANSWERED, MORE
from adapters.telegram.sending import OPEN
from bot.runtime.clock import MovableClock
from tests.platforms.specs import needs_telegram_spec
from tests.platforms.telegram_people import Person
from tests.platforms.telegram_server import TelegramServer
from tests.platforms.telegram_world import Message
from tests.telegram.club import MONDAY, NAME, RUN, TOPIC, Scene, scene

pytestmark = needs_telegram_spec


async def test_transcript_c(tmp_path: Path) -> None:
    """The club admin's week of product.md: set up, a run, who comes, how it was, the digest."""
    clock = MovableClock(MONDAY)
    topics = {TOPIC: "Runs", 18: "Talk"}
    async with (
        TelegramServer(now=clock.now) as server,
        scene(server, tmp_path, clock, started=False, topics=topics, bot=None) as club,
    ):
        await _added_and_set_up(club)
        post = await _run_posted(club)
        people = await _who_comes(club, post)
        await _afterwards(club, post, *people[:2])
        await club.until(MONDAY + timedelta(days=7))

        assert "This week: 1 run, 3 people, 3 first-timers." in club.posts()[-1].text
        public = club.seen().replace("Sore, privately", "").replace("@sore", "")
        for who in people:
            assert who.account.first_name not in public
            assert str(who.id) not in public
        assert "4.1" not in public
        assert "sore" not in public.lower()
        refused = {call.error for call in server.sent if not call.ok}
        assert refused == {"Forbidden: bot can't initiate conversation with a user"}


async def _added_and_set_up(club: Scene) -> None:
    lena, group = club.lena, club.group
    lena.adds_bot(group)
    await club.hand.step()
    (hello,) = club.posts()
    assert "I post club runs" in hello.text
    assert hello.buttons == ["Set up", OPEN]
    assert hello.keyboard[1][0]["url"] == "https://t.me/heeldrop_test_bot"

    # In private; the topic in which it was asked for is where runs are posted.
    await club.says(lena, f"/setup{NAME}", group, topic=TOPIC)
    lena.follows(OPEN, group)
    await club.hand.step()
    await club.says(lena, "London")
    card = lena.bot_messages()[-1]
    assert "I have all I need here" in card.text
    assert "Weekly digest: Sunday 18:00" in card.text
    await club.taps(lena, "Preview")
    await club.taps(lena, "Turn on")
    assert "It is on" in lena.bot_messages()[-1].text


async def _run_posted(club: Scene) -> Message:
    """In one line; nothing is posted before [Post]."""
    before = len(club.posts())
    await club.says(club.lena, RUN.replace("/run", f"/run{NAME}"), club.group, topic=TOPIC)
    assert "It is not posted yet" in club.lena.bot_messages()[-1].text
    assert len(club.posts()) == before
    await club.taps(club.lena, "Post")
    (post,) = club.posts()[before:]
    assert post.text.split("\n") == [
        "Thursday social run · Thu 7 May 19:00 (London) · Town Hall steps",
        "A) 10 km / 6.2 mi easy   B) 4 km / 2.5 mi walk-run",
        "Going 0 · Maybe 0",
    ]
    assert post.buttons == ["Going A", "Going B", "Maybe", "Can't", "Is this right for me?"]
    assert (post.thread_id, post.silent) == (TOPIC, True)
    return post


async def _who_comes(club: Scene, post: Message) -> tuple[Person, Person, Person]:
    """A pop-up for one, counts for all; what fits, from the runner's own log."""
    server, group = club.server, club.group
    ada, ben = server.person("Ada", started=True), server.person("Ben")
    cleo = server.person("Cleo", started=True)
    for each in (ada, ben, cleo):
        each.joins(group)
    await club.taps(ada, "Going A", group)
    assert ada.popups[-1].text == f"You are down for A, 10 km / 6.2 mi easy: Thu 7 May 19:00.{MORE}"
    await club.taps(ben, "Going B", group)
    assert post.text.endswith("Going 2 · Maybe 0")
    await club.says(cleo, "ran 4.1 km yesterday")
    await club.taps(cleo, "Right")
    await club.taps(cleo, "Is this right for me?", group)
    fits = "Longest in 30 days: 4.1 km. A is 2.4 times that. B fits."
    assert (cleo.popups[-1].text, cleo.popups[-1].alert) == (fits + MORE, True)
    await club.taps(cleo, "Is this right for me?", group)
    assert cleo.popups[-1].text == ANSWERED
    assert cleo.bot_messages()[-1].buttons == ["Going B", "Tell me why"]
    await club.taps(cleo, "Going B")
    assert post.text.endswith("Going 3 · Maybe 0")
    return ada, ben, cleo


async def _afterwards(club: Scene, post: Message, ada: Person, ben: Person) -> None:
    """Below the run's post, in its topic; soreness goes on in private, with the run filled in."""
    await club.until(MONDAY + timedelta(days=3, hours=10))
    after = club.posts()[-1]
    assert "How was it? Only counts are shown." in after.text
    assert (after.thread_id, after.reply_to) == (TOPIC, post)
    await club.taps(ada, "Good", club.group)
    assert "Good 1" in after.text
    await club.taps(ben, "Sore, privately", club.group)
    link = club.server.calls("answerCallbackQuery")[-1].params["url"]
    assert ben.bot_messages() == []
    ben.starts(link.partition("?start=")[2])
    await club.hand.step()
    (filled,) = ben.bot_messages()[-1:]
    assert filled.text == "I read: 4 km · today · sore."
    await club.taps(ben, "Right")
    assert len(ben.bot_messages()) > 1
