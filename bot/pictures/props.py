"""Draws what stands around the figure: floor, step, rail, wall, chair, bag, roller, stick, grass."""

from math import cos, radians, sin

from bot.pictures.body import SHOE, SHOE_TIP
from bot.pictures.canvas import FAR_INK, GRASS, INK, PAPER, PROP, PROP_EDGE, Canvas
from bot.pictures.pose import Pose
from bot.pictures.shapes import beside, placed, smooth
from bot.pictures.skeleton import Skeleton
from bot.pictures.vectors import Point, add, between

STEP_HIGH = 0.18
RAIL_HIGH = 1.02
SEAT_HIGH = 0.45
ROLLER = 0.085
EDGE = 0.014
FAR = 9.0
"""Metres to the left and right that no picture shows."""


def draw_behind(canvas: Canvas, pose: Pose, figure: Skeleton) -> None:
    """What is behind the figure or carries it."""
    stage = pose.stage
    _floor(canvas)
    if "wall" in stage.props:
        canvas.box((stage.wall, -FAR), (stage.wall + FAR, FAR), PROP)
        canvas.line([(stage.wall, 0.0), (stage.wall, FAR)], EDGE, PROP_EDGE)
    if "step" in stage.props:
        canvas.box((stage.edge, 0.0), (stage.edge + FAR, STEP_HIGH), PROP)
        edge = [(stage.edge, 0.0), (stage.edge, STEP_HIGH), (stage.edge + FAR, STEP_HIGH)]
        canvas.line(edge, EDGE, PROP_EDGE)
    if "rail" in stage.props:
        _rail(canvas, stage.rail)
    if "chair" in stage.props:
        _chair(canvas, stage.seat)
    if "mat" in stage.props:
        canvas.box((-FAR, -0.03), (FAR, 0.0), PROP)
    if "grass" in stage.props:
        around = stage.travel * pose.reps
        _shoes(canvas, (figure.prop[0] + stage.seat + around / 2) % around - around / 2)


def draw_between(canvas: Canvas, pose: Pose, figure: Skeleton) -> None:
    """What is between the far side of the figure and the near one."""
    if "roller" in pose.stage.props:
        _roller(canvas, figure.prop)
    if "stick" in pose.stage.props:
        _stick(canvas, figure.prop)


def draw_before(canvas: Canvas, pose: Pose, figure: Skeleton) -> None:
    """What is in front of the figure."""
    if "bag" in pose.stage.props:
        _bag(canvas, figure)
    if "grass" in pose.stage.props:
        _grass(canvas, figure.prop[0], pose.stage.travel)


def _floor(canvas: Canvas) -> None:
    canvas.box((-FAR, -FAR), (FAR, 0.0), PROP)
    canvas.line([(-FAR, 0.0), (FAR, 0.0)], EDGE, PROP_EDGE)


def _rail(canvas: Canvas, x: float) -> None:
    high = STEP_HIGH + RAIL_HIGH
    canvas.line([(x + 0.14, STEP_HIGH), (x + 0.14, high)], 0.035, PROP_EDGE)
    canvas.line([(x - 0.09, high - 0.03), (x + FAR, high - 0.03)], 0.045, PROP_EDGE)


def _chair(canvas: Canvas, x: float) -> None:
    for leg in (-0.20, 0.20):
        canvas.line([(x + leg, 0.02), (x + leg, SEAT_HIGH - 0.03)], 0.035, PROP_EDGE)
    canvas.line([(x - 0.20, SEAT_HIGH), (x - 0.26, 0.92)], 0.04, PROP_EDGE)
    canvas.box((x - 0.24, SEAT_HIGH - 0.045), (x + 0.24, SEAT_HIGH), PROP_EDGE, 0.02)


def _bag(canvas: Canvas, figure: Skeleton) -> None:
    hip, knee = figure.near_leg.hip, figure.near_leg.knee
    outline = [
        (0.50, 0.075),
        (0.52, 0.20),
        (0.66, 0.245),
        (0.86, 0.235),
        (0.97, 0.18),
        (0.98, 0.075),
    ]
    canvas.area(smooth([beside(hip, knee, along, up) for along, up in outline]), PROP_EDGE)
    canvas.line([beside(hip, knee, along, 0.15) for along in (0.60, 0.90)], 0.016, PROP)


def _roller(canvas: Canvas, at: Point) -> None:
    """A hollow roller with a rough skin, which shows that it turns."""
    middle = (at[0], ROLLER)
    canvas.disc(middle, ROLLER, INK)
    canvas.disc(middle, ROLLER - 0.012, PROP_EDGE)
    for bump in range(8):
        turn = at[0] / ROLLER + radians(45 * bump)
        canvas.disc(add(middle, (0.058 * sin(turn), 0.058 * cos(turn))), 0.008, INK)
    canvas.disc(middle, 0.040, INK)
    canvas.disc(middle, 0.030, PAPER)


def _stick(canvas: Canvas, middle: Point) -> None:
    """A stick across the view, seen a little from above: its near end is lower and to the left."""
    near, far = add(middle, (-0.17, -0.062)), add(middle, (0.11, 0.040))
    canvas.line([near, far], 0.050, INK)
    canvas.line([between(near, far, 0.34), between(near, far, 0.9)], 0.034, PROP_EDGE)


def _grass(canvas: Canvas, shift: float, travel: float) -> None:
    """Blades that lean two ways; their pattern fits the way the ground moves in one rep."""
    gap = travel / 24
    for number in range(-60, 60):
        x = shift % travel + number * gap
        lean = (0.012, -0.016, 0.004)[number % 3]
        high = (0.040, 0.058, 0.034, 0.048)[number % 4]
        canvas.line([(x, -0.01), (x + lean, high)], 0.013, GRASS)
    canvas.line([(-FAR, -0.008), (FAR, -0.008)], 0.02, GRASS)


def _shoes(canvas: Canvas, x: float) -> None:
    """A pair that was taken off: the shape of the figure's own shoes, with an opening."""
    for shift, colour in ((0.085, FAR_INK), (0.0, INK)):
        at = (x + shift + 0.2, 0.012)
        canvas.area(placed(SHOE, at, 0), colour)
        canvas.area(placed(SHOE_TIP, at, 0), colour)
        canvas.line([add(at, (-0.172, 0.090)), add(at, (-0.108, 0.094))], 0.016, PROP)
