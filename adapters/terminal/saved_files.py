"""Files that Heeldrop hands over, such as an export: kept where the runner can find them.

Rule: an older file of the same name is never overwritten.
"""

import re
from itertools import count
from pathlib import Path

from bot.conversation.message import Attachment


def keep(attachment: Attachment | None, folder: Path) -> str:
    """Write a file into the folder and return its path; "" if there is none, or no room for it."""
    if attachment is None:
        return ""
    name = re.sub(r"[^\w.-]+", "-", attachment.name).strip(".-") or "file"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            path = folder / (name if number == 1 else _numbered(name, number))
            try:
                with path.open("x", encoding="utf-8") as file:
                    file.write(attachment.text)
            except FileExistsError:
                continue
            return str(path)
    except OSError:
        return ""
    return ""


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"
