"""Draws what stands around the figure: floor, step, rail, wall, chair, bag, roller, stick, grass."""

from math import cos, radians, sin

from bot.pictures.canvas import FAR_INK, INK, PROP, PROP_EDGE, Canvas
from bot.pictures.pose import Pose
from bot.pictures.shapes import beside, smooth
from bot.pictures.skeleton import Skeleton
from bot.pictures.vectors import Point, add, between

STEP_HIGH = 0.18
RAIL_HIGH = 1.02
SEAT_HIGH = 0.45
ROLLER = 0.075
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
    if "roller" in stage.props:
        _roller(canvas, figure.prop)
    if "grass" in stage.props:
        around = stage.travel * pose.reps
        _shoes(canvas, (figure.prop[0] + stage.seat + around / 2) % around - around / 2)


def draw_before(canvas: Canvas, pose: Pose, figure: Skeleton) -> None:
    """What is in front of the figure."""
    if "bag" in pose.stage.props:
        _bag(canvas, figure)
    if "stick" in pose.stage.props:
        middle = figure.prop
        ends = [add(middle, (-0.05, -0.022)), add(middle, (0.05, 0.022))]
        canvas.line(ends, 0.062, INK)
        canvas.line([between(*ends, 0.25), between(*ends, 0.75)], 0.034, PROP)
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
    outline = [(0.50, 0.075), (0.52, 0.20), (0.66, 0.245), (0.86, 0.235), (0.97, 0.18), (0.98, 0.075)]
    canvas.area(smooth([beside(hip, knee, along, up) for along, up in outline]), PROP_EDGE)
    canvas.line([beside(hip, knee, along, 0.15) for along in (0.60, 0.90)], 0.016, PROP)


def _roller(canvas: Canvas, at: Point) -> None:
    middle = (at[0], ROLLER)
    canvas.disc(middle, ROLLER, INK)
    canvas.disc(middle, ROLLER - 0.016, PROP_EDGE)
    for third in range(3):
        turn = at[0] / ROLLER + radians(120 * third)
        end = add(middle, (0.045 * sin(turn), 0.045 * cos(turn)))
        canvas.line([middle, end], 0.014, INK)


def _grass(canvas: Canvas, shift: float, travel: float) -> None:
    """Blades that lean two ways; their pattern fits the way the ground moves in one rep."""
    gap = travel / 16
    for number in range(-40, 40):
        x = shift % travel + number * gap
        lean = 0.012 if number % 2 else -0.016
        high = (0.040, 0.055, 0.034, 0.048)[number % 4]
        canvas.line([(x, 0.0), (x + lean, high)], 0.012, PROP_EDGE)


def _shoes(canvas: Canvas, x: float) -> None:
    for shift in (0.06, 0.0):
        outline = [(0.0, 0.0), (0.13, 0.0), (0.25, 0.005), (0.26, 0.03), (0.16, 0.062), (0.09, 0.10)]
        shape = smooth([add((x + shift, 0.012), point) for point in [*outline, (0.0, 0.09)]])
        canvas.area(shape, FAR_INK if shift else INK)
