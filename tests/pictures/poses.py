"""The poses the tests look at, read once, and the places of their feet and hands."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.exercises import load_exercises
from bot.content.load import DEFAULT_FOLDER
from bot.pictures.film import figure_at, moments
from bot.pictures.motion import Motion
from bot.pictures.pose import Pose, read_poses
from bot.pictures.skeleton import Arm, Leg, Skeleton
from bot.pictures.vectors import Point

CONTENT: Path = DEFAULT_FOLDER
POSES = read_poses(CONTENT)
EXERCISES = load_exercises(CONTENT, [])
MEDIA = CONTENT / "exercises" / "media"


def figures(pose: Pose) -> Iterator[tuple[float, Skeleton]]:
    """Every figure of one rep with its moment."""
    for moment in moments(pose):
        yield moment, figure_at(pose, moment)


def legs(figure: Skeleton) -> tuple[Leg, Leg]:
    """The near leg and the far one."""
    return figure.near_leg, figure.far_leg


def arms(figure: Skeleton) -> tuple[Arm, Arm]:
    """The near arm and the far one."""
    return figure.near_arm, figure.far_arm


def put(pose: Pose, moment: float, channel: str) -> Point | None:
    """Where a ball or a hand is meant to be at a moment; None if it swings freely."""
    value = Motion(pose).at(moment).get(channel)
    return None if value is None else (value[0], value[1])
