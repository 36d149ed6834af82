from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.vectors import bend, length, tilted

NEAR = st.floats(-2, 2, allow_nan=False)
BONE = st.floats(0.1, 0.6, allow_nan=False)
POINTS = st.tuples(NEAR, NEAR)


@given(POINTS, POINTS, BONE, BONE, st.sampled_from([1, -1]))
def test_bones_keep_their_length(
    start: tuple[float, float], end: tuple[float, float], first: float, second: float, side: int
) -> None:
    """Wherever two bones reach to, both are as long as before."""
    middle, tip = bend(start, end, first, second, side)

    if length(start, end) > 0.01:
        assert abs(length(start, middle) - first) < 1e-3
        assert abs(length(middle, tip) - second) < 1e-3


@given(st.floats(0.3, 0.84, allow_nan=False), st.floats(-60, 60, allow_nan=False))
def test_a_knee_points_forward_and_an_elbow_back(apart: float, angle: float) -> None:
    """Of a limb that hangs down, the middle joint is in front (knee) or behind (elbow)."""
    end = tilted((0.0, -apart), angle)

    knee, _ = bend((0.0, 0.0), end, 0.43, 0.43, 1)
    elbow, _ = bend((0.0, 0.0), end, 0.43, 0.43, -1)

    assert tilted(knee, -angle)[0] > 0 > tilted(elbow, -angle)[0]


def test_what_is_in_reach_is_reached() -> None:
    """Two bones end where they are sent."""
    _, tip = bend((0.0, 1.0), (0.3, 0.4), 0.43, 0.43, 1)

    assert length(tip, (0.3, 0.4)) < 1e-9
