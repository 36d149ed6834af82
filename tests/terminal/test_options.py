from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.terminal.options import local_zone, read


def test_without_options_data_is_kept_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plain command needs nothing."""
    monkeypatch.delenv("HEELDROP_DATA", raising=False)
    options = read([])

    assert (options.data, options.fresh, options.start, options.json) == (
        Path("data"),
        False,
        None,
        False,
    )


def test_every_option_is_read() -> None:
    """Each option lands in its field; a moment without a zone is on the local clock."""
    options = read(
        [
            "--data",
            "d",
            "--fresh",
            "--content",
            "c",
            "--at",
            "2026-05-07T18:40",
            "--zone",
            "Europe/London",
            "--units",
            "mi",
            "--json",
            "--plain",
        ]
    )

    assert (options.data, options.content) == (Path("d"), Path("c"))
    assert options.start == datetime(2026, 5, 7, 17, 40, tzinfo=UTC)
    assert options.zone == ZoneInfo("Europe/London")
    assert (options.units, options.fresh, options.json, options.plain) == ("mi", True, True, True)


@pytest.mark.parametrize(
    "wrong",
    [
        *(["--zone", "Europe/Atlantis"], ["--zone", "../etc"], ["--at", "soon"]),
        *(["--units", "leagues"], ["--unknown"], ["extra"]),
    ],
)
def test_a_wrong_option_is_a_sentence_and_exit_2(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names what was wrong."""
    with pytest.raises(SystemExit) as left:
        read(wrong)

    assert left.value.code == 2
    assert wrong[-1] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("tz", "zone"), [("Asia/Tokyo", "Asia/Tokyo"), (":Europe/Berlin", "Europe/Berlin")]
)
def test_the_machines_zone_is_found(monkeypatch: pytest.MonkeyPatch, tz: str, zone: str) -> None:
    """TZ names the zone, if it is set."""
    monkeypatch.setenv("TZ", tz)

    assert local_zone() == ZoneInfo(zone)


def test_a_machine_without_a_zone_is_on_utc_or_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """A TZ that names no zone is passed over."""
    monkeypatch.setenv("TZ", "Nowhere/Special")
    nonsense = local_zone()
    monkeypatch.delenv("TZ")

    assert nonsense == local_zone()
