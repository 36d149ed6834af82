"""Loads the fourteen exercises and checks them.

Rule: one file per exercise in content/exercises/, named after its id; all of E1 to E14 are there
(evidence.md 6.1), and E1 to E13 are kept away from whoever needs to be checked first (6.0).
"""

from collections.abc import Collection
from pathlib import Path

from bot.content.exercise import Dose, Exercise
from bot.content.problem import ContentError, Problem
from bot.content.reading_level import check_reading
from bot.content.refs import unknown_ref, unknown_sources
from bot.content.source import Source, one, read_source, unique

CODES = {
    "heel-drop-straight": "E1",
    "heel-drop-bent": "E2",
    "heel-drop-floor": "E3",
    "heel-raise": "E4",
    "seated-raise": "E5",
    "wall-stretch-straight": "E6",
    "wall-stretch-bent": "E7",
    "step-stretch": "E8",
    "press-up-stretch": "E9",
    "foam-roller": "E10",
    "roller-stick": "E11",
    "barefoot-grass": "E12",
    "hops": "E13",
    "easy-day": "E14",
}
NEVER_DURING = (
    "dvt_suspected",
    "rupture_suspected",
    "compartment_suspected",
    "infection_suspected",
    "strain_suspected",
    "bone_suspected",
)
"""The pathways during which none of E1 to E13 is given (evidence.md 6.0)."""


def load_exercises(
    folder: Path, problems: list[Problem], sources: Collection[str] | None = None
) -> dict[str, Exercise]:
    """Every exercise of the content folder by id, in the order E1 to E14.

    `sources` are the known source ids; without them sources are not checked. Adds to `problems`:
    HD001 to HD004 (file, form, step or dose missing, dose id twice), HD010 (an exercise or a safety
    exclusion missing), HD011 (unknown source), HD012 (unknown easier or harder exercise), HD013 (a
    sentence too long). Never raises for what an author wrote.
    """
    found: dict[str, Exercise] = {}
    read: dict[str, Source] = {}
    for path in sorted((folder / "exercises").glob("*.toml")):
        file = f"exercises/{path.name}"
        try:
            source = read_source(folder, file)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        exercise = one(source, source.data, Exercise, problems)
        if exercise is not None:
            found[exercise.id] = exercise
            read[exercise.id] = source
            _check_one(source, path.stem, exercise, problems)
            unknown_sources(source, exercise.id, exercise.sources, sources, problems)
    _check_complete(folder, found, problems)
    for name, exercise in found.items():
        for link in (exercise.easier.id, exercise.harder.id):
            unknown_ref(read[name], name, link, found, "exercise", problems)
    return dict(sorted(found.items(), key=lambda item: _number(item[1].code)))


def _number(code: str) -> int:
    """12 for "E12", so that E2 comes before E10."""
    return int("".join(filter(str.isdigit, code)) or 0)


def _check_complete(folder: Path, found: Collection[str], problems: list[Problem]) -> None:
    """HD010 for every one of the fourteen that has no file at all."""
    for name, code in CODES.items():
        file = f"exercises/{name}.toml"
        if name not in found and not (folder / file).exists():
            message = f"The exercise {code} is missing."
            problems.append(Problem(file, 1, "HD010", name, message, "Put its file back."))


def _check_one(source: Source, stem: str, exercise: Exercise, problems: list[Problem]) -> None:
    """What a single exercise must have beyond its form."""

    def wrong(code: str, key: str, message: str, fix: str) -> None:
        line = source.line_of_key(key)
        problems.append(Problem(source.file, line, code, exercise.id, message, fix))

    if exercise.id != stem:
        wrong("HD003", "id", f"The id is not the file's name {stem!r}.", "Make them the same.")
    known = CODES.get(exercise.id, exercise.code)
    if exercise.code != known:
        wrong("HD003", "code", f"The code is {exercise.code!r}.", f"Write {known!r}.")
    if not exercise.steps:
        wrong("HD003", "steps", "There is no step.", "Say how it is done, one step at a time.")
    if not exercise.doses:
        wrong("HD003", "doses", "There is no dose.", "Add a [[doses]] to start with.")
    if exercise.group != "easy":
        for pathway in NEVER_DURING:
            if pathway not in exercise.not_if.pathways:
                message = f"not_if leaves out {pathway!r}."
                wrong("HD010", "pathways", message, f"Add {pathway!r} to its pathways.")
    _check_doses(source, exercise.id, exercise.doses, problems)
    check_reading(source, exercise.id, exercise, problems)


def _check_doses(
    source: Source, name: str, doses: tuple[Dose, ...], problems: list[Problem]
) -> None:
    """HD003 for a dose that does not say how much, HD004 for an id used twice."""
    unique(source, "doses", [dose.id for dose in doses], problems)
    for index, dose in enumerate(doses):
        if not dose.says_how_much:
            line = source.line_of_table("doses", index)
            message = f"The dose {dose.id!r} does not say how much."
            fix = "Give sets of 1 or more, and either reps or seconds."
            problems.append(Problem(source.file, line, "HD003", name, message, fix))
