"""A run file in the terminal chat, with the samples of the README."""

from pathlib import Path

from tests.files.writing import SAMPLES, samples
from tests.harness.chat import Chat

AT = ("--at", "2026-10-12T10:00", "--zone", "Europe/London", "--units", "km")


def test_the_samples_are_read_back_and_kept(tmp_path: Path) -> None:
    """Sunday's run as GPX and as FIT is one run; the table fills the log."""
    with Chat.here(tmp_path / "data", *AT) as chat:
        chat.file(SAMPLES / "sunday.gpx")
        assert chat.last[-1].text == "I read: 6 km · 38 min · yesterday 8:10 · flat."
        chat.tap("Right")
        chat.file(SAMPLES / "sunday.fit")
        assert "I have that run already" in chat.text
        chat.file(SAMPLES / "year.csv")
        chat.tap("Right")
        assert "Done. 16 runs are in your log." in chat.text


def test_the_samples_are_what_our_code_writes() -> None:
    """Nothing in them comes from a real watch or a real place."""
    assert {path.name: path.read_bytes() for path in SAMPLES.iterdir()} == samples()
