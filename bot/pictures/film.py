"""Puts the frames of one exercise together.

Rule: every rep has the same frames but for its number, and the last frame leads into the first.
"""

from collections.abc import Iterator

from PIL import Image

from bot.pictures.canvas import SIZE, Canvas
from bot.pictures.marks import draw_marks
from bot.pictures.motion import Motion
from bot.pictures.person import draw_far_side, draw_near_side
from bot.pictures.pose import Lens, Pose
from bot.pictures.props import STEP_HIGH, draw_before, draw_behind, draw_between
from bot.pictures.skeleton import Skeleton, skeleton
from bot.pictures.vectors import length

FRAME = 0.08
"""Seconds a frame is shown: 12.5 frames a second. GIF counts time in hundredths."""
LEAST = 1.25
"""The figure is drawn anew when a joint has moved so many pixels; less is not seen, only stored."""


def frames(pose: Pose) -> Iterator[Image.Image]:
    """Every frame of the loop, all reps."""
    for rep in range(1, pose.reps + 1):
        shown = figure_at(pose, 0.0, rep)
        for moment in moments(pose):
            figure = figure_at(pose, moment, rep)
            if _moved(shown, figure) * pose.stage.scale >= LEAST:
                shown = figure
            yield drawn(pose, shown, moment, rep)


def _moved(one: Skeleton, two: Skeleton) -> float:
    """How far the joint that moved most has moved, in metres."""
    return max(length(a, b) for a, b in zip(one.joints(), two.joints(), strict=True))


def moments(pose: Pose) -> list[float]:
    """When the frames of one rep are, in seconds from its beginning."""
    return [number * FRAME for number in range(round(pose.seconds / FRAME))]


def figure_at(pose: Pose, moment: float, rep: int = 1) -> Skeleton:
    """The joints of the figure at a moment of the rep."""
    ground = STEP_HIGH if "step" in pose.stage.props else 0.0
    now = Motion(pose).at(moment)
    if pose.stage.travel:
        now["prop"] = (-pose.stage.travel * (rep - 1 + moment / pose.seconds), 0.0)
    return skeleton(now, ground)


def frame(pose: Pose, moment: float, rep: int = 1) -> Image.Image:
    """The picture at `moment` seconds of rep number `rep`."""
    return drawn(pose, figure_at(pose, moment, rep), moment, rep)


def drawn(pose: Pose, figure: Skeleton, moment: float, rep: int) -> Image.Image:
    """The picture of a figure, with the marks of `moment` and `rep`."""
    stage = pose.stage
    canvas = Canvas((SIZE / 2 - stage.middle * stage.scale, stage.floor), stage.scale)
    _scene(canvas, pose, figure)
    if stage.lens:
        _look_closer(canvas, pose, figure, stage.lens)
    draw_marks(canvas, pose, moment, rep)
    return canvas.picture()


def _scene(canvas: Canvas, pose: Pose, figure: Skeleton) -> None:
    draw_behind(canvas, pose, figure)
    draw_far_side(canvas, figure, pose)
    draw_between(canvas, pose, figure)
    draw_near_side(canvas, figure, pose)
    draw_before(canvas, pose, figure)


def _look_closer(canvas: Canvas, pose: Pose, figure: Skeleton, lens: Lens) -> None:
    scale = pose.stage.scale * lens.times
    x, y = lens.of
    origin = (lens.radius - x * scale, lens.radius + y * scale)
    close = Canvas(origin, scale, round(2 * lens.radius))
    _scene(close, pose, figure)
    canvas.inset(close, lens.at, lens.radius)
