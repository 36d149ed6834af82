"""Measure everything and print one table: `make bench`, or `make bench ARGS=coaching` for a part.

A measurement is a file `tests/bench/measure_*.py` with a function `measure() -> Iterable[Row]`.
Nothing here passes or fails; the aim stands beside the figure for a person to compare.
"""

import importlib
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.row import Row


def measurements(wanted: Sequence[str]) -> Iterable[Row]:
    """The rows of every measurement, or of those whose file name holds one of the wanted words."""
    for path in sorted(Path(__file__).parent.glob("measure_*.py")):
        if not wanted or any(word in path.stem for word in wanted):
            yield from importlib.import_module(f"tests.bench.{path.stem}").measure()


def main(wanted: Sequence[str]) -> None:
    """Print the table."""
    table = Table("What", "Measured", "Aim")
    for row in measurements(wanted):
        table.add_row(row.what, row.measured, row.aim)
    console = Console()
    console.print(table if table.row_count else "Nothing to measure yet.")


if __name__ == "__main__":
    main(sys.argv[1:])
