"""Two people of the terminal become one runner by a code."""

from pathlib import Path

from tests.harness.chat import Chat
from tests.terminal.program import AT


def test_a_code_shown_to_one_is_typed_by_another(tmp_path: Path) -> None:
    """The core's own words on both sides: a code, then joined."""
    with Chat.here(tmp_path / "data", *AT) as chat:
        chat.say("/link")
        code = chat.last[0].text.split()[3]
        chat.as_("twin")
        chat.say(f"/link {code}")

        assert len(code) == 6
        assert code.isdigit()
        assert chat.last[0].kind == "link_joined"
