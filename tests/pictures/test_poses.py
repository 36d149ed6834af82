"""What every pose keeps to: the body stays whole, stands where it stands, and the loop closes."""

import itertools
from math import acos, degrees
from pathlib import Path

import msgspec
import pytest

from bot.content.exercises import CODES
from bot.pictures import body
from bot.pictures.film import figure_at, moments
from bot.pictures.pose import read_pose
from bot.pictures.props import SEAT_HIGH, STEP_HIGH
from bot.pictures.skeleton import Skeleton
from bot.pictures.vectors import length
from tests.pictures.poses import CONTENT, EXERCISES, POSES, arms, figures, legs, put

ALL = pytest.mark.parametrize("name", sorted(CODES))
MOVING = 0.35
"""Metres a joint may move between two frames of the fastest picture (the swing of a jog)."""


def test_every_exercise_has_a_pose_and_no_pose_is_left_over() -> None:
    """There are fourteen poses, one for each exercise."""
    assert sorted(POSES) == sorted(CODES) == sorted(EXERCISES)


def test_a_channel_nobody_knows_is_refused(tmp_path: Path) -> None:
    """A slip in a pose is a mistake, not a movement that is left out."""
    text = (CONTENT / "exercises" / "poses" / "hops.toml").read_text(encoding="utf-8")
    file = tmp_path / "hops.toml"
    file.write_text(text.replace("trunk = 10", "trunck = 10"), encoding="utf-8")

    with pytest.raises(msgspec.ValidationError, match="trunck"):
        read_pose(file)


@ALL
def test_limbs_keep_their_length(name: str) -> None:
    """No bone grows or shrinks in any frame."""
    for _, figure in figures(POSES[name]):
        for leg in legs(figure):
            assert length(leg.hip, leg.knee) == pytest.approx(body.THIGH, abs=1e-4)
            assert length(leg.knee, leg.ankle) == pytest.approx(body.SHIN, abs=1e-4)
        for arm in arms(figure):
            assert length(arm.shoulder, arm.elbow) == pytest.approx(body.UPPER_ARM, abs=1e-4)
            assert length(arm.elbow, arm.wrist) == pytest.approx(body.FOREARM, abs=1e-4)


@ALL
def test_what_is_put_somewhere_is_there_within_a_pixel(name: str) -> None:
    """Feet and hands reach where the pose puts them, so nothing floats or slides."""
    pose = POSES[name]
    for moment, figure in figures(pose):
        places = {
            "near.ball": figure.near_leg.ball,
            "far.ball": figure.far_leg.ball,
            "near.hand": figure.near_arm.palm,
            "far.hand": figure.far_arm.palm,
        }
        for channel, place in places.items():
            meant = put(pose, moment, channel)
            if meant is not None:
                off = length(meant, place) * pose.stage.scale
                assert off < 1, f"{channel} is {off:.1f} pixels off at {moment:.2f} s"


@ALL
def test_nothing_sinks_into_the_floor(name: str) -> None:
    """Balls and heels of the feet, knees, hands and hips stay above what carries them."""
    pose = POSES[name]
    for moment, figure in figures(pose):
        pixel = 1 / pose.stage.scale
        for leg in legs(figure):
            stands_on = STEP_HIGH if leg.ball[0] >= pose.stage.edge and _on_step(name) else 0.0
            assert leg.ball[1] >= stands_on - pixel, f"a foot at {moment:.2f} s"
            assert leg.heel[1] >= -pixel, f"a heel at {moment:.2f} s"
            assert min(leg.knee[1], leg.hip[1]) > 0.08
        for arm in arms(figure):
            assert arm.palm[1] >= 0


def _on_step(name: str) -> bool:
    return "step" in POSES[name].stage.props


@ALL
def test_knees_and_elbows_bend_only_one_way(name: str) -> None:
    """Knees bend forward, elbows back."""
    for _, figure in figures(POSES[name]):
        for leg in legs(figure):
            assert _turn(leg.hip, leg.knee, leg.ankle) <= 1e-6
        for arm in arms(figure):
            assert _turn(arm.shoulder, arm.elbow, arm.wrist) >= -1e-6


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])


@ALL
def test_loops_close(name: str) -> None:
    """The step from the last frame to the first is no larger than the largest within the rep."""
    pose = POSES[name]
    turning = [figure for _, figure in figures(pose)]
    steps = [_far(a, b) for a, b in itertools.pairwise(figure.joints()[:-1] for figure in turning)]
    last = _far(turning[-1].joints()[:-1], turning[0].joints()[:-1])

    assert max(steps) < MOVING
    assert last <= max(steps) + 1e-6


def _far(one: tuple[tuple[float, float], ...], two: tuple[tuple[float, float], ...]) -> float:
    return max(length(a, b) for a, b in zip(one, two, strict=True))


@ALL
def test_frames_fill_a_rep_exactly(name: str) -> None:
    """A rep is a whole number of frames, so that its beat never drifts; the still is within it."""
    pose = POSES[name]

    assert len(moments(pose)) * 0.08 == pytest.approx(pose.seconds)
    assert 0 <= pose.still <= pose.seconds


@ALL
def test_the_tempo_is_that_of_the_exercise(name: str) -> None:
    """Seconds up, held and down are those the exercise prescribes, where it prescribes them."""
    tempo, phases = EXERCISES[name].tempo, POSES[name].phases
    if tempo is None:
        return
    if tempo.down:
        timed = [(phase.kind, phase.seconds) for phase in phases if phase.kind in {"up", "down"}]
        assert timed == [("up", tempo.up), ("down", tempo.down)]
    else:
        assert {phase.shown for phase in phases if phase.shown} == {tempo.hold}


@pytest.mark.parametrize("name", ["heel-drop-straight", "heel-drop-bent", "step-stretch"])
def test_the_heel_sinks_below_the_step(name: str) -> None:
    """At its lowest the heel is 3 to 9 centimetres below the edge, behind it, never on the ground."""
    lowest = min(figure.near_leg.heel[1] for _, figure in figures(POSES[name]))
    behind = [figure.near_leg.heel[0] for _, figure in figures(POSES[name])]

    assert 0.03 < STEP_HIGH - lowest < 0.09
    assert max(behind) < POSES[name].stage.edge


def test_the_floor_drop_never_goes_below_the_toes() -> None:
    """The heel of the floor-level drop stops at the floor (evidence.md 6.1, E3)."""
    assert min(f.near_leg.heel[1] for _, f in figures(POSES["heel-drop-floor"])) >= -1e-9


def test_straight_and_bent_knees_differ_in_every_frame() -> None:
    """The straight drop bends its knee under 5 degrees, the bent one 20 to 45 (evidence.md 6.1)."""
    straight = [_knee(f) for _, f in figures(POSES["heel-drop-straight"])]
    bent = [_knee(f) for _, f in figures(POSES["heel-drop-bent"])]

    assert max(straight) < 5
    assert min(bent) >= 20
    assert max(bent) <= 45.01


def _knee(figure: Skeleton) -> float:
    """How far the near knee is bent, in degrees (law of cosines)."""
    leg, bone = figure.near_leg, body.THIGH
    return degrees(acos(min(1.0, length(leg.hip, leg.ankle) ** 2 / (2 * bone**2) - 1)))


def test_a_standing_foot_moves_with_the_ground_while_jogging() -> None:
    """While it carries the body, the foot stays on one spot of the grass within a pixel."""
    pose = POSES["barefoot-grass"]
    spots = []
    for moment in (0.0, 0.08, 0.16, 0.24, 0.32, 0.40, 0.48, 0.56):
        figure = figure_at(pose, moment)
        spots.append((figure.near_leg.ball[0] - figure.prop[0]) * pose.stage.scale)

    assert max(spots) - min(spots) < 1


def test_hips_rest_on_the_chair() -> None:
    """Whoever sits, sits on the seat: the hip is a thigh's half thickness above it."""
    for name in ("seated-raise", "roller-stick"):
        for _, figure in figures(POSES[name]):
            assert 0.07 < figure.hip[1] - SEAT_HIGH < 0.12


def test_the_roller_rolls_under_the_calf() -> None:
    """It stays between ankle and knee, and goes half as far as the leg, as a thing that rolls does."""
    found = [figure for _, figure in figures(POSES["foam-roller"])]
    shares = [(f.prop[0] - f.near_leg.knee[0]) / body.SHIN for f in found]
    rolled = max(f.prop[0] for f in found) - min(f.prop[0] for f in found)
    moved = max(f.hip[0] for f in found) - min(f.hip[0] for f in found)

    assert 0.15 < min(shares) < max(shares) < 0.85
    assert rolled == pytest.approx(moved / 2, abs=0.01)


def test_the_figure_has_human_proportions() -> None:
    """1.75 m tall, the head 1/7.5 of it, the hip a little above the middle."""
    figure = figure_at(POSES["heel-raise"], 0.0)
    head_top = figure.head[1] + max(y for _, y in body.FACE)

    assert head_top == pytest.approx(body.HEIGHT, abs=0.02)
    assert max(y for _, y in body.FACE) - min(y for _, y in body.FACE) == pytest.approx(
        body.HEAD, abs=0.005
    )
    assert 0.51 < figure.hip[1] / body.HEIGHT < 0.55
