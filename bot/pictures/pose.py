"""What a pose file says: a stage, and keys that put joint angles and contacts at moments of one rep.

Rule: poses are data (content/exercises/poses/<id>.toml), and a channel nobody knows is a mistake.
A key names only what it sets. Between two keys that set the same channel it moves from one to the
other; after the last key it moves back to the first, so every rep closes.
"""

import tomllib
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from bot.content.base import Content
from bot.pictures.vectors import Point

Ease: TypeAlias = Literal["smooth", "linear", "rise", "fall"]
Kind: TypeAlias = Literal["rest", "up", "hold", "down", "level"]
Prop: TypeAlias = Literal[
    "step", "rail", "wall", "chair", "bag", "roller", "stick", "grass", "floor", "mat"
]
Muscle: TypeAlias = Literal["calf_high", "calf_low", "calf", "none"]


class Limbs(Content, frozen=True):
    """One side of the body at a key.

    A leg is either put (`ball`: where the ball of the foot is, `foot`: how far the heel is lifted,
    below 0 where it hangs lower than the toes) or swung (`hip` forward from hanging down, `knee`
    bent, `foot` as before). The leg that carries the body is put, and its `knee` is kept.
    An arm is either put (`hand`: where the palm is) or swung (`shoulder` forward, `elbow` bent).
    """

    ball: Point | None = None
    foot: float | None = None
    hip: float | None = None
    knee: float | None = None
    hand: Point | None = None
    shoulder: float | None = None
    elbow: float | None = None


class Key(Content, frozen=True):
    """What is set at one moment. `ease` is how the body leaves it.

    `over` is how far the hip is in front of the ball of the near foot, which carries the body;
    `pelvis` is where the hip is, for a body that sits or runs. `trunk`, `spine` (the chest against
    the pelvis) and `head` lean forward. `prop` is the place of what moves: roller, stick or ground.
    """

    at: float
    ease: Ease = "smooth"
    near: Limbs = Limbs()
    far: Limbs = Limbs()
    over: float | None = None
    pelvis: Point | None = None
    trunk: float | None = None
    spine: float | None = None
    head: float | None = None
    prop: Point | None = None


class Phase(Content, frozen=True):
    """A part of the rep for the tempo mark; `shown` is the seconds it stands for, if not its own."""

    kind: Kind
    seconds: float
    shown: int | None = None


class Lens(Content, frozen=True):
    """A round close-up: of which point, so many times larger, and where in the picture (pixels)."""

    of: Point
    at: Point
    times: float = 2.2
    radius: float = 80.0


class Stage(Content, frozen=True):
    """What stands around the figure. `middle` is the x shown in the middle, `scale` pixels per metre.

    `edge` is where the step begins, `wall` where the wall stands, `seat` where the chair is.
    """

    props: tuple[Prop, ...] = ()
    middle: float = 0.0
    scale: float = 185.0
    floor: float = 384.0
    """The pixel row of the floor; the tempo mark is below it."""
    edge: float = 0.0
    wall: float = 0.0
    seat: float = 0.0
    rail: float = 0.0
    travel: float = 0.0
    """Metres the ground moves back in one rep."""
    lens: Lens | None = None


class Pose(Content, frozen=True):
    """One exercise's picture: `reps` times the keys, with the still at `still` seconds."""

    stage: Stage
    muscle: Muscle
    keys: tuple[Key, ...]
    phases: tuple[Phase, ...]
    still: float
    reps: int = 1
    counted: bool = True
    knee_line: bool = False
    """Draw a line along the bones of the near leg, so that its knee shows straight or bent."""
    barefoot: bool = False
    far_after: float | None = None
    """The far side does what the near side does, so many seconds later."""

    @property
    def seconds(self) -> float:
        """How long one rep takes."""
        return sum(phase.seconds for phase in self.phases)


def read_pose(file: Path) -> Pose:
    """One pose file. Raises msgspec.ValidationError or tomllib.TOMLDecodeError if it is not one."""
    return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Pose)


def read_poses(folder: Path) -> dict[str, Pose]:
    """Every pose of a content folder, by the id of its exercise."""
    found = sorted((folder / "exercises" / "poses").glob("*.toml"))
    return {file.stem: read_pose(file) for file in found}
