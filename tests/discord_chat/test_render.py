"""Text, buttons and receipts as Discord takes them, without a network."""

from datetime import UTC, datetime

import aiohttp
import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord import words
from adapters.discord.choices import read_choices
from adapters.discord.club_commands import CLUB_COMMANDS
from adapters.discord.commands import COMMANDS, Translations
from adapters.discord.deliver import LIMITS
from adapters.discord.failures import receipt_of
from adapters.discord.items import view_of
from adapters.discord.render import LONGEST, MARK, chosen_under, escaped, markdown
from bot.conversation.fit import fit
from bot.conversation.message import Button, Strong, When, Words, message
from bot.runtime.adapter import Bug, Gone, Later, Unsure
from bot.runtime.settings import Settings, SettingsError
from tests.platforms.discord_checks import check_message

AT = datetime(2026, 5, 7, 19, 0, tzinfo=UTC)


# ---------------------------------------------------------------- text
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5.2 km (easy) - 3/10!", "5.2 km (easy) - 3/10!"),
        ("*a* _b_ ~~c~~ `d` ||e||", r"\*a\* \_b\_ \~\~c\~\~ \`d\` \|\|e\|\|"),
        ("<@1> <t:1:R> [x](y)", r"\<@1> \<t:1:R> \[x\](y)"),
        ("# big\n> quoted\n-# small", "\\# big\n\\> quoted\n\\-# small"),
        ("https://a.org/x_y_z*", "https://a.org/x_y_z*"),
        ("half \ud83d", "half ?"),
    ],
)
def test_words_are_shown_as_they_are(text: str, shown: str) -> None:
    """No word turns into markup; figures and links stay readable."""
    assert escaped(text) == shown


def test_bold_and_times() -> None:
    """A heading is bold without its spaces; a moment is shown in the reader's own clock."""
    parts = (Strong("Hi \n"), Words("at "), When(AT, "19:00"), Words(" "), When(AT, "Thu 7 May"))

    assert markdown(parts) == "**Hi** \nat <t:1778180400:t> <t:1778180400:D>"


def test_what_was_chosen_replaces_what_was_chosen_before() -> None:
    """Pressed again, the newer choice stands alone."""
    once = chosen_under("Sore?", "Left")

    assert once == f"Sore?{MARK}**Left**"
    assert chosen_under(once, "Both") == f"Sore?{MARK}**Both**"
    assert chosen_under("x" * 1999, "Both") == "x" * 1999


@given(st.text(max_size=4500))
def test_any_text_fits(text: str) -> None:
    """Whatever is said, every piece is within Discord's length and can be sent."""
    for piece in fit(message(text), LIMITS):
        shown = markdown(piece.parts)
        assert len(shown) <= LONGEST
        shown.encode("utf-8")


# ---------------------------------------------------------------- buttons
@pytest.mark.parametrize("count", [1, 5, 6, 24, 25, 26, 30, 125])
@pytest.mark.parametrize("write", [True, False])
async def test_any_number_of_choices_is_allowed(count: int, write: bool) -> None:
    """From 1 to 125 choices, Discord would take the message, and none is missing."""
    buttons = [Button(f"A rather long label, number {n}", f"=many:{n}") for n in range(count)]
    (fitted,) = fit(message("Which?", *buttons), LIMITS)
    view = view_of(fitted.rows, write=write)
    assert view is not None
    components = view.to_components()

    check_message({"content": "Which?", "components": components}, files=0)
    inner = [item for row in components for item in row["components"]]
    tokens = [item["custom_id"] for item in inner if item["type"] == 2]
    tokens += [option["value"] for item in inner if item["type"] == 3 for option in item["options"]]
    assert [token for token in tokens if token != "words"] == [each.token for each in buttons]


async def test_a_token_that_comes_twice_is_one_button() -> None:
    """Discord refuses a custom_id twice, so it is shown once."""
    view = view_of([[Button("One", "=q:a"), Button("The same", "=q:a")]], write=True)
    assert view is not None

    assert [item.custom_id for item in view.children] == ["=q:a", "words"]  # type: ignore[attr-defined]


async def test_no_buttons_no_view() -> None:
    """A message without buttons has none."""
    assert view_of([]) is None


# ---------------------------------------------------------------- receipts
class _Answer:
    def __init__(self, status: int) -> None:
        self.status, self.reason = status, "x"


def _refusal(status: int, code: int) -> discord.HTTPException:
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    return kind(_Answer(status), {"code": code, "message": "left calf"})


@pytest.mark.parametrize(
    ("error", "receipt"),
    [
        (_refusal(403, 50007), Gone("direct messages are closed")),
        (_refusal(403, 50278), Gone("no server in common")),
        (_refusal(403, 50001), Gone("no access to the channel")),
        (_refusal(404, 10003), Gone("the channel is gone")),
        (_refusal(403, 40003), Later(60.0)),
        (_refusal(429, 0), Later(60.0, everyone=True)),
        (_refusal(401, 0), Later(60.0, everyone=True)),
        (_refusal(503, 0), Unsure("503")),
        (_refusal(400, 50035), Bug("Discord refused it: 400, code 50035")),
        (discord.RateLimited(45.0), Later(45.0)),
        (aiohttp.ServerDisconnectedError(), Unsure("ServerDisconnectedError")),
        (TimeoutError(), Unsure("TimeoutError")),
    ],
    ids=str,
)
def test_what_an_error_means(error: Exception, receipt: object) -> None:
    """Each refusal is one of the four words, and repeats nothing that was said."""
    assert receipt_of(error) == receipt


def test_a_connection_that_was_never_made() -> None:
    """Nothing was sent, so it may be sent again without a doubt."""
    error = aiohttp.ClientConnectorError(None, OSError())  # type: ignore[arg-type]

    assert receipt_of(error) == Later()


# ---------------------------------------------------------------- settings and texts
@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"DISCORD_API_URL": "localhost:8082"}, "DISCORD_API_URL should start with http://"),
        ({"DISCORD_GATEWAY_URL": "http://x"}, "DISCORD_GATEWAY_URL should start with ws://"),
    ],
)
def test_wrong_settings_are_named(values: dict[str, str], named: str) -> None:
    """A wrong address is one sentence with its name."""
    with pytest.raises(SettingsError, match=named):
        read_choices(Settings(discord_token="word", values=values))


def test_a_token_in_two_words_is_named() -> None:
    """A token that was copied badly is found before anything connects."""
    with pytest.raises(SettingsError, match="DISCORD_TOKEN should be one long word"):
        read_choices(Settings(discord_token="two words"))


async def test_command_texts_in_other_languages() -> None:
    """A language the owner turned on has every command, name and description."""
    german = Translations(("en", "de"))
    every = COMMANDS | CLUB_COMMANDS
    for text in [*every, *every.values(), "line", "days", "who", "role"]:
        made = await german.translate(
            discord.app_commands.locale_str(text),
            discord.Locale.german,
            None,  # type: ignore[arg-type]
        )
        assert made, text
        assert len(made) <= 100
    none = await Translations(("en",)).translate(
        discord.app_commands.locale_str("menu"),
        discord.Locale.german,
        None,  # type: ignore[arg-type]
    )
    assert none is None


def test_what_everyone_sees_names_no_body_part() -> None:
    """The pointer under a mention says nothing about anybody."""
    public = f"{words.ANSWERED_IN_PRIVATE} {words.SHOW_IT_HERE}".lower()

    assert not any(part in public for part in ("calf", "calves", "sore", "pain", "leg"))
