"""Other people's programs: what they write is read here, and what is written here is read by them."""

import base64
import io
from datetime import timedelta

import fitdecode
import gpxpy.gpx
import pytest

from bot.files.activity import Activity
from bot.files.read import read_file
from tests.files.runs import START, Outing
from tests.files.writing import fit, gpx

RUN = Outing(every_s=10, pause_s=120)
BY_ITS_MAKER = base64.b64decode(
    "DiDiUoYAAAAuRklUVDBAAAAAAAMAAQABAoQEBIYABP8ASOotRUEAABQABP0EhgUEhgAEhQEEhQFI6i1FAAAAAAEAAAABAAAAQgAA"
    "FAAC/QSGBQSGAjDzLUXAJwkAQwAAEgAI/QSGAgSGBQEABgEABwSGCASGCQSGFgKEAzDzLUVI6i1FAQJgGCMAQMoiAMAnCQAoAL9s"
)
"""A FIT file of three messages, from the encoder that the maker of the format publishes."""


def test_a_fit_file_by_the_encoder_of_its_maker() -> None:
    """Every figure is what was put in."""
    assert read_file(BY_ITS_MAKER).activities == (
        Activity("run", START, None, 6000.0, 2280.0, 2300.0, 40.0),
    )


def test_a_gpx_file_by_gpxpy() -> None:
    """Points, times, heights and the sport, as gpxpy writes them, give what gpxpy counts itself."""
    made = gpxpy.gpx.GPX()
    track = gpxpy.gpx.GPXTrack(name="Round the lake")
    track.type = "running"  # type: ignore[assignment]  # the library declares None
    segment = gpxpy.gpx.GPXTrackSegment()
    for point in RUN.points():
        segment.points.append(
            gpxpy.gpx.GPXTrackPoint(point.latitude, point.longitude, point.height, point.at)
        )
    track.segments.append(segment)
    made.tracks.append(track)
    (run,) = read_file(made.to_xml().encode()).activities

    assert (run.sport, run.start) == ("run", START)
    assert run.distance_m == pytest.approx(made.length_2d(), rel=0.005)
    assert run.elapsed_s == made.get_duration()


def test_our_files_are_read_by_others() -> None:
    """What the tests write is GPX and FIT to the libraries too, checksums included."""
    theirs = gpxpy.parse(gpx(RUN).decode())
    with fitdecode.FitReader(io.BytesIO(fit(RUN)), check_crc=fitdecode.CrcCheck.RAISE) as reader:
        data = [each for each in reader if isinstance(each, fitdecode.FitDataMessage)]
    (session,) = [each for each in data if each.name == "session"]

    assert theirs.length_2d() == pytest.approx(6000, rel=0.01)
    assert (session.get_value("sport"), session.get_value("total_distance")) == ("running", 6000)
    assert session.get_value("start_time") == START
    took = timedelta(seconds=session.get_value("total_timer_time"))
    assert took == timedelta(seconds=2280)
