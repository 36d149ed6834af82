"""`heeldrop check`: load the content, walk every path, prove what must hold, print counts and time."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.checking.check import Report, check
from bot.content.load import default_folder


def run(argv: Sequence[str]) -> int:
    """Check; 0 when there is no error, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="heeldrop check", description=__doc__)
    parser.add_argument("--content", type=Path, default=None, help="another content folder")
    parser.add_argument("--quick", action="store_true", help="leave out the walk over every path")
    given = parser.parse_args(list(argv))
    folder = given.content or default_folder()
    began = time.perf_counter()
    report = check(folder, quick=given.quick)
    took = time.perf_counter() - began
    for problem in sorted(report.problems, key=lambda found: found.severity):
        sys.stdout.write(f"{problem}\n")
    sys.stdout.write(_summary(report, took))
    return 1 if report.failed or report.content is None else 0


def _summary(report: Report, took: float) -> str:
    lines = [""]
    content, walked = report.content, report.walked
    if content is not None:
        lines.append(
            f"Content {content.version}: {len(content.questions)} questions, "
            f"{len(content.triage.rules)} triage rules, {len(content.causes.rules)} cause rules, "
            f"{len(content.exercises)} exercises, {len(content.evidence.sources)} sources."
        )
    if walked is not None:
        met = sum(1 for case in report.safety_met.values() if case)
        lines.append(
            f"Paths: {walked.paths:,} through {walked.states:,} states to {len(walked.leaves):,} endings."
        )
        total = len(content.safety) if content else 0
        lines.append(
            f"Safety: {met} of {total} cases met on the way to {report.rendered:,} different messages."
        )
        for level in ("emergency", "same_day", "this_week", "self_manage"):
            fewest, most = walked.taps(level)
            lines.append(f"Taps to {level}: {fewest} to {most}.")
        lines += [f"Taps for {story.text!r}: {story.taps}." for story in report.stories]
    errors = sum(problem.severity == "error" for problem in report.problems)
    warnings = sum(problem.severity == "warning" for problem in report.problems)
    lines.append(f"{errors} errors, {warnings} warnings, in {took:.1f} s.")
    return "\n".join(lines) + "\n"
