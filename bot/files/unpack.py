"""What the bytes of a file are, whatever its name says; and the one file in a .gz or .zip.

Rule: nothing is unpacked beyond its limit, and nothing that was packed twice.
"""

import io
import struct
import zlib
from typing import TYPE_CHECKING

from bot.files.activity import UnreadableError

if TYPE_CHECKING:
    from zipfile import ZipInfo

LARGEST_INSIDE = 60_000_000
"""Bytes of what comes out of a .gz or .zip."""
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif", b"heif")
_BULK_EXPORT = "activities.csv"


def unpacked(data: bytes) -> bytes:
    """The file itself: from a .gz or a .zip of one file, or as it came. Raises UnreadableError."""
    if data[:2] == b"\x1f\x8b":
        inside = _from_gzip(data)
    elif data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        inside = _from_zip(data)
    else:
        return data
    if inside[:2] == b"\x1f\x8b" or inside[:4] == b"PK\x03\x04":
        raise UnreadableError("inside_out")
    return inside


def is_picture(data: bytes) -> bool:
    """Whether these are the first bytes of a photo."""
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return data.startswith(_PICTURES) or webp or data[8:12] in _PICTURE_BRANDS


def _from_gzip(data: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        inside = unpacker.decompress(data, LARGEST_INSIDE)
    except zlib.error:
        raise UnreadableError("damaged") from None
    if not inside and not unpacker.eof:
        raise UnreadableError("damaged")
    if unpacker.unconsumed_tail:
        raise UnreadableError("too_large_inside")
    return inside


def _from_zip(data: bytes) -> bytes:
    import zipfile  # noqa: PLC0415 - takes longer to load than most files to read

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            wanted = _chosen(archive.infolist())
            with archive.open(wanted) as file:
                inside = file.read(LARGEST_INSIDE + 1)
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError,
            NotImplementedError, KeyError, IndexError, struct.error):  # fmt: skip
        raise UnreadableError("damaged") from None
    if len(inside) > LARGEST_INSIDE:
        raise UnreadableError("too_large_inside")
    return inside


def _chosen(files: "list[ZipInfo]") -> "ZipInfo":
    found = [file for file in files if not file.is_dir() and "__MACOSX" not in file.filename]
    tables = [file for file in found if file.filename.rpartition("/")[2] == _BULK_EXPORT]
    chosen = tables[:1] if tables else found
    if not chosen:
        raise UnreadableError("empty")
    if len(chosen) > 1:
        raise UnreadableError("many_files")
    if chosen[0].file_size > LARGEST_INSIDE:
        raise UnreadableError("too_large_inside")
    return chosen[0]
