"""Reading files: the figures that come out, and a word for everything that cannot be read."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.files.activity import LARGEST, Activity, FileRead, likely
from bot.files.read import read_file
from tests.files.runs import START, Outing
from tests.files.writing import fit, gpx, tcx

RUN = Outing(every_s=10)
KINDS = ["gpx", "tcx", "fit"]
Write = Callable[..., bytes]
XML = '<?xml version="1.0"?>'


def zipped(**files: bytes) -> bytes:
    """A .zip of these files; "__" in a name stands for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return made.getvalue()


def one(data: bytes) -> Activity:
    """The only activity of a file."""
    found = read_file(data)
    assert (found.problem, len(found.activities)) == ("", 1)
    return found.activities[0]


@pytest.mark.parametrize("write", [gpx, tcx, fit], ids=KINDS)
def test_a_run_is_when_how_far_and_how_long(write: Write) -> None:
    """Each kind of file gives the start, the distance within 1 percent, and the time without a pause."""
    run = one(write(Outing(every_s=2, pause_s=240)))

    assert (run.sport, run.start) == ("run", START)
    assert run.distance_m == pytest.approx(6000, rel=0.01)
    assert run.moving_s == pytest.approx(2280, rel=0.01)
    assert run.elapsed_s == pytest.approx(2280 + 240, rel=0.01)
    assert not run.partial


def test_nothing_of_the_route_comes_out() -> None:
    """What comes out has no field for a place, and no figure of one."""
    assert set(Activity.__struct_fields__) == {
        *("sport", "start", "local", "distance_m", "moving_s", "elapsed_s", "climb_m", "partial")
    }
    assert set(FileRead.__struct_fields__) == {
        *("kind", "activities", "problem", "others", "older", "skipped", "unit_known")
    }


def test_hills_are_climbed_and_noise_is_not() -> None:
    """80 m of height and back, twice and a bit, is a climb; the watch's own noise is none."""
    flat, hilly = one(gpx(RUN)), one(gpx(Outing(every_s=10, hilly=True)))

    assert flat.climb_m == 0
    assert hilly.climb_m == pytest.approx(200, abs=40)


def test_tracks_that_follow_one_another_are_one_run() -> None:
    """Two tracks with ten minutes between them are one run with a pause; a day apart they are two."""
    first = Outing(metres=3000, every_s=10)
    soon = Outing(metres=3000, every_s=10, start=START + timedelta(seconds=1140 + 600))
    later = Outing(metres=3000, every_s=10, start=START + timedelta(days=1))

    joined = one(gpx(first, soon))
    assert joined.distance_m == pytest.approx(6000, rel=0.02)
    assert joined.elapsed_s == pytest.approx(2 * 1140 + 600, abs=20)
    assert len(read_file(gpx(first, later)).activities) == 2


def test_a_jump_of_the_signal_is_no_distance() -> None:
    """One point on the other side of the world adds nothing."""
    good = gpx(RUN).decode()
    mark = good.index("<trkpt", len(good) // 2)
    astray = good[:mark] + good[mark:].replace('lat="-', 'lat="', 1)

    assert one(astray.encode()).distance_m == pytest.approx(6000, rel=0.02)


@pytest.mark.parametrize(
    ("outing", "typed", "sport"),
    [
        (Outing(sport="cycling", speed=7, every_s=10), True, "ride"),
        (Outing(sport="walking", speed=1.4, every_s=10), True, "walk"),
        (Outing(speed=8, every_s=10), False, "ride"),
        (Outing(metres=2000, speed=1.0, every_s=10), False, "walk"),
        (Outing(every_s=10), False, "run"),
        (Outing(sport="kitesurfing", every_s=10), True, "other"),
    ],
)
def test_what_is_no_run_is_known(outing: Outing, typed: bool, sport: str) -> None:
    """By the sport it names, or else by its speed."""
    assert likely(one(gpx(outing, typed=typed))) == sport


def test_a_file_of_several_sports_keeps_them_apart() -> None:
    """A FIT file of a ride and a run behind it holds one of each."""
    ride = Outing(metres=9000, speed=7, sport="cycling", every_s=10)
    run = Outing(every_s=10, start=START + timedelta(hours=1))

    assert [each.sport for each in read_file(fit(ride, run)).activities] == ["ride", "run"]


def test_fit_of_both_byte_orders_and_without_a_session() -> None:
    """Either order reads alike; a watch that died in the run leaves its records, said to be partial."""
    assert one(fit(RUN, order=">")) == one(fit(RUN))
    died = one(fit(RUN, sessions=False))
    assert (died.start, died.distance_m, died.partial) == (START, 6000, True)


@pytest.mark.parametrize(("write", "seconds"), [(gpx, 1140), (tcx, 2280), (fit, 1140)], ids=KINDS)
def test_a_file_that_ends_early_gives_what_it_has(write: Write, seconds: int) -> None:
    """Half a file is half a run, and says so; a TCX file has its sums before its points."""
    whole = write(RUN)
    run = one(whole[: len(whole) // 2])

    assert run.partial
    assert run.start == START
    assert (run.duration_s or 0) == pytest.approx(seconds, rel=0.1)


BILLION_LAUGHS = (
    XML + '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><gpx>&b;</gpx>'
)
PEEKING = (
    XML + '<!DOCTYPE gpx [<!ENTITY f SYSTEM "file:///etc/passwd">]><gpx><name>&f;</name></gpx>'
)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (XML.encode() + b"<gpx></gpx>", "empty"),
        (b"\xff\xd8\xff\xe0 a photo", "picture"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"%PDF-1.7 a report", "unknown"),
        (b"\x00" * 64 + b"rubbish\x00", "unknown"),
        (b"<html><body>not found</body></html>", "unknown"),
        (b"just a few words", "unknown"),
        (b"<gpx><trk><trkseg><trkpt lat=", "damaged"),
        (b"\x0e\x10\x00\x00\x00\x10\x00\x00.FIT", "damaged"),
        (BILLION_LAUGHS.encode(), "entities"),
        (BILLION_LAUGHS.encode("utf-16"), "entities"),
        (PEEKING.encode(), "entities"),
        (gpx(RUN, times=False), "no_times"),
        (b"x" * (LARGEST + 1), "too_large"),
        (gzip.compress(b"0" * 80_000_000, 1), "too_large_inside"),
        (zipped(run__gpx=b"0" * 80_000_000), "too_large_inside"),
        (gzip.compress(gzip.compress(gpx(RUN))), "inside_out"),
        (zipped(a__gpx=gpx(RUN), b__gpx=gpx(RUN)), "many_files"),
        (b"PK\x03\x04 and then nothing", "damaged"),
        (gzip.compress(gpx(RUN))[:-20][:40], "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_has_a_word(data: bytes, problem: str) -> None:
    """Empty, a photo, rubbish, entities, bombs, packed twice: each is named."""
    assert read_file(data).problem == problem


def test_packed_files_are_unpacked() -> None:
    """A .gz and a .zip of one file read like the file; of a bulk export, the table is read."""
    plain = one(gpx(RUN))
    bulk = zipped(activities__csv=b"Date,Distance (km),Time\n2026-10-11,5,30:00\n", x__gpx=b"")

    assert one(gzip.compress(gpx(RUN))) == plain
    assert one(zipped(run__gpx=gpx(RUN))) == plain
    assert read_file(bulk).kind == "csv"


def test_a_clock_that_counts_from_switching_on_is_no_date() -> None:
    """A FIT file whose instants are seconds since the watch was started has no times."""
    early = Outing(start=datetime(1990, 1, 2, tzinfo=UTC), every_s=10)

    assert read_file(fit(early)).problem == "no_times"


def test_a_point_of_another_year_is_left_out() -> None:
    """One clock that leapt makes no pause of centuries."""
    good = gpx(RUN).decode()
    mark = good.index("<time>2026", len(good) // 2)

    assert one(
        (good[:mark] + good[mark:].replace("<time>2026", "<time>2826", 1)).encode()
    ) == replace(one(gpx(RUN)), distance_m=pytest.approx(6000, rel=0.01))


def test_sloppy_files_are_read() -> None:
    """A prefix nobody declared, blanks before the heading, times without a zone: all of it is out there."""
    text = gpx(RUN).decode()
    sloppy = "\n  " + text.replace("</time>", "</time><x:hr>150</x:hr>").replace(
        "Z</time>", "</time>"
    )

    assert one(sloppy.encode()) == one(gpx(RUN))
