"""Where every channel of a pose stands at a moment.

Rule: a channel passes exactly through its keys, and the end of a rep is its beginning.
"""

from collections.abc import Iterator
from math import cos, pi
from typing import TypeAlias

from bot.pictures.pose import Ease, Key, Limbs, Pose

Value: TypeAlias = tuple[float, ...]
Track: TypeAlias = tuple[tuple[float, Value, Ease], ...]


class Motion:
    """The channels of a pose over time: "trunk", "near.knee", "far.ball" and so on."""

    def __init__(self, pose: Pose) -> None:
        self._seconds = pose.seconds
        self._later = pose.far_after
        tracks: dict[str, list[tuple[float, Value, Ease]]] = {}
        for key in pose.keys:
            for name, value in _channels(key):
                tracks.setdefault(name, []).append((key.at, value, key.ease))
        self._tracks: dict[str, Track] = {name: tuple(track) for name, track in tracks.items()}

    def at(self, moment: float) -> dict[str, Value]:
        """Every channel `moment` seconds into the rep."""
        now = {name: self._read(track, moment) for name, track in self._tracks.items()}
        if self._later is not None:
            for name, track in self._tracks.items():
                if name.startswith("near."):
                    now["far." + name[5:]] = self._read(track, moment - self._later)
        return now

    def _read(self, track: Track, moment: float) -> Value:
        moment %= self._seconds
        first, last = track[0], track[-1]
        if moment < first[0]:
            before, after = (last[0] - self._seconds, last[1], last[2]), first
        elif moment >= last[0]:
            before, after = last, (first[0] + self._seconds, first[1], first[2])
        else:
            index = max(i for i, (at, _, _) in enumerate(track) if at <= moment)
            before, after = track[index], track[index + 1]
        part = (moment - before[0]) / (after[0] - before[0])
        share = _eased(part, before[2])
        return tuple(a + (b - a) * share for a, b in zip(before[1], after[1], strict=True))


def _eased(part: float, ease: Ease) -> float:
    if ease == "smooth":
        return (1 - cos(pi * part)) / 2
    if ease == "rise":
        return 1 - (1 - part) ** 2
    return part**2 if ease == "fall" else part


def _channels(key: Key) -> Iterator[tuple[str, Value]]:
    for name in ("over", "pelvis", "trunk", "spine", "head", "prop"):
        yield from _set(name, getattr(key, name))
    for side in ("near", "far"):
        limbs: Limbs = getattr(key, side)
        for name in limbs.__struct_fields__:
            yield from _set(f"{side}.{name}", getattr(limbs, name))


def _set(name: str, value: float | tuple[float, float] | None) -> Iterator[tuple[str, Value]]:
    if value is not None:
        yield name, value if isinstance(value, tuple) else (value,)
