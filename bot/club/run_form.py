"""A run by a form: its fields become the one line that is read anyway.

Rule: a form decides nothing by itself; what it says goes through run_line.py and is read back.
"""


def line_of(
    when: str, where: str, options: str = "", *, title: str = "", most: str = "", notes: str = ""
) -> str:
    """The line for "/run": each field as somebody typed it; empty ones say nothing."""
    parts = [
        f'"{_one_line(title).replace(chr(34), "")}"' if title.strip() else "",
        _one_line(when),
        f"at {_one_line(where)}" if where.strip() else "",
        " ; ".join(part for part in options.splitlines() if part.strip()),
        f"max {_one_line(most)}" if most.strip() else "",
        f"note: {_one_line(notes)}" if notes.strip() else "",
    ]
    return " ; ".join(part for part in parts if part)


def _one_line(text: str) -> str:
    return " ".join(text.split())
