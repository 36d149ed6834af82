"""The one render function, under any text at all."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.render import chosen_under, html, plain
from bot.conversation.message import Part, Strong, When, Words
from tests.platforms.telegram_markup import parse

NASTY = st.text(st.sampled_from("<>&\"'_*[]()~`>#+-=|{}.!\\/ab 5;\n\u202e\u200d🙂é\ud800\x00"))
TEXTS = st.one_of(st.text(), NASTY)
MOMENTS = st.integers(0, 4_000_000_000).map(lambda unix: datetime.fromtimestamp(unix, UTC))
PARTS = st.one_of(
    st.builds(Words, TEXTS), st.builds(Strong, TEXTS), st.builds(When, MOMENTS, TEXTS)
)


@given(st.lists(PARTS, max_size=8))
def test_any_parts_are_read_as_they_were_written(parts: list[Part]) -> None:
    """Telegram accepts the markup, has nothing to complain of, and shows the same words."""
    seen = parse(html(parts), "HTML")

    assert seen.error is None
    assert seen.careless == []
    assert seen.text.strip() == parse(plain(parts), None).text.strip()


@given(st.lists(PARTS, max_size=4), TEXTS)
def test_any_choice_can_be_written_under_any_message(parts: list[Part], chosen: str) -> None:
    """The choice is shown once, however often it is made."""
    once = chosen_under(html(parts), chosen)
    seen = parse(once, "HTML")

    assert seen.error is None
    assert seen.careless == []
    if "\n\n✓ " not in chosen:
        assert chosen_under(once, chosen) == once


def test_no_more_entities_than_telegram_keeps() -> None:
    """A message of two hundred strong words keeps its words; the last ones are plain."""
    seen = parse(html([Strong(f"w{number} ") for number in range(200)]), "HTML")

    assert len(seen.entities) <= 100
    assert seen.text.count("w") == 200


def test_a_moment_shows_as_much_as_its_words_do() -> None:
    """A time alone stays a time, a day alone stays a day."""
    at = datetime(2026, 5, 7, 18, 30, tzinfo=UTC)

    def form(text: str) -> str:
        (entity,) = parse(html([When(at, text)]), "HTML").entities
        assert entity["unix_time"] == int(at.timestamp())
        return str(entity["date_time_format"])

    assert form("20:30") == "t"
    assert form("8:30 pm") == "t"
    assert form("Thursday") == "wD"
    assert form("Thursday 18:30") == "wDt"
