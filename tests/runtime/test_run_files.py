"""Reading a dropped file in a process of its own: whatever it does there, it costs nothing here."""

import asyncio
import io
import zipfile
from asyncio.subprocess import Process
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.event import Dropped, Event, Happening
from bot.conversation.state import Conversation, Runner
from bot.conversation.turn import Turn
from bot.files.activity import LARGEST, FileRead
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.runtime.run_files import FileReader
from tests.files.runs import Outing
from tests.files.writing import fit
from tests.runtime.world import START, happens

BAD = "tests.files.bad_workers"


def a_file(folder: Path, data: bytes) -> Dropped:
    """A file as an adapter hands it over."""
    path = folder / "dropped"
    path.write_bytes(data)
    return Dropped("run.gpx", str(path), len(data))


async def read(what: Dropped, *, worker: str = "", limit_s: float = 20.0) -> FileRead:
    """What is read from it."""
    reader = FileReader(limit_s, worker) if worker else FileReader(limit_s)
    found = (await reader.read(what)).read
    assert found is not None
    return found


async def test_a_file_is_read_whatever_its_name(tmp_path: Path) -> None:
    """A FIT file that calls itself GPX is a FIT file."""
    found = await read(a_file(tmp_path, fit(Outing(every_s=30))))

    assert (found.kind, found.activities[0].distance_m) == ("fit", 6000)


@pytest.mark.parametrize(
    ("deed", "problem"),
    [
        ("hang", "too_slow"),
        ("eat", "too_large_inside"),
        ("die", "damaged"),
        ("write", "too_large_inside"),
        ("babble", "damaged"),
        ("shout", "too_large_inside"),
    ],
)
async def test_a_worker_that_goes_wrong_is_ended(tmp_path: Path, deed: str, problem: str) -> None:
    """It hangs, eats memory, dies, writes, talks nonsense or without end: each time an answer."""
    limit_s = 1.0 if deed == "hang" else 20.0
    found = await read(a_file(tmp_path, deed.encode()), worker=BAD, limit_s=limit_s)

    assert found.problem == problem


async def test_the_worker_is_given_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No token is in its environment."""
    monkeypatch.setenv("TELEGRAM_TOKEN", "1:secret")

    assert (await read(a_file(tmp_path, b"secrets"), worker=BAD)).others == {"": 0}


async def test_a_file_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    """Whether its size was told, or told wrongly."""
    path = tmp_path / "large"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    assert (await read(Dropped("large", "", 40_000_000))).problem == "too_large"
    assert (await read(Dropped("large", str(path), 12))).problem == "too_large"


async def test_a_bomb_goes_off_in_the_worker(tmp_path: Path) -> None:
    """A small .zip of 100 MB of nothing is named."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("run.gpx", bytes(100_000_000))

    assert (await read(a_file(tmp_path, made.getvalue()))).problem == "too_large_inside"


async def test_a_file_that_is_gone_has_an_answer(tmp_path: Path) -> None:
    """Deleted meanwhile: nothing was read, so the core asks for it again."""
    gone = Dropped("run.gpx", str(tmp_path / "gone"), 3)

    assert await FileReader(5.0).read(gone) == gone


async def test_a_reading_that_is_given_up_ends_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Heeldrop stops while a file is read: no process stays behind, and the next file is read."""
    started = _watched(monkeypatch)
    reader = FileReader(60.0, BAD)
    reading = asyncio.create_task(reader.read(a_file(tmp_path, b"hang")))
    process = await started.get()
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading

    assert process.returncode is not None
    assert (await reader.read(a_file(tmp_path, b"babble"))).read is not None


def _watched(monkeypatch: pytest.MonkeyPatch) -> "asyncio.Queue[Process]":
    """Every process that is started from now on."""
    started: asyncio.Queue[Process] = asyncio.Queue()
    start = asyncio.create_subprocess_exec

    async def starting(*command: Any, **options: Any) -> Process:
        process = await start(*command, **options)
        started.put_nowait(process)
        return process

    monkeypatch.setattr(asyncio, "create_subprocess_exec", starting)
    return started


async def test_the_turn_knows_the_figures_and_the_event_as_kept_does_not(tmp_path: Path) -> None:
    """The core hears what was read; what is kept of the event is only that there was a file."""
    heard: list[Happening] = []

    def step(_: Any, talk: Conversation, runner: Runner, event: Event, now: datetime) -> Turn:
        heard.append(event.what)
        return Turn(talk, runner)

    host = await Host.open(None, tmp_path / "data", MovableClock(START), step=step)
    await host.receive(happens(a_file(tmp_path, fit(Outing(every_s=30)))))
    await host.close()

    (what,) = heard
    assert isinstance(what, Dropped)
    assert what.read is not None
    assert what.read.activities[0].distance_m == 6000
    kept = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir())
    assert b"run.gpx" in kept
    assert b"distance_m" not in kept
