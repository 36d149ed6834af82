"""Raw updates as what they mean; every kept payload goes through."""

from typing import Any

import pytest
from telegram import Update

from adapters.telegram.receive import Arrived, ChatMoved, Me, Nameless, receive
from bot.conversation.event import Dropped, Located, Presence, Said, Tapped
from tests.platforms.payload_files import names, payload

ME = Me(123456, "heeldrop_test_bot")
MEANT = {
    "anonymous_admin": Nameless,
    "bot_added": Presence("joined"),
    "bot_added_service": None,
    "bot_blocked": Presence("blocked"),
    "bot_kicked": Presence("removed"),
    "bot_promoted": None,
    "bot_unblocked": Presence("returned"),
    "callback_query": Tapped("swelling=none"),
    "callback_query_group": Tapped("rsvp:47:yes"),
    "callback_query_inaccessible": Tapped("swelling=one_leg"),
    "channel_post": None,
    "document": Dropped("activities.csv", "incoming/734218011.csv", 29),
    "document_too_large": Dropped("long_run.gpx", "", 24_117_248),
    "edited_message": None,
    "group_command": Said("/run 5 km 28:30"),
    "group_reply_to_bot": Said("5 km, easy"),
    "location": Located("Europe/London"),
    "member_joined": None,
    "migrate_from": ChatMoved("-4000002", "-1002004000002"),
    "migrate_to": ChatMoved("-4000002", "-1002004000002"),
    "private_command": Said("/heel"),
    "private_message": Said('My left calf is sore since the 5 km on Sunday 🙂 <3 & "worse"'),
    "start": Said("/start"),
    "start_with_payload": Said("/start k7Qm2xWb9s"),
    "topic_message": Said("/heel"),
}
ADA = {"id": 7, "is_bot": False, "first_name": "Ada", "language_code": "pt-br"}
GROUP = {"id": -100, "type": "supergroup", "title": "Club"}
BOT = {"id": 123456, "is_bot": True, "first_name": "Heeldrop", "username": "heeldrop_test_bot"}


@pytest.mark.parametrize("name", names("telegram"))
def test_every_kept_payload_means_what_its_note_says(name: str) -> None:
    """Each raw payload becomes the event that is expected of it, or nothing."""
    found = receive(_update(payload("telegram", name)["update"]), ME)

    expected = MEANT[name]
    if isinstance(found, Arrived):
        assert found.event.what == expected
        assert found.event.who.platform == found.event.where.platform == "telegram"
    else:
        assert found == expected or (expected is Nameless and isinstance(found, Nameless))


def test_no_payload_is_forgotten() -> None:
    """Every payload has an expectation, and every expectation a payload."""
    assert set(names("telegram")) == set(MEANT)


def test_a_topic_is_kept_and_an_ordinary_thread_is_not() -> None:
    """Only a forum's topic is part of the place."""
    in_topic = _said("/help", GROUP, message_thread_id=17, is_topic_message=True)
    in_thread = _said("/help", GROUP, message_thread_id=17)

    assert _event(in_topic).where.thread == "17"
    assert _event(in_thread).where.thread == ""


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("nice run today, my calf hurts", None),
        ("/help@other_bot", None),
        ("/somebody_elses", None),
        ("/help", "/help"),
        ("/odd@heeldrop_test_bot now", "/odd now"),
        ("hey @heeldrop_test_bot, my calf hurts", "hey, my calf hurts"),
        ("@heeldrop_test_bot", "/help"),
        ("@heeldrop_test_bots are fun", None),
    ],
)
def test_in_a_group_only_what_is_meant_for_us_is_read(text: str, heard: str | None) -> None:
    """Talk among members is dropped before anything of it is kept."""
    found = receive(_said(text, GROUP), ME)

    assert (found.event.what if isinstance(found, Arrived) else found) == (heard and Said(heard))


@pytest.mark.parametrize(
    "more",
    [
        {"from": {**ADA, "is_bot": True}},
        {"from": {"id": 777000, "is_bot": False, "first_name": "T"}, "is_automatic_forward": True},
    ],
)
def test_other_bots_and_channels_are_nobody(more: dict[str, Any]) -> None:
    """What a bot or a linked channel writes is not a person's."""
    assert receive(_said("/help", GROUP, **more), ME) is None


def test_a_language_has_two_letters() -> None:
    """Only the language of a language code is kept."""
    assert _event(_said("hi", {"id": 7, "type": "private"})).who.language == "pt"


@pytest.mark.parametrize(
    "body",
    [
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
        {"sticker": {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1,
                     "height": 1, "is_animated": False, "is_video": False}},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_handed_on_without_a_file(body: dict[str, Any]) -> None:
    """A voice message or a sticker is answered, but nothing of it is fetched."""
    update = _said(None, {"id": 7, "type": "private"}, **body)
    (kind,) = body

    assert _event(update).what == Dropped(kind, "", 0)


def test_the_words_under_a_picture_are_heard() -> None:
    """A caption is what was said."""
    photo = [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]
    update = _said(None, {"id": 7, "type": "private"}, photo=photo, caption="my calf")

    assert _event(update).what == Said("my calf")


@pytest.mark.parametrize("name", ["../../etc/passwd", "run.csv/../../x", "a.c\x00v", ""])
def test_a_files_name_never_says_where_it_is_put(name: str) -> None:
    """The path is made of the update's number, and at most a plain suffix."""
    document = {"file_id": "a", "file_unique_id": "b", "file_name": name, "file_size": 3}
    what = _event(_said(None, {"id": 7, "type": "private"}, document=document)).what

    assert isinstance(what, Dropped)
    assert what.path == "incoming/1"


def _said(text: str | None, chat: dict[str, Any], **more: Any) -> Update:
    message = {"message_id": 5, "date": 1_795_000_000, "chat": chat, "from": ADA, **more}
    if text is not None:
        message["text"] = text
    return _update({"update_id": 1, "message": message})


def _update(body: dict[str, Any]) -> Update:
    made = Update.de_json(body, None)
    assert made is not None
    return made


def _event(update: Update) -> Any:
    found = receive(update, ME)
    assert isinstance(found, Arrived)
    return found.event
