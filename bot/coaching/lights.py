"""The soreness lights: green, amber, red or stop after a run.

Rule (evidence.md 4.4): the worst of what is known counts. Pain during the run 0 to 2 green, 3 to
5 amber, above red (S13, tested in Achilles trouble only; a strain allows 2, bone 0 [D]). A limp,
sharp pain or pain that built up is red. Next morning at most 2 or the usual is green, one above
the usual amber, more is red. Not back to usual after 24 hours is red. A stop sign is stop: screen
again.
"""

from dataclasses import dataclass
from typing import Literal

from bot.coaching.runs import Light
from bot.content.coaching.lights import During, LightFigures

__all__ = ["Check", "Light", "light", "light_of_rule", "worst"]

Tissue = Literal["calf", "tendon", "strain", "bone"]
_ORDER: tuple[Light, ...] = ("green", "amber", "red", "stop")


@dataclass(frozen=True, slots=True)
class Check:
    """What the runner said about one run; None is not known. Pain is 0 to 10.

    `morning` and `usual`: first steps next morning, and as they usually are. `settled_24h`: back
    to usual after 24 hours. `stop_sign`: sudden pain, a pop, swelling, pain at night or at rest,
    or any answer that opens the safety screen.
    """

    during: int | None = None
    limp: bool | None = None
    sharp: bool | None = None
    built_up: bool | None = None
    morning: int | None = None
    usual: int | None = None
    stiff_longer: bool | None = None
    settled_24h: bool | None = None
    stop_sign: bool = False
    hard_return_run: bool = False
    tissue: Tissue = "calf"


def light(check: Check, lights: LightFigures) -> Light | None:
    """The light of one run so far; None while nothing is known (4.4, S13 and [D]).

    A return run at effort 7 or more is amber at least (3.4 [D]).
    """
    if check.stop_sign:
        return "stop"
    known = [_during(check, lights), _morning(check, lights), _after(check)]
    if check.hard_return_run:
        known.append("amber")
    if check.limp or check.sharp or check.built_up or check.stiff_longer:
        known.append("red")
    elif check.limp is False:
        known.append("green")
    return worst(*known)


def worst(*lights: Light | None) -> Light | None:
    """The most serious of some lights; None if none is known."""
    known = [one for one in lights if one is not None]
    return max(known, key=_ORDER.index, default=None)


def light_of_rule(rule: str, lights: LightFigures) -> Light:
    """The light of a Delaware soreness rule, by its id (4.4, S10, S11). Raises KeyError."""
    return {row.id: row.light for row in lights.delaware_rule}[rule]  # type: ignore[index]


def _during(check: Check, lights: LightFigures) -> Light | None:
    if check.during is None:
        return None
    band = _band(check.tissue, lights)
    if check.during <= band.green_at_most:
        return "green"
    return "amber" if check.during <= band.amber_at_most else "red"


def _band(tissue: Tissue, lights: LightFigures) -> During:
    if tissue == "strain":
        return lights.during_strain
    return lights.during_bone if tissue == "bone" else lights.during


def _morning(check: Check, lights: LightFigures) -> Light | None:
    if check.morning is None:
        return None
    figures = lights.morning
    usual = figures.usual_when_unknown if check.usual is None else check.usual
    if check.morning <= max(figures.green_at_most, usual):
        return "green"
    return "amber" if check.morning <= usual + figures.amber_above_usual else "red"


def _after(check: Check) -> Light | None:
    if check.settled_24h is None:
        return None
    return "green" if check.settled_24h else "red"
