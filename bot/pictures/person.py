"""Draws the figure: the far side paler and first, then trunk and head, then the near side.

The working muscle is marked three ways: by the accent colour, by an outline and by stripes.
"""

from itertools import pairwise

from bot.pictures import body
from bot.pictures.body import Profile
from bot.pictures.canvas import ACCENT, FAR_INK, FAR_SKIN, INK, SKIN, WHITE, Canvas
from bot.pictures.pose import Muscle, Pose
from bot.pictures.shapes import beside, part, placed, smooth, trunk
from bot.pictures.skeleton import Arm, Leg, Skeleton
from bot.pictures.vectors import add, between, tilted

MUSCLES: dict[Muscle, tuple[float, float]] = {
    "calf_high": (0.06, 0.56),
    "calf_low": (0.40, 0.92),
    "calf": (0.06, 0.88),
}
"""Where on the shin each muscle begins and ends, as shares of the way from knee to ankle."""


def draw_far_side(canvas: Canvas, figure: Skeleton, pose: Pose) -> None:
    """The limbs that are further away."""
    _arm(canvas, figure.far_arm, FAR_SKIN, FAR_INK)
    _leg(canvas, figure.far_leg, FAR_SKIN, FAR_INK, pose.barefoot)


def draw_near_side(canvas: Canvas, figure: Skeleton, pose: Pose) -> None:
    """Trunk, head and near limbs, with the working muscle and, if the pose says so, the knee line."""
    _trunk(canvas, figure)
    _leg(canvas, figure.near_leg, SKIN, INK, pose.barefoot)
    if pose.knee_line:
        _knee_line(canvas, figure.near_leg)
    if pose.muscle in MUSCLES:
        _mark(canvas, figure.near_leg, *MUSCLES[pose.muscle])
    _arm(canvas, figure.near_arm, SKIN, INK)


def _trunk(canvas: Canvas, figure: Skeleton) -> None:
    canvas.area(part(figure.neck, figure.head, body.NECK_OUTLINE, up=True), SKIN)
    joints = (figure.hip, figure.waist, figure.shoulder)
    canvas.area(trunk(*joints, body.PELVIS_OUTLINE, body.CHEST_OUTLINE), INK)
    canvas.area(placed(body.FACE, figure.head, figure.face), SKIN)
    canvas.area(placed(body.HAIR, figure.head, figure.face), INK)
    canvas.disc(add(figure.head, tilted(body.EAR, figure.face)), 0.019, SKIN)


def _leg(canvas: Canvas, leg: Leg, skin: str, ink: str, barefoot: bool) -> None:
    canvas.area(part(leg.knee, leg.ankle, body.SHIN_OUTLINE), skin)
    canvas.disc(leg.ankle, 0.035, skin)
    canvas.area(part(leg.hip, leg.knee, body.THIGH_OUTLINE), skin)
    canvas.disc(leg.knee, 0.053, skin)
    canvas.area(part(leg.hip, leg.knee, body.SHORTS_OUTLINE), ink)
    canvas.disc(leg.hip, 0.098, ink)
    shape, tip = (body.BARE_FOOT, body.BARE_TOES) if barefoot else (body.SHOE, body.SHOE_TIP)
    colour, thick = (skin, 0.020) if barefoot else (ink, 0.026)
    canvas.disc(add(leg.ball, tilted((0.0, thick), (leg.foot + leg.toes) / 2)), thick, colour)
    canvas.area(placed(shape, leg.ball, leg.foot), colour)
    canvas.area(placed(tip, leg.ball, leg.toes), colour)


def _arm(canvas: Canvas, arm: Arm, skin: str, ink: str) -> None:
    canvas.area(part(arm.shoulder, arm.elbow, body.ARM_OUTLINE), skin)
    canvas.area(part(arm.elbow, arm.wrist, body.FOREARM_OUTLINE), skin)
    canvas.disc(arm.elbow, 0.034, skin)
    canvas.area(part(arm.wrist, arm.palm, body.HAND_OUTLINE), skin)
    canvas.area(part(arm.shoulder, arm.elbow, body.SLEEVE_OUTLINE), ink)


def _knee_line(canvas: Canvas, leg: Leg) -> None:
    """A pale line along the bones with a ring at the knee: it is straight or it is bent."""
    line = [between(leg.hip, leg.knee, 0.46), leg.knee, between(leg.knee, leg.ankle, 0.97)]
    canvas.line(line, 0.020, WHITE)
    canvas.disc(leg.knee, 0.036, WHITE)
    canvas.disc(leg.knee, 0.018, INK)


def _mark(canvas: Canvas, leg: Leg, start: float, end: float) -> None:
    """The muscle as a lens at the back of the shin, outlined and striped."""
    shares = [start + (end - start) * step / 8 for step in range(9)]
    back = [beside(leg.knee, leg.ankle, share, -_behind(share) + 0.004) for share in shares]
    front = [
        beside(leg.knee, leg.ankle, share, -_behind(share) + _deep(share, step / 8))
        for step, share in enumerate(shares)
    ]
    outline = smooth([*back, *reversed(front[1:-1])])
    canvas.area(outline, ACCENT)
    for step in (2, 4, 6):
        stripe = [between(back[step], front[step], part) for part in (0.24, 0.76)]
        canvas.line(stripe, 0.011, WHITE)
    canvas.line([*outline, outline[0]], 0.012, INK)


def _deep(share: float, along: float) -> float:
    """How deep the lens is at a `share` of the shin, `along` its own way (none at both ends)."""
    return 0.004 + (_behind(share) + 0.012) * 3.4 * along * (1 - along)


def _behind(share: float, profile: Profile = body.SHIN_OUTLINE) -> float:
    """How far the shin's outline is behind its bone, read between the rows of its profile."""
    low, high = next((a, b) for a, b in pairwise(profile) if a[0] <= share <= b[0])
    return low[2] + (high[2] - low[2]) * (share - low[0]) / (high[0] - low[0])
