"""What the owner sets, and how a wrong value is named."""

import re
from pathlib import Path

import pytest

from bot.runtime.settings import NAMES, SettingsError, read, unknown


def test_nothing_set_is_fine(tmp_path: Path) -> None:
    """Every setting has a default."""
    settings = read({}, tmp_path / ".env")

    assert settings.data == Path("data")
    assert settings.zone == "UTC"
    assert settings.telegram_token == ""


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """A file for every day, the environment for once."""
    file = tmp_path / ".env"
    file.write_text("HEELDROP_DATA=from-file\nHEELDROP_ZONE=Europe/London\nTELEGRAM_TOKEN=1:a\n")
    settings = read({"HEELDROP_DATA": "from-environment"}, file)

    assert settings.data == Path("from-environment")
    assert settings.zone == "Europe/London"
    assert settings.telegram_token == "1:a"


def test_tokens_are_never_shown(tmp_path: Path) -> None:
    """Printing the settings prints no secret."""
    settings = read({"TELEGRAM_TOKEN": "123:secret", "DISCORD_TOKEN": "hidden"}, tmp_path / ".env")

    assert "secret" not in repr(settings)
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("HEELDROP_ZONE", "Mars", "a time zone"),
        ("HEELDROP_CONTENT", "no/such/folder", "a folder"),
        ("HEELDROP_LANGUAGES", "english", "two letters"),
        ("HEELDROP_LOG_LEVEL", "loud", "one of debug"),
        ("HEELDROP_METRICS_PORT", "99999", "a port"),
        ("HEELDROP_BACKUPS_KEPT", "0", "a whole number"),
        ("TELEGRAM_RATE_PER_SECOND", "fast", "a number above 0"),
        ("DISCORD_RATE_PER_SECOND", "-1", "a number above 0"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str, wanted: str, tmp_path: Path) -> None:
    """The sentence says which setting, what it should be, and what it is."""
    with pytest.raises(SettingsError) as caught:
        read({name: value}, tmp_path / ".env")

    assert name in str(caught.value)
    assert wanted in str(caught.value)
    assert value in str(caught.value)


def test_an_adapter_reads_its_own(tmp_path: Path) -> None:
    """Any other setting is found by its full name."""
    settings = read({"TELEGRAM_API_URL": " http://x "}, tmp_path / ".env")

    assert settings.get("TELEGRAM_API_URL") == "http://x"
    assert settings.get("DISCORD_API_URL", "none") == "none"


def test_a_misspelt_name_is_known_as_such(tmp_path: Path) -> None:
    """Names of ours with typing errors are told; names of other programs are not looked at."""
    file = tmp_path / ".env"
    file.write_text("TELEGRAM_TOKN=x\nHEELDROP_BACKUP_KEPT=3\nHEELDROP_ZONE=UTC\nPATHS=1\n")

    assert unknown(file) == ("TELEGRAM_TOKN", "HEELDROP_BACKUP_KEPT")


def test_every_name_of_the_example_is_known() -> None:
    """.env.example and the program know the same settings."""
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")

    assert set(re.findall(r"^# ([A-Z]+_[A-Z_]+)=", example, re.MULTILINE)) == set(NAMES)
