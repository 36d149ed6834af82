"""The judges of calls: markup, and values against both descriptions."""

import re
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.platforms import specs
from tests.platforms.discord_schema import Schemas
from tests.platforms.specs import needs_discord_spec, needs_telegram_spec
from tests.platforms.telegram_markup import parse, utf16
from tests.platforms.telegram_spec import telegram_spec


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_is_read_as_it_was(text: str) -> None:
    """Whatever people are called, escaping makes it harmless."""
    read = parse(escape(text), "HTML")

    assert (read.text, read.error, read.careless) == (text.strip(), None, [])


@given(st.text(alphabet="ab😀 \n", min_size=1), st.text(alphabet="a😀 "))
def test_entities_point_at_what_they_mark(inside: str, before: str) -> None:
    """An entity's offset and length, in UTF-16 units, cut out the marked text."""
    read = parse(f"{before}<b>{inside}</b>", "HTML")

    cut = [
        read.text.encode("utf-16-le")[each["offset"] * 2 : (each["offset"] + each["length"]) * 2]
        for each in read.entities
    ]
    assert [each.decode("utf-16-le").strip() for each in cut] == [inside.strip()] * len(cut)
    assert bool(cut) == bool(inside.strip())


def test_utf16_counts_an_emoji_as_two() -> None:
    """Offsets on Telegram count as old phones do."""
    assert utf16("a😀") == 3


@needs_telegram_spec
@pytest.mark.parametrize(
    ("types", "value", "problem"),
    [
        (["Integer", "String"], True, "should be"),
        (["Boolean"], 1, "should be Boolean"),
        (["Array of Integer"], [1, "2"], r"\[1\] should be Integer"),
        (["BotCommandScope"], {"type": "chat"}, "chat_id is missing"),
        (["BotCommandScope"], {"type": "planet"}, "should be"),
        (["InlineKeyboardMarkup"], {"inline_keyboard": [[{}]]}, "text is missing"),
        (["User"], {"id": 1, "is_bot": False, "first_name": "A", "x": 1}, "x is not a field"),
    ],
)
def test_a_wrong_telegram_value_is_named(types: list[str], value: Any, problem: str) -> None:
    """The complaint says where and what."""
    found = "; ".join(telegram_spec().problems(types, value))

    assert re.search(problem, found)


@needs_telegram_spec
def test_the_smallest_value_of_every_answer_fits() -> None:
    """What methods nobody wrote out answer is itself as the description says."""
    spec = telegram_spec()
    for name in specs.load(specs.TELEGRAM)["types"]:
        if spec.fields(name):
            assert spec.problems(name, spec.smallest(name)) == [], name


SAMPLES: list[Any] = [
    {},
    5,
    None,
    {"content": "x"},
    {"content": "x" * 2001},
    {"content": None, "embeds": [{"title": "x", "fields": [{"name": "a", "value": "b"}]}]},
    {"embeds": [{"title": "x" * 257}]},
    {"components": [{"type": 1, "components": []}]},
    {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "x"}]}]},
    {"components": [{"type": 1, "components": [{"type": 2, "style": 7, "custom_id": "x"}]}]},
    {"components": [{"type": 99}]},
    {"allowed_mentions": {"parse": ["users", "users"]}},
    {"allowed_mentions": {"parse": ["users"], "users": ["5"]}},
    {"allowed_mentions": {"users": ["five"]}},
    {"nonce": 5, "flags": "x"},
    {"tts": "yes"},
]


@needs_discord_spec
@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize(
    "name", ["IncomingWebhookInteractionRequest", "IncomingWebhookUpdateRequestPartial"]
)
def test_the_quick_check_agrees_with_a_full_one(name: str, sample: Any) -> None:
    """Our checker and jsonschema come to the same answer, but for unknown fields."""
    raw = specs.load(specs.DISCORD)
    known = raw["components"]["schemas"][name]["properties"]
    if isinstance(sample, dict):
        sample = {key: value for key, value in sample.items() if key in known}
    full = Draft202012Validator({"$ref": f"#/components/schemas/{name}", **raw})

    quick = Schemas(raw["components"]["schemas"]).problem({"$ref": name}, sample)
    assert (quick is None) == full.is_valid(sample)
