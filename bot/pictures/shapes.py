"""Soft outlines: closed curves through points, and the outline of a part along its bone."""

from collections.abc import Sequence
from math import hypot

from bot.pictures.body import Profile
from bot.pictures.vectors import Point, add, tilted

STEPS = 6


def smooth(points: Sequence[Point]) -> list[Point]:
    """A closed curve through all points (Catmull-Rom), as short straight pieces."""
    count = len(points)
    found: list[Point] = []
    for index in range(count):
        four = [points[(index + shift) % count] for shift in (-1, 0, 1, 2)]
        found += [_curve(four, step / STEPS) for step in range(STEPS)]
    return found


def _curve(four: Sequence[Point], t: float) -> Point:
    a, b, c, d = four
    weights = (
        (-t + 2 * t**2 - t**3) / 2,
        (2 - 5 * t**2 + 3 * t**3) / 2,
        (t + 4 * t**2 - 3 * t**3) / 2,
        (-(t**2) + t**3) / 2,
    )
    x, y = (sum(w * p[i] for w, p in zip(weights, (a, b, c, d), strict=True)) for i in (0, 1))
    return x, y


def beside(start: Point, end: Point, along: float, front: float) -> Point:
    """The point `along` (share) a bone and `front` metres before it.

    The front of a bone that hangs down or stands up is where the figure looks to.
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    size = hypot(dx, dy) or 1e-9
    return start[0] + dx * along - dy / size * front, start[1] + dy * along + dx / size * front


def part(start: Point, end: Point, profile: Profile, *, up: bool = False) -> list[Point]:
    """The outline of a body part along its bone; `up` for bones that go up, as the trunk does."""
    turn = -1 if up else 1
    front = [beside(start, end, share, turn * before) for share, before, _ in profile]
    back = [beside(start, end, share, -turn * behind) for share, _, behind in profile]
    return smooth([*front, *reversed(back)])


def trunk(low: Point, middle: Point, high: Point, first: Profile, second: Profile) -> list[Point]:
    """One outline about two bones that go up: from `low` over `middle` to `high`."""
    bones = [(low, middle, row) for row in first] + [(middle, high, row) for row in second]
    front = [beside(start, end, share, -before) for start, end, (share, before, _) in bones]
    back = [beside(start, end, share, behind) for start, end, (share, _, behind) in bones]
    return smooth([*front, *reversed(back)])


def placed(points: Sequence[Point], at: Point, angle: float) -> list[Point]:
    """A soft outline of local `points`, tilted by `angle` and put at `at`."""
    return smooth([add(at, tilted(point, angle)) for point in points])
