"""Names that point at other content: known, or reported with the nearest name that is.

Rule: a name that points nowhere is never dropped silently; the author hears "did you mean".
"""

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from bot.content.problem import Problem
from bot.content.source import Source


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A fix in words: the nearest known name, or all that can be said without one."""
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return f"Did you mean {near[0]!r}?" if near else "Use a name that exists, or leave it empty."


def unknown_ref(
    source: Source,
    owner: str,
    name: str,
    known: Collection[str],
    kind: str,
    problems: list[Problem],
) -> None:
    """Add an HD012 problem if `name` is set and names no `kind` that is known."""
    if name and name not in known:
        line = source.line_of_text(f'"{name}"')
        message = f"There is no {kind} {name!r}."
        problems.append(
            Problem(source.file, line, "HD012", owner, message, did_you_mean(name, known))
        )


def unknown_sources(
    source: Source,
    owner: str,
    named: Iterable[str],
    known: Collection[str] | None,
    problems: list[Problem],
) -> None:
    """Add an HD011 problem for each source that is not in the register; no register, no check."""
    if known is None:
        return
    for name in named:
        if name not in known:
            line = source.line_of_text(f'"{name}"')
            message = f"There is no source {name!r} in evidence.toml."
            fix = did_you_mean(name, known)
            problems.append(Problem(source.file, line, "HD011", owner, message, fix))
