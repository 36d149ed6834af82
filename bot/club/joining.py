"""Joining a run: who goes, who waits and in which order. Only arithmetic.

Rule: one answer a runner; pressing again changes it, the same press twice changes nothing. The order
is that of the presses; whoever changes from one option to another keeps their turn. With a limit the
first ones go, the others wait, and when somebody leaves the next one moves up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.club.state import CANT, MAYBE, ClubRun, Rsvp


@dataclass(frozen=True, slots=True)
class Counted:
    """Numbers of runners: going, waiting, and by what they said (waiting ones included)."""

    going: int
    waiting: int
    by_choice: dict[str, int]

    def said(self, choice: str) -> int:
        """How many said this."""
        return self.by_choice.get(choice, 0)


def comes(rsvp: Rsvp) -> bool:
    """Whether somebody chose an option."""
    return rsvp.choice not in (MAYBE, CANT)


def going(run: ClubRun) -> tuple[Rsvp, ...]:
    """Those who go, in their order."""
    found = tuple(one for one in run.rsvps if comes(one))
    return found if run.limit is None else found[: run.limit]


def waiting(run: ClubRun) -> tuple[Rsvp, ...]:
    """Those who wait for a place, in their order."""
    found = tuple(one for one in run.rsvps if comes(one))
    return () if run.limit is None else found[run.limit :]


def counted(run: ClubRun) -> Counted:
    """The numbers that a post shows."""
    by_choice: dict[str, int] = {}
    for one in run.rsvps:
        by_choice[one.choice] = by_choice.get(one.choice, 0) + 1
    return Counted(len(going(run)), len(waiting(run)), by_choice)


def joined(run: ClubRun, runner: int, choice: str, now: datetime) -> ClubRun:
    """The run after somebody's answer; the very same run if it changes nothing."""
    old = next((one for one in run.rsvps if one.runner == runner), None)
    if old is not None and old.choice == choice:
        return run
    new = Rsvp(runner, choice, now, tell=old.tell if old else False)
    if old is not None and comes(old) and comes(new):
        new = msgspec.structs.replace(new, at=old.at)
        rsvps = tuple(new if one is old else one for one in run.rsvps)
    else:
        rsvps = (*(one for one in run.rsvps if one.runner != runner), new)
    return msgspec.structs.replace(run, rsvps=rsvps)


def telling(run: ClubRun, runner: int, tell: bool) -> ClubRun:
    """The run after somebody asked to be told when it changes, or no longer."""
    rsvps = tuple(
        msgspec.structs.replace(one, tell=tell) if one.runner == runner else one
        for one in run.rsvps
    )
    return msgspec.structs.replace(run, rsvps=rsvps)


def without(run: ClubRun, runner: int) -> ClubRun:
    """The run without somebody: neither coming nor counted."""
    return msgspec.structs.replace(
        run,
        rsvps=tuple(one for one in run.rsvps if one.runner != runner),
        feelings=tuple(one for one in run.feelings if one.runner != runner),
    )


def moved_up(before: ClubRun, after: ClubRun) -> tuple[Rsvp, ...]:
    """Those who waited before and go now."""
    waited = {one.runner for one in waiting(before)}
    return tuple(one for one in going(after) if one.runner in waited)


def place_in_line(run: ClubRun, runner: int) -> int:
    """1 for the first who waits; 0 for somebody who does not wait."""
    return next((number for number, one in enumerate(waiting(run), 1) if one.runner == runner), 0)


def people(runs: Iterable[ClubRun]) -> set[int]:
    """The distinct runners who go to these runs."""
    return {one.runner for run in runs for one in going(run)}


def of(run: ClubRun, runner: int) -> Rsvp | None:
    """What a runner said about a run, or None."""
    return next((one for one in run.rsvps if one.runner == runner), None)
