"""Finding adapters by name, among Heeldrop's own and those that other packages bring.

An adapter's entry point (group heeldrop.adapters) is one object. The terminal's has
`run(argv) -> int`. A platform's has `wants(settings) -> bool` (is there a token for it?) and
`async serve(host, settings)`: attach to the host, receive until cancelled, then stop cleanly, and
`async reach(settings) -> str`: the name the platform knows it by, asked with one cheap call.
"""

from importlib.metadata import EntryPoint, entry_points
from typing import Any, Protocol

from bot.runtime.host import Host
from bot.runtime.settings import Settings

GROUP = "heeldrop.adapters"


class PlatformAdapter(Protocol):
    """What the entry point of a platform is."""

    def wants(self, settings: Settings) -> bool:
        """Whether it is configured."""
        ...

    async def serve(self, host: Host, settings: Settings) -> None:
        """Receive until cancelled."""
        ...

    async def reach(self, settings: Settings) -> str:
        """Our name there. Raises RefusedError, SettingsError, or UnreachableError."""
        ...


class RefusedError(RuntimeError):
    """A platform cannot be served, and only the owner can change that; the text says what to do."""


class UnreachableError(RuntimeError):
    """A platform did not answer. The text says how that went, and holds no secret."""


class NoAdapterError(LookupError):
    """No adapter of that name is installed."""


def installed() -> dict[str, EntryPoint]:
    """All adapters by name, not loaded."""
    return {point.name: point for point in entry_points(group=GROUP)}


def find(name: str) -> Any:
    """The adapter of that name, loaded. Raises NoAdapterError."""
    point = installed().get(name)
    if point is None:
        raise NoAdapterError(
            f'There is no adapter "{name}" here: run make setup, or install the package it is in.'
        )
    return point.load()
