"""Writes the frames of a loop as GIF (Telegram), WebP (Discord) and one frame as PNG.

Rule: one palette for all pictures, so that a pixel of the same colour is the same byte everywhere, and
the same frames are the same file each time.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageColor

from bot.pictures.canvas import COLOURS
from bot.pictures.film import FRAME

BLENDS = (1 / 3, 2 / 3)
"""The steps between two colours where their edges meet."""
GIF_MOST = 1_000_000
"""No GIF is larger than this, in bytes."""


@cache
def palette() -> Image.Image:
    """A picture that carries the palette: every colour, and the steps between each two of them."""
    base = [ImageColor.getrgb(colour)[:3] for colour in COLOURS]
    found = dict.fromkeys(base)
    for index, one in enumerate(base):
        for two in base[index + 1 :]:
            for part in BLENDS:
                mixed = [round(a + (b - a) * part) for a, b in zip(one, two, strict=True)]
                found[mixed[0], mixed[1], mixed[2]] = None
    flat = [channel for colour in list(found)[:255] for channel in colour]
    image = Image.new("P", (1, 1))
    image.putpalette(flat)
    return image


def flat(frame: Image.Image) -> Image.Image:
    """A frame in the colours of the palette."""
    return frame.quantize(palette=palette(), dither=Image.Dither.NONE)


def joined(frames: Iterable[Image.Image]) -> tuple[list[Image.Image], list[int]]:
    """The frames that differ from the one before, and for how long each is shown (milliseconds)."""
    pictures: list[Image.Image] = []
    times: list[int] = []
    for frame in frames:
        if pictures and pictures[-1].tobytes() == frame.tobytes():
            times[-1] += round(FRAME * 1000)
        else:
            pictures.append(frame)
            times.append(round(FRAME * 1000))
    return pictures, times


def write_gif(file: Path, frames: Sequence[Image.Image], times: Sequence[int]) -> None:
    """An endless GIF of flat frames."""
    frames[0].save(
        file,
        save_all=True,
        append_images=frames[1:],
        duration=list(times),
        loop=0,
        optimize=True,
        disposal=1,
    )


def write_webp(file: Path, frames: Sequence[Image.Image], times: Sequence[int]) -> None:
    """An endless WebP of the same frames, without loss."""
    first, *rest = [frame.convert("RGB") for frame in frames]
    first.save(
        file,
        save_all=True,
        append_images=rest,
        duration=list(times),
        loop=0,
        lossless=True,
        quality=60,
        method=4,
        minimize_size=False,
        kmin=40,
        kmax=400,
    )


def write_png(file: Path, frame: Image.Image) -> None:
    """One flat frame."""
    frame.save(file, optimize=True)
