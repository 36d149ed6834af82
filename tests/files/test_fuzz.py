"""Whatever the bytes are: an activity, or a word for what is wrong, and never an exception."""

import gzip
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.files.read import read_file
from bot.files.shared_text import shared_run
from tests.files.runs import Outing
from tests.files.test_read import zipped
from tests.files.test_table import NUMBERED, WATCH
from tests.files.writing import fit, gpx, tcx

SHORT = Outing(metres=1500, every_s=20)
SEEDS = {
    "gpx": gpx(SHORT, replace(SHORT, sport="cycling")),
    "tcx": tcx(SHORT),
    "fit": fit(SHORT),
    "zip": zipped(run__gpx=gpx(SHORT)),
    "gz": gzip.compress(fit(SHORT)),
    "numbered": NUMBERED.encode(),
    "watch": WATCH.encode(),
}


@pytest.mark.parametrize("seed", SEEDS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_damaged_files_never_break_the_reader(seed: str, data: st.DataObject) -> None:
    """Cut off, bytes changed, pieces twice or missing."""
    whole = bytearray(SEEDS[seed])
    places = st.integers(0, len(whole) - 1)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(places)] = data.draw(st.integers(0, 255))
    start, end = sorted((data.draw(places), data.draw(places)))
    made = data.draw(
        st.sampled_from([whole, whole[:end], whole[:start] + whole[end:], whole + whole[start:end]])
    )
    found = read_file(bytes(made))

    for one in found.activities:
        assert (one.distance_m or 0) >= 0
        assert (one.moving_s or 0) >= 0
    assert found.activities or found.others or found.problem


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b\x08", b"<gpx>", b"a,b\n"]),
)
def test_any_bytes_have_an_answer(data: bytes, begins: bytes) -> None:
    """Nothing at all is expected of them."""
    found = read_file(begins + data)

    assert found.activities or found.problem


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["", "Morning Run 5.02 km 27:31 ", "5:29/km "]))
def test_any_text_has_an_answer(text: str, begins: str) -> None:
    """A run with figures above nothing, or none."""
    found = shared_run(begins + text)

    assert found is None or (found[0].distance_m or 0) > 0
