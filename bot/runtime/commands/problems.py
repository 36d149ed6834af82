"""What a command says when it cannot go on: one sentence, never a traceback."""

import os
import traceback


def explained(command: str, error: Exception) -> str:
    """The sentence for the owner; with HEELDROP_DEBUG=1, where it happened as well."""
    known = _is_plain(error)
    text = str(error) if known else _surprise(command, error)
    if os.environ.get("HEELDROP_DEBUG"):
        text += "\n" + "".join(traceback.format_exception(error))
    return text.rstrip() + "\n"


def _is_plain(error: Exception) -> bool:
    from bot.content.problem import ContentError  # noqa: PLC0415
    from bot.runtime.plugins import NoAdapterError, RefusedError  # noqa: PLC0415
    from bot.runtime.settings import SettingsError  # noqa: PLC0415 - only when something is wrong
    from bot.store.errors import StoreError  # noqa: PLC0415

    return isinstance(
        error,
        StoreError | SettingsError | NoAdapterError | RefusedError | CommandError | ContentError,
    )


def _surprise(command: str, error: Exception) -> str:
    if isinstance(error, OSError) and error.filename:
        return f"heeldrop {command} cannot use {error.filename}: {error.strerror}."
    return (
        f"heeldrop {command} met something it did not expect: {type(error).__name__}: {error}\n"
        "This is a fault in Heeldrop. Run it again with HEELDROP_DEBUG=1 to see where."
    )


class CommandError(Exception):
    """A command cannot do what was asked; its text says why, fit to print."""
