"""Files that Heeldrop hands over, such as an export: kept where the runner can find them.

Rule: an older file of the same name is never overwritten.
"""

import re
from itertools import count
from pathlib import Path

from bot.conversation.message import Attachment

FILES = "files"
"""The folder in the data folder where they are."""


def keep(attachment: Attachment | None, folder: Path) -> str:
    """Write a file into the folder and return its path; "" if there is none, or no room for it."""
    if attachment is None:
        return ""
    return keep_bytes(attachment.name, attachment.text.encode(), folder)


def keep_bytes(wanted: str, data: bytes, folder: Path) -> str:
    """Write data into the folder under this name, or one like it; "" if there is no room for it."""
    name = re.sub(r"[^\w.-]+", "-", wanted).strip(".-") or "file"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            path = folder / (name if number == 1 else _numbered(name, number))
            try:
                with path.open("xb") as file:
                    file.write(data)
            except FileExistsError:
                continue
            return str(path)
    except OSError:
        return ""
    return ""


def _numbered(name: str, number: int) -> str:
    stem, dot, ending = name.rpartition(".")
    return f"{stem}-{number}.{ending}" if dot else f"{name}-{number}"
