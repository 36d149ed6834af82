"""Reading a file: what it is by its bytes, and what is in it."""

import msgspec

from bot.files.activity import LARGEST, MOST, FileRead, UnreadableError
from bot.files.fit import read_fit
from bot.files.gpx import read_gpx
from bot.files.markup import root_of
from bot.files.table import read_table
from bot.files.tcx import read_tcx
from bot.files.unpack import is_picture, unpacked


def read_file(data: bytes) -> FileRead:
    """What is in a file, or why it cannot be read. Never raises for what a file may hold."""
    if len(data) > LARGEST:
        return FileRead(problem="too_large")
    try:
        found = _read(unpacked(data))
    except UnreadableError as error:
        return FileRead(problem=error.problem)
    older = max(len(found.activities) - MOST, 0)
    return msgspec.structs.replace(
        found, activities=found.activities[-MOST:], older=found.older + older
    )


def _read(data: bytes) -> FileRead:
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableError("empty")
    if data[8:12] == b".FIT":
        return read_fit(data)
    if is_picture(data):
        raise UnreadableError("picture")
    begins = data[:200].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    if begins.startswith(b"<"):
        return _markup(
            data.lstrip(b" \t\r\n") if data[:2] not in (b"\xff\xfe", b"\xfe\xff") else data
        )
    return read_table(data)


def _markup(data: bytes) -> FileRead:
    root = root_of(data)
    if root == "gpx":
        return read_gpx(data)
    if root == "TrainingCenterDatabase":
        return read_tcx(data)
    raise UnreadableError("unknown" if root else "damaged")
