"""Draws the quiet marks: the tempo of the rep, the rep or the seconds held.

The tempo is a line that climbs while the body goes up, stays level while it holds and falls while it
goes down, with a number for each second and a dot that travels along it. It needs no words.
"""

from itertools import pairwise

from bot.pictures.canvas import FAR_INK, FAR_SKIN, INK, WHITE, Canvas
from bot.pictures.pose import Kind, Pose
from bot.pictures.vectors import Point, between

TRACK_LEFT, TRACK_RIGHT = 130.0, 448.0
TRACK_LOW, TRACK_HIGH = 438.0, 410.0
NUMBERS = 458.0
CHIP: Point = (62.0, 434.0)
BEND = {"up": 1, "down": -1, "rest": 0, "hold": 0, "level": 0}


def draw_marks(canvas: Canvas, pose: Pose, moment: float, rep: int) -> None:
    """The tempo line at `moment` seconds of the rep, and the count."""
    if all(BEND[phase.kind] == 0 for phase in pose.phases):
        return
    corners = _corners(pose)
    _path(canvas, corners, FAR_SKIN)
    here = _place(corners, moment)
    _path(canvas, [corner for corner in corners if corner[0] < moment] + [(moment, here)], INK)
    _numbers(canvas, pose, moment)
    canvas.disc(canvas.metres(here), 8 / canvas.scale, INK)
    words = _count(pose, moment, rep)
    if words:
        _chip(canvas, words)


def _corners(pose: Pose) -> list[tuple[float, Point]]:
    """The corners of the tempo line: seconds, and where in the picture (pixels)."""
    wide = (TRACK_RIGHT - TRACK_LEFT) / pose.seconds
    high = _starts_high(pose)
    at = 0.0
    found = [(0.0, (TRACK_LEFT, TRACK_HIGH if high else TRACK_LOW))]
    for phase in pose.phases:
        at += phase.seconds
        high = {"up": True, "down": False}.get(phase.kind, high)
        found.append((at, (TRACK_LEFT + at * wide, TRACK_HIGH if high else TRACK_LOW)))
    return found


def _starts_high(pose: Pose) -> bool:
    moving: list[Kind] = [phase.kind for phase in pose.phases if BEND[phase.kind]]
    return bool(moving) and moving[0] == "down"


def _place(corners: list[tuple[float, Point]], moment: float) -> Point:
    for (start, a), (end, b) in pairwise(corners):
        if start <= moment <= end:
            return between(a, b, (moment - start) / (end - start))
    return corners[-1][1]


def _path(canvas: Canvas, corners: list[tuple[float, Point]], colour: str) -> None:
    points = [canvas.metres(point) for _, point in corners]
    if len(points) > 1:
        canvas.line(points, 5 / canvas.scale, colour)


def _numbers(canvas: Canvas, pose: Pose, moment: float) -> None:
    """1, 2, 3 under what goes up or down; the second that runs is dark."""
    wide = (TRACK_RIGHT - TRACK_LEFT) / pose.seconds
    at = 0.0
    for phase in pose.phases:
        if pose.counted and phase.kind in {"up", "down"} and phase.seconds >= 1:
            for second in range(round(phase.seconds)):
                x = TRACK_LEFT + (at + second + 0.5) * wide
                colour = INK if moment >= at + second else FAR_INK
                canvas.text(canvas.metres((x, NUMBERS)), str(second + 1), 19, colour)
        at += phase.seconds


def _count(pose: Pose, moment: float, rep: int) -> str:
    """The seconds held so far, in fives, where a hold is shown shortened; or the rep."""
    at = 0.0
    for phase in pose.phases:
        if phase.shown and at <= moment < at + phase.seconds:
            share = (moment - at) / phase.seconds
            return f"{min(phase.shown, 5 * round(0.5 + share * phase.shown / 5))} s"
        at += phase.seconds
    return str(rep) if pose.reps > 1 and pose.counted else ""


def _chip(canvas: Canvas, words: str) -> None:
    """The count in a rounded frame at the lower left."""
    x, y = CHIP
    wide = 22 if len(words) < 3 else 40
    for grow, colour in ((4, INK), (0, WHITE)):
        low = canvas.metres((x - wide - grow, y + 22 + grow))
        high = canvas.metres((x + wide + grow, y - 22 - grow))
        canvas.box(low, high, colour, (22 + grow) / canvas.scale)
    canvas.text(canvas.metres((x, y)), words, 27, INK)
