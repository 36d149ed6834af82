"""The joints of the figure at a moment, from the channels of its motion.

Rule: bones never change their length, knees bend forward and elbows back, and a foot that is put
somewhere stays exactly there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sqrt

from bot.pictures import body
from bot.pictures.motion import Value
from bot.pictures.vectors import Point, add, bend, downward, tilted, upward


@dataclass(frozen=True, slots=True)
class Leg:
    """The joints of a leg. `foot` is the lift of the heel, `toes` the tilt of the toes."""

    hip: Point
    knee: Point
    ankle: Point
    ball: Point
    foot: float
    toes: float

    @property
    def heel(self) -> Point:
        """The lowest point at the back of the sole."""
        return add(self.ball, tilted(body.HEEL, self.foot))


@dataclass(frozen=True, slots=True)
class Arm:
    """The joints of an arm; `palm` is the middle of the hand."""

    shoulder: Point
    elbow: Point
    wrist: Point
    palm: Point


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The whole figure. `head` is the middle of the head, `face` how far it looks down."""

    hip: Point
    waist: Point
    shoulder: Point
    neck: Point
    head: Point
    face: float
    near_leg: Leg
    far_leg: Leg
    near_arm: Arm
    far_arm: Arm
    prop: Point

    def joints(self) -> tuple[Point, ...]:
        """Every joint, in one order, and what moves with the figure."""
        legs = (self.near_leg, self.far_leg)
        arms = (self.near_arm, self.far_arm)
        below = [p for leg in legs for p in (leg.knee, leg.ankle, leg.ball, leg.heel)]
        beside = [p for arm in arms for p in (arm.elbow, arm.palm)]
        return (self.hip, self.waist, self.shoulder, self.head, *below, *beside, self.prop)


def skeleton(now: Mapping[str, Value], ground: float = 0.0) -> Skeleton:
    """The joints for these channels; `ground` is the height the balls of the feet stand on."""
    hip = _point(now, "pelvis") if "pelvis" in now else _carried(now)
    trunk = _number(now, "trunk")
    chest = trunk + _number(now, "spine")
    waist = add(hip, upward(body.PELVIS, trunk))
    shoulder = add(waist, upward(body.CHEST, chest))
    face = _number(now, "head")
    neck = add(shoulder, upward(0.03, chest))
    head = add(neck, upward(body.NECK - 0.03, (chest + face) / 2))
    return Skeleton(
        hip,
        waist,
        shoulder,
        neck,
        add(head, tilted((0.022, 0.0), face)),
        face,
        _leg(now, "near", hip, ground),
        _leg(now, "far", hip, ground),
        _arm(now, "near", shoulder, chest),
        _arm(now, "far", shoulder, chest),
        _point(now, "prop") if "prop" in now else (0.0, 0.0),
    )


def _carried(now: Mapping[str, Value]) -> Point:
    """Where the near leg carries the hip: its foot and knee are given, and how far it leans."""
    ball = _point(now, "near.ball")
    ankle = add(ball, tilted(body.ANKLE, _number(now, "near.foot")))
    knee = radians(_number(now, "near.knee"))
    size = sqrt(body.THIGH**2 + body.SHIN**2 + 2 * body.THIGH * body.SHIN * cos(knee))
    x = ball[0] + _number(now, "over")
    return x, ankle[1] + sqrt(size**2 - (x - ankle[0]) ** 2)


def _leg(now: Mapping[str, Value], side: str, hip: Point, ground: float) -> Leg:
    foot = _number(now, f"{side}.foot")
    if f"{side}.ball" in now:
        ball = _point(now, f"{side}.ball")
        ankle = add(ball, tilted(body.ANKLE, foot))
        knee, ankle = bend(hip, ankle, body.THIGH, body.SHIN, 1)
        ball = add(ankle, tilted((-body.ANKLE[0], -body.ANKLE[1]), foot))
        standing = max(0.0, 1 - abs(ball[1] - ground) / 0.05)
        return Leg(hip, knee, ankle, ball, foot, foot * (1 - standing))
    swing = _number(now, f"{side}.hip")
    knee = add(hip, downward(body.THIGH, swing))
    ankle = add(knee, downward(body.SHIN, swing - _number(now, f"{side}.knee")))
    ball = add(ankle, tilted((-body.ANKLE[0], -body.ANKLE[1]), foot))
    return Leg(hip, knee, ankle, ball, foot, foot)


def _arm(now: Mapping[str, Value], side: str, shoulder: Point, chest: float) -> Arm:
    whole = body.FOREARM + body.HAND
    if f"{side}.hand" in now:
        elbow, palm = bend(shoulder, _point(now, f"{side}.hand"), body.UPPER_ARM, whole, -1)
    else:
        swing = _number(now, f"{side}.shoulder") - chest
        elbow = add(shoulder, downward(body.UPPER_ARM, swing))
        palm = add(elbow, downward(whole, swing + _number(now, f"{side}.elbow")))
    share = body.FOREARM / whole
    wrist = (elbow[0] + (palm[0] - elbow[0]) * share, elbow[1] + (palm[1] - elbow[1]) * share)
    return Arm(shoulder, elbow, wrist, palm)


def _number(now: Mapping[str, Value], name: str) -> float:
    return now[name][0] if name in now else 0.0


def _point(now: Mapping[str, Value], name: str) -> Point:
    x, y = now[name]
    return x, y
