"""A misread sentence: offered once, shown whole, given only with a yes."""

import msgspec
import pytest

from bot.checking.talk import Stage
from bot.conversation.event import Event, Person, Place, Said, Tapped
from bot.conversation.gifts.masking import masked
from bot.conversation.state import Runner
from bot.conversation.step import step
from bot.conversation.turn import Donate
from tests.conversation.coached import START, content, heard, labels, press, say, tap

STORY = "Hi Sarah, ran 5 miles yesterday, my calves are sore 4/10"
GIVE = "Give this sentence"


def told(story: str = STORY) -> Stage:
    """A runner whose story waits to be read back."""
    stage = Stage(content(), START, Runner(id="r1", zone="Europe/London", settings={"units": "mi"}))
    say(stage, story)
    return stage


def fixed() -> Stage:
    """The distance was put right with [Fix]."""
    stage = told()
    tap(stage, "Fix", "how far you ran")
    say(stage, "3 miles")
    return stage


def given(stage: Stage, what: Said | Tapped) -> list[Donate]:
    """What this would have the store keep apart; the stage stays as it is."""
    event = Event("next", Person("script", "runner"), Place("script", "chat"), what, stage.now)
    turn = step(stage.content, stage.conversation, stage.runner, event, stage.now)
    return [effect for effect in turn.effects if isinstance(effect, Donate)]


def yes_button(stage: Stage) -> Tapped:
    """The press of [Yes, give it]."""
    button = stage.button("Yes, give it")
    assert button is not None
    return Tapped(button.token)


def test_nothing_is_offered_without_a_correction() -> None:
    """A read-back that is right has no such button, nor has one that is only being fixed."""
    stage = told()
    assert GIVE not in labels(stage)

    tap(stage, "Fix")
    assert GIVE not in labels(stage)


@pytest.mark.parametrize("correction", ["no wait, 3 miles not 5", "sorry, it was 3 miles"])
def test_a_correction_in_words_is_offered_too(correction: str) -> None:
    """The corrected read-back has the button, and shows the first reading."""
    stage = told()
    say(stage, correction)
    assert GIVE in labels(stage)

    shown = tap(stage, GIVE)
    assert "I read: 5 miles" in shown
    assert "You put it right: 3 miles" in shown


def test_it_is_offered_once() -> None:
    """The next read-back has no such button, and fixing the same sentence again brings none."""
    stage = fixed()
    assert labels(stage).count(GIVE) == 1

    say(stage, "what do you mean?")
    assert GIVE not in labels(stage)
    tap(stage, "Fix", "how far you ran")
    say(stage, "4 miles")
    assert GIVE not in labels(stage)


def test_all_of_it_is_shown_before_the_yes() -> None:
    """The words, the reading, the correction, the month, and that it cannot be found again."""
    stage = fixed()
    shown = tap(stage, GIVE)
    (gift,) = given(stage, yes_button(stage))

    assert labels(stage) == ["Yes, give it", "No"]
    assert "cannot be found again to be deleted" in shown
    assert gift.sentence in shown
    assert gift.sentence == "Hi [name], ran 5 miles yesterday, my calves are sore 4/10"
    assert (gift.language, gift.month) == ("en", "2026-10")
    assert gift.corrected == {"run_distance_m": pytest.approx(4828, abs=1)}
    assert gift.read["run_date"] == "yesterday"
    assert gift.read["pain_now"] == 4


def test_a_typed_yes_gives_it_and_the_talk_goes_on() -> None:
    """Yes in words counts once it is shown; then the read-back waits as before."""
    stage = fixed()
    tap(stage, GIVE)
    assert len(given(stage, Said("yes"))) == 1

    said = say(stage, "yes")
    assert "Thank you" in said
    assert "3 miles" in said
    assert stage.conversation.misread is None


@pytest.mark.parametrize(
    "answer", [Said("no"), Said("3"), Said("right"), Said("ok"), Tapped("!right")]
)
def test_nothing_but_a_yes_gives_it(answer: Said | Tapped) -> None:
    """No, and anything else, keeps nothing, and the sentence is let go."""
    stage = fixed()
    tap(stage, GIVE)
    assert given(stage, answer) == []

    stage.happen(answer)
    assert stage.conversation.misread is None


def test_offering_and_showing_give_nothing() -> None:
    """Only the last press has something stored."""
    stage = fixed()
    button = stage.button(GIVE)
    assert button is not None

    assert given(stage, Tapped(button.token)) == []


def test_an_old_yes_gives_no_other_sentence() -> None:
    """A button of an earlier offer says that the sentence is gone."""
    stage = fixed()
    tap(stage, GIVE)
    old = yes_button(stage)
    tap(stage, "No", "Right")
    assert given(stage, old) == []
    assert "no longer have that sentence" in press(stage, old.token)


def test_the_sentence_goes_with_the_read_back() -> None:
    """After [Right] nothing of the sentence is left in the conversation but the words read."""
    stage = fixed()
    written = msgspec.json.encode(stage.conversation)
    tap(stage, "Right")

    assert b"[name]" in written
    assert b"[name]" not in msgspec.json.encode(stage.conversation)


def test_a_warning_sign_comes_before_any_offer() -> None:
    """With a card, nothing is offered."""
    stage = told()
    tap(stage, "Fix", "how far you ran")
    said = say(stage, "3 miles, and I have chest pain now")

    assert GIVE not in labels(stage)
    assert stage.conversation.misread is None
    assert said == heard(stage)


def test_privacy_says_it() -> None:
    """What is kept names the sentences that were given."""
    assert "cannot be found again" in say(told(), "/privacy")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("@dave_runs said rest", "[name] said rest"),
        ("<@123456789> ran 5k", "[name] ran 5k"),
        ("ring me on 07700 900123", "ring me on [number]"),
        ("ran 10k in 52:30", "ran 10k in 52:30"),
        ("order 1234567, 123456 steps", "order [number], 123456 steps"),
        ("mail ann.b@example.org", "mail [name]"),
        ("my name is ann, ran 5k", "my name is [name], ran 5k"),
        ("ran with Mark on Sunday", "ran with [name] on Sunday"),
        (
            "My mate zebedee ran. Zebedee's calf is sore",
            "My mate [name] ran. [name]'s calf is sore",
        ),
        ("I'm sore and I don't run", "I'm sore and I don't run"),
        ("[Zed] ran 1,234,567 steps", "[[name]] ran [number] steps"),
        ("I'm paranoid. I'm Zed", "I'm paranoid. I'm [name]"),
    ],
)
def test_names_and_numbers_are_masked(text: str, kept: str) -> None:
    """Names, mentions, addresses and numbers over 6 digits are hidden, and nothing else."""
    words = {
        "said",
        "rest",
        "ran",
        "ring",
        "me",
        "on",
        "in",
        "order",
        "steps",
        "mail",
        "my",
        "mark",
    }
    words |= {"name", "is", "with", "sunday", "mate", "calf", "sore", "and", "i", "run", "do"}

    assert masked(text, frozenset(words)) == kept
