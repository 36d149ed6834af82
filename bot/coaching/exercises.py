"""Which exercises fit today: at most 4, as ids of content/exercises/.

Rules (evidence.md 6.0 to 6.2, 1.5, 2.3):
- Nothing in an emergency, on a same-day answer, or outside who this is for (scope_limit). While
  somebody should look at it this week: the easy day at most, and only if walking is 2/10 or less.
- Only the easy day: sore from running and above 2/10, after a red light, above the pain guide
  (3 muscle, 5 tendon), in the first 72 hours of a strain.
- Strength on days without a run, 3 days a week at most, not the day before the longest run, and one
  day a week without any calf loading [D] (S22, S22b).
- Stretches and rolling after runs. Barefoot grass from level 3, only when green, not within 2
  weeks of a strain, not during a change of style or shoes. Hops from 15 single raises, calm,
  never with bone pain.
- Pain where the tendon meets the heel bone: floor level only, no stretches of it (S31, 2.3 rule 7).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.coaching.runs import Light
from bot.content.coaching import Coaching
from bot.content.coaching.strength import ChoiceFigures

Entry = tuple[str, ...]
Kind = Literal["non_run", "after_run", "after_race"]
DROP_STRAIGHT = "heel-drop-straight"
DROP_BENT = "heel-drop-bent"
DROP_FLOOR = "heel-drop-floor"
RAISE = "heel-raise"
SEATED = "seated-raise"
WALL_STRAIGHT = "wall-stretch-straight"
WALL_BENT = "wall-stretch-bent"
STEP_STRETCH = "step-stretch"
PRESS_UP = "press-up-stretch"
ROLLER = "foam-roller"
STICK = "roller-stick"
GRASS = "barefoot-grass"
HOPS = "hops"
EASY = "easy-day"
STRETCHES = (WALL_STRAIGHT, WALL_BENT, STEP_STRETCH, PRESS_UP)
_ASKED = frozenset({"step", "wall", "roller", "stick", "grass"})
_KIT_WHEN_UNKNOWN = frozenset({"step", "wall"})
_TENDON = frozenset({"tendon_mid", "tendon_insertional"})
_NO_GRASS = frozenset({"technique_change", "footwear_surface", "tendon_insertional"})


class Exercise(Protocol):
    """What is needed of an exercise of content/exercises/."""

    @property
    def id(self) -> str:
        """Its id, as in the names above."""

    @property
    def kit(self) -> Collection[str]:
        """What it needs; of these step, wall, roller, stick and grass are asked about."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of one runner. Pain now is 0 to 10; `light` is the last run's while it still counts.

    `kit` None: not asked yet. `loading_days` and `strength_days`: of the 6 days before. `level`
    None: not on the ladder. `raises`: single-leg heel raises of the weaker side. `turn`: how many
    days of this kind there were before, so that the choice changes. `barred`: ids the runner must
    not do.
    """

    triage: str
    pathways: frozenset[str]
    kind: Kind
    pain: int = 0
    light: Light | None = None
    kit: frozenset[str] | None = None
    hours_since_onset: float | None = None
    before_longest_run: bool = False
    loading_days: int = 0
    strength_days: int = 0
    level: int | None = None
    raises: int | None = None
    bone_pain: bool = False
    turn: int = 0
    barred: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """Exercise ids in order, why (names of rules), and whether the easing set may be offered."""

    exercises: tuple[str, ...]
    because: tuple[str, ...]
    easing_set: bool = False


def exercise_choice(exercises: Iterable[Exercise], day: Day, coaching: Coaching) -> Choice:
    """The exercises for a day, at most 4 (evidence.md 6.0 to 6.2; 2.3 rules 1, 7 and 8)."""
    figures = coaching.strength.choice
    if day.triage not in {"self_manage", "this_week"} or day.light == "stop":
        return Choice((), ("screen_first",))
    if "scope_limit" in day.pathways:
        return Choice((), ("scope",))
    able = {one.id for one in exercises if _has_kit(one, day)} - day.barred
    easy = (EASY,) if EASY in able else ()
    if day.triage == "this_week" or day.bone_pain:
        calm = day.pain <= figures.calm_pain_at_most
        return Choice(easy if calm else (), ("this_week",))
    why = _only_easy(day, coaching)
    if why is not None:
        return Choice(easy, (why,))
    wanted, because = _after_run(day, figures) if day.kind != "non_run" else _strength(day, figures)
    chosen = _fitting(wanted, able)[: figures.at_most]
    if not chosen:
        return Choice(easy, (*because, "no_kit"))
    return Choice(chosen, because, easing_set=_easing(day, coaching))


def _has_kit(exercise: Exercise, day: Day) -> bool:
    have = _KIT_WHEN_UNKNOWN if day.kit is None else day.kit
    return set(exercise.kit) & _ASKED <= have


def _only_easy(day: Day, coaching: Coaching) -> str | None:
    """The rule that leaves only the easy day, if one does."""
    figures, days = coaching.strength.choice, coaching.strength.days
    tendon = bool(day.pathways & _TENDON)
    guide = figures.pain_tendon_at_most if tendon else figures.pain_muscle_at_most
    early = day.hours_since_onset is None or day.hours_since_onset < figures.strain_wait_h
    rest_day, doms = day.kind == "non_run", "doms" in day.pathways
    rules = (
        ("strain_first_72h", "strain_suspected" in day.pathways and early),
        ("doms_wait", doms and (rest_day or day.pain > coaching.lights.doms.stairs_at_most)),
        ("red_day", day.light == "red"),
        ("pain_guide", day.pain > guide),
        ("day_before_longest_run", rest_day and day.before_longest_run),
        ("free_day", rest_day and day.loading_days >= 7 - days.free_at_least),
        ("enough_strength", rest_day and day.strength_days >= days.strength_at_most),
    )
    return next((name for name, holds in rules if holds), None)


def _strength(day: Day, figures: ChoiceFigures) -> tuple[list[Entry], tuple[str, ...]]:
    """Strength for a day without a run: each entry is an exercise and what may stand in for it."""
    if "strain_suspected" in day.pathways:
        return [(RAISE, SEATED)], ("strain_ladder",)
    third: Entry = (RAISE, SEATED) if day.turn % 2 == 0 else (SEATED,)
    if "tendon_insertional" in day.pathways:
        return [(DROP_FLOOR,), third], ("insertional_floor_only",)
    wanted: list[Entry] = [(DROP_STRAIGHT, DROP_FLOOR), (DROP_BENT, DROP_FLOOR), third]
    hops = (
        day.raises is not None
        and day.raises >= figures.hops_from_raises
        and day.pain <= figures.calm_pain_at_most
        and day.turn % 2 == 1
    )
    if hops:
        wanted.append((HOPS,))
    return wanted, ("strength_day",)


def _after_run(day: Day, figures: ChoiceFigures) -> tuple[list[Entry], tuple[str, ...]]:
    """Comfort after a run: stretches, rolling, and grass when it fits."""
    roll = (ROLLER, STICK) if day.turn % 2 == 0 else (STICK, ROLLER)
    if "tendon_insertional" in day.pathways:
        return [roll, (EASY,)], ("insertional_no_stretch",)
    wanted: list[Entry]
    if day.turn % 2 == 0:
        wanted = [(WALL_STRAIGHT, STEP_STRETCH), (WALL_BENT, PRESS_UP), roll]
    else:
        wanted = [(STEP_STRETCH, WALL_STRAIGHT), (PRESS_UP,), roll]
    if _grass(day, figures):
        wanted.append((GRASS,))
    return wanted, ("after_run",)


def _grass(day: Day, figures: ChoiceFigures) -> bool:
    strain_over = "strain_suspected" not in day.pathways or (
        day.hours_since_onset is not None
        and day.hours_since_onset >= figures.grass_after_strain_days * 24
    )
    return (
        day.light in {None, "green"}
        and (day.level is None or day.level >= figures.grass_from_level)
        and day.pain < figures.grass_pain_below
        and not day.pathways & _NO_GRASS
        and strain_over
    )


def _fitting(wanted: list[Entry], able: set[str]) -> tuple[str, ...]:
    """For each entry the first that is possible and not chosen yet."""
    chosen: list[str] = []
    for entry in wanted:
        one = next((name for name in entry if name in able and name not in chosen), None)
        if one is not None:
            chosen.append(one)
    return tuple(chosen)


def _easing(day: Day, coaching: Coaching) -> bool:
    """Whether the light easing set may be offered after a run [D] (evidence.md 0, tension a)."""
    calm = day.pain <= coaching.strength.choice.calm_pain_at_most
    barred = day.pathways & {"strain_suspected", "doms", *_TENDON}
    return day.kind != "non_run" and calm and not barred
