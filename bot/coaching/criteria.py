"""What has to be possible before the first run, and what is not yet.

Rule (evidence.md 4.2 [D], S24, S83): a brisk walk of 30 minutes at 1/10 or less, no limp, stairs
2/10 or less, 20 double then 10 single heel raises and 10 hops on each leg at 2/10 or less. After
a true strain also no tenderness, ankle bend and raises within 10% of the other side, and 30
raises or the norm for the age if that is lower (S39).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.content.coaching.comeback import Comeback

Criterion = tuple[str, bool | None]


@dataclass(frozen=True, slots=True)
class Able:
    """What the runner can do, None not known: seconds, counts of the weaker side, pain 0 to 10."""

    walk_s: float | None = None
    walk_pain: int | None = None
    limp: bool | None = None
    stairs_pain: int | None = None
    double_raises: int | None = None
    single_raises: int | None = None
    raise_pain: int | None = None
    hops: int | None = None
    hop_pain: int | None = None


@dataclass(frozen=True, slots=True)
class AfterStrain:
    """What a strain adds; the parts are sore side / other side, `norm` is for the age."""

    tenderness: int | None = None
    ankle_bend_part: float | None = None
    raises_part: float | None = None
    norm: int | None = None


@dataclass(frozen=True, slots=True)
class Criteria:
    """Names of what is not possible yet, and of what is not known yet."""

    unmet: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def met(self) -> bool:
        """Whether everything is known to be possible."""
        return not self.unmet and not self.unknown


def criteria_to_start(
    able: Able, comeback: Comeback, strain: AfterStrain | None = None
) -> Criteria:
    """What of evidence.md 4.2 is unmet or unknown, in the order in which it is tried."""
    found = list(_basic(able, comeback))
    if strain is not None:
        found += _strain(able, strain, comeback)
    return Criteria(
        unmet=tuple(name for name, holds in found if holds is False),
        unknown=tuple(name for name, holds in found if holds is None),
    )


def _basic(able: Able, comeback: Comeback) -> Iterator[Criterion]:
    need = comeback.criteria
    yield "walk_30_min", _at_least(able.walk_s, need.walk_s)
    yield "walk_pain", _at_most(able.walk_pain, need.walk_pain_at_most)
    yield "no_limp", None if able.limp is None else not able.limp
    yield "stairs_pain", _at_most(able.stairs_pain, need.stairs_pain_at_most)
    yield "double_raises", _at_least(able.double_raises, need.double_raises)
    yield "single_raises", _at_least(able.single_raises, need.single_raises)
    yield "raise_pain", _at_most(able.raise_pain, need.raise_pain_at_most)
    yield "hops", _at_least(able.hops, need.hops)
    yield "hop_pain", _at_most(able.hop_pain, need.hop_pain_at_most)


def _strain(able: Able, strain: AfterStrain, comeback: Comeback) -> Iterator[Criterion]:
    need = comeback.criteria_after_strain
    raises = comeback.strain_raises.at_least
    wanted = raises if strain.norm is None else min(raises, strain.norm)
    yield "tenderness", _at_most(strain.tenderness, need.tenderness_at_most)
    yield "ankle_bend", _at_least(strain.ankle_bend_part, 1 - need.ankle_bend_within)
    yield "raises_even", _at_least(strain.raises_part, 1 - need.raises_within)
    yield "raises_norm", _at_least(able.single_raises, wanted)


def _at_most(value: float | None, limit: float) -> bool | None:
    return None if value is None else value <= limit


def _at_least(value: float | None, limit: float) -> bool | None:
    return None if value is None else value >= limit - 1e-9
