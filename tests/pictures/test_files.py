"""The checked-in pictures: there for every exercise, within the limits, and what the poses draw."""

import itertools
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageSequence

from bot.content.exercises import CODES
from bot.pictures.canvas import SIZE
from bot.pictures.encode import GIF_MOST, flat
from bot.pictures.film import frame
from bot.pictures.make import make
from tests.pictures.poses import CONTENT, MEDIA, POSES

ALL = pytest.mark.parametrize("name", sorted(CODES))
WHOLE_MOST = 8_000_000
"""All checked-in pictures together, in bytes."""
UNLIKE = 0.002
"""The share of pixels that may differ where another version of Pillow draws an edge."""


def unlike(one: Image.Image, two: Image.Image) -> float:
    """The share of pixels that differ clearly."""
    gray = ImageChops.difference(one.convert("RGB"), two.convert("RGB")).convert("L")
    return sum(gray.histogram()[40:]) / (gray.width * gray.height)


@ALL
def test_the_three_files_are_there_and_fit_the_platforms(name: str) -> None:
    """A moving GIF and WebP that loop for ever, a still PNG; 480 pixels square, each under 1 MB."""
    for ending, moving in (("gif", True), ("webp", True), ("png", False)):
        file = MEDIA / f"{name}.{ending}"
        with Image.open(file) as picture:
            assert picture.size == (SIZE, SIZE)
            assert getattr(picture, "is_animated", False) is moving
            assert not moving or picture.info["loop"] == 0
        assert file.stat().st_size < GIF_MOST


@ALL
def test_both_films_last_as_long_as_the_reps(name: str) -> None:
    """GIF and WebP keep the tempo: together their frames take as long as the pose says."""
    pose = POSES[name]
    for ending in ("gif", "webp"):
        with Image.open(MEDIA / f"{name}.{ending}") as film:
            lasts = 0
            for shown in ImageSequence.Iterator(film):
                shown.load()
                lasts += shown.info["duration"]
        assert lasts == pytest.approx(pose.reps * pose.seconds * 1000, abs=1)


def test_together_they_stay_small() -> None:
    """All pictures take less than 8 MB of the repository, and there is none too many."""
    files = list(MEDIA.iterdir())

    assert sum(file.stat().st_size for file in files) < WHOLE_MOST
    assert {file.stem for file in files} == set(CODES)


@ALL
def test_the_still_is_what_its_pose_draws(name: str) -> None:
    """A pose that was changed without `make media` is noticed."""
    pose = POSES[name]
    with Image.open(MEDIA / f"{name}.png") as still:
        assert unlike(still, flat(frame(pose, pose.still))) < UNLIKE


@pytest.mark.parametrize("name", ["roller-stick", "wall-stretch-bent"])
def test_drawing_again_gives_the_same_pictures(name: str, tmp_path: Path) -> None:
    """A film drawn again is the checked-in one, frame by frame."""
    make(CONTENT / "exercises" / "poses", tmp_path, name)

    for ending in ("gif", "webp"):
        with (
            Image.open(tmp_path / f"{name}.{ending}") as new,
            Image.open(MEDIA / f"{name}.{ending}") as old,
        ):
            pairs = zip(ImageSequence.Iterator(new), ImageSequence.Iterator(old), strict=True)
            for one, two in itertools.islice(pairs, 0, None, 9):
                assert unlike(one, two) < UNLIKE


def test_drawing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """With the same tools, not one byte differs."""
    poses = CONTENT / "exercises" / "poses"
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        make(poses, tmp_path / folder, "roller-stick")

    for ending in ("gif", "webp", "png"):
        one, two = (tmp_path / folder / f"roller-stick.{ending}" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_straight_and_bent_drops_look_different_at_the_size_of_a_thumb() -> None:
    """At 100 pixels the two stills still differ over the legs, not only in a detail."""
    small = []
    for name in ("heel-drop-straight", "heel-drop-bent"):
        with Image.open(MEDIA / f"{name}.png") as still:
            small.append(still.convert("RGB").resize((100, 100)).crop((38, 40, 60, 78)))

    assert unlike(*small) > 0.2
