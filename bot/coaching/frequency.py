"""The runs-per-week rule: not from 0 to 3.

Rule (evidence.md 3.5 [D]): base = the larger of last week's runs and the mean of 4 weeks, rounded
down. One more next week, up to the target, if last week had no red and at most 1 amber, and the
base is at most 1 or was held for 2 weeks. Never below 1. From zero: week 1 has 1 run and 2 brisk
walks, weeks 2 and 3 have 2 runs and 1 walk, from week 4 there are 3 runs.
"""

from collections.abc import Sequence

from bot.content.coaching.load import Frequency


def max_runs_next_week(
    weeks: Sequence[int], target: int, frequency: Frequency, *, reds: int = 0, ambers: int = 0
) -> int:
    """The most runs next week; `weeks`: runs in each past week, oldest first (3.5 [D]).

    `reds` and `ambers` are last week's lights. A missing week counts as 0 runs. Raises ValueError
    for a negative count.
    """
    if min((*weeks, target, reds, ambers), default=0) < 0:
        raise ValueError("There is no negative number of runs.")
    padded = [0] * frequency.mean_weeks + list(weeks)
    base = max(padded[-1], sum(padded[-frequency.mean_weeks :]) // frequency.mean_weeks)
    calm = reds <= frequency.max_reds and ambers <= frequency.max_ambers
    held = all(runs >= base for runs in padded[-frequency.held_weeks :])
    grows = calm and (base <= frequency.free_up_to or held)
    most = base + frequency.step if grows else base
    return max(min(target, most), frequency.never_below)


def walks_beside(runs: int, frequency: Frequency) -> int:
    """Brisk walks that fill up a week with so few runs (3.5 [D])."""
    return max(frequency.active_days_from_zero - runs, 0)
