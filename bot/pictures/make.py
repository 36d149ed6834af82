"""Makes the three files of one exercise."""

from pathlib import Path

from bot.pictures.encode import flat, joined, write_gif, write_png, write_webp
from bot.pictures.film import frame, frames
from bot.pictures.pose import read_pose


def make(poses: Path, into: Path, name: str) -> tuple[int, int, int]:
    """Draw one exercise. Returns the sizes of its GIF, WebP and PNG in bytes."""
    pose = read_pose(poses / f"{name}.toml")
    pictures, times = joined(flat(picture) for picture in frames(pose))
    files = [into / f"{name}.{ending}" for ending in ("gif", "webp", "png")]
    write_gif(files[0], pictures, times)
    write_webp(files[1], pictures, times)
    write_png(files[2], flat(frame(pose, pose.still)))
    gif, webp, png = (file.stat().st_size for file in files)
    return gif, webp, png
