"""Discord's gateway: the websocket on which events reach the bot.

A session whose connection the server cut or asked to renew is kept, and RESUME replays what was
missed. A session whose bot goes away by itself ends at once. (The real gateway would keep it for
some minutes, because discord.py closes with code 4000 even at its end, but nobody resumes it.)
"""

import asyncio
import contextlib
import json
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.platforms.waiting import Bell

if TYPE_CHECKING:
    from tests.platforms.discord_state import State

HEARTBEAT_MS = 41_250
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)  # members, presences, message content
DISPATCH, HEARTBEAT, IDENTIFY, RESUME = 0, 1, 2, 6
RECONNECT, INVALID, HELLO, ACK = 7, 9, 10, 11
BAD_TOKEN, BAD_INTENTS = 4004, 4014
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12


class Session:
    """One IDENTIFY of the bot, with every event it was or should have been sent."""

    def __init__(self, number: int, intents: int) -> None:
        self.id = f"session-{number}"
        self.intents = intents
        self.events: list[dict[str, Any]] = []
        self.connection: Connection | None = None
        self.awaited = False

    def wants(self, event: str, body: dict[str, Any]) -> bool:
        """Whether the bot asked for this kind of event."""
        if event.startswith(("GUILD", "CHANNEL", "THREAD")):
            return bool(self.intents & GUILDS)
        if event.startswith(("MESSAGE", "TYPING")):
            return bool(self.intents & (GUILD_MESSAGES if "guild_id" in body else DIRECT_MESSAGES))
        return True

    def add(self, event: str, body: dict[str, Any]) -> None:
        """Keep an event, and send it if the bot is connected."""
        packet = {"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": body}
        self.events.append(packet)
        if self.connection is not None:
            self.connection.outbox.put_nowait(packet)


class Connection:
    """One open websocket."""

    def __init__(self, gateway: "Gateway", socket: web.WebSocketResponse) -> None:
        self._gateway = gateway
        self._socket = socket
        self.session: Session | None = None
        self.transport: asyncio.BaseTransport | None = None
        self.outbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def run(self) -> None:
        """Greet, then read and write until either side ends it."""
        self.outbox.put_nowait({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}})
        writer = asyncio.create_task(self._write())
        try:
            async for message in self._socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(json.loads(message.data))
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
            self._gateway.ended(self)

    async def _write(self) -> None:
        while True:
            packet = await self.outbox.get()
            await self._socket.send_str(json.dumps(packet))

    async def _receive(self, packet: dict[str, Any]) -> None:
        self._gateway.received.append(packet)
        if packet["op"] == HEARTBEAT:
            self.outbox.put_nowait({"op": ACK})
        elif packet["op"] == IDENTIFY:
            code = self._gateway.identify(self, packet["d"])
            if code:
                await self._socket.close(code=code)
        elif packet["op"] == RESUME and not self._gateway.resume(self, packet["d"]):
            self.outbox.put_nowait({"op": INVALID, "d": False})


class Gateway:
    """All sessions. `identified` and `resumed` count how often the bot connected each way."""

    def __init__(self, state: "State", bell: Bell) -> None:
        self._state = state
        self._bell = bell
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.received: list[dict[str, Any]] = []

    # -------------------------------------------------------------- for tests
    @property
    def connected(self) -> bool:
        """Whether a bot is connected now."""
        return any(each.connection is not None for each in self.sessions.values())

    def drop(self) -> None:
        """Cut every connection without a word; sessions can be resumed."""
        for session in self.sessions.values():
            connection, session.connection = session.connection, None
            session.awaited = True
            if connection is not None and connection.transport is not None:
                connection.transport.close()

    def ask_reconnect(self) -> None:
        """Ask the bot to reconnect and resume (op 7)."""
        self._to_all({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell the bot its session is over (op 9); unless resumable, what it missed is lost."""
        self._to_all({"op": INVALID, "d": resumable})
        if not resumable:
            self.sessions.clear()

    def emit(self, event: str, body: dict[str, Any]) -> None:
        """Send an event to every session that wants it; kept for those not connected."""
        for session in self.sessions.values():
            if session.wants(event, body):
                session.add(event, body)

    def _to_all(self, packet: dict[str, Any]) -> None:
        for session in self.sessions.values():
            if session.connection is not None:
                session.awaited = True
                session.connection.outbox.put_nowait(packet)

    # -------------------------------------------------------------- for connections
    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of the bot."""
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(self, socket)
        connection.transport = request.transport
        await connection.run()
        return socket

    def identify(self, connection: Connection, body: dict[str, Any]) -> int | None:
        """Begin a session; gives the code to close with if the bot may not."""
        if body["token"] != self._state.token:
            return BAD_TOKEN
        if body["intents"] & PRIVILEGED:
            self._state.break_rule("privileged_intent", "IDENTIFY", f"intents {body['intents']}")
            return BAD_INTENTS
        self.identified += 1
        session = Session(self.identified, body["intents"])
        session.connection, connection.session = connection, session
        self.sessions[session.id] = session
        inside = [each for each in self._state.guilds.values() if each.bot_inside]
        ready = {
            "v": 10,
            "user": self._state.bot.as_json(),
            "guilds": [{"id": str(each.id), "unavailable": True} for each in inside],
            "session_id": session.id,
            "resume_gateway_url": self._state.url().replace("http", "ws") + "/gateway",
            "application": {"id": str(self._state.application_id), "flags": 0},
            "private_channels": [],
        }
        session.add("READY", ready)
        for each in inside:
            if not each.unavailable and session.intents & GUILDS:
                session.add("GUILD_CREATE", each.as_json())
        self._bell.ring()
        return None

    def resume(self, connection: Connection, body: dict[str, Any]) -> bool:
        """Go on with a session: replay what was missed. False if there is no such session."""
        session = self.sessions.get(body["session_id"])
        if session is None or body["token"] != self._state.token:
            return False
        self.resumed += 1
        session.connection, connection.session = connection, session
        session.awaited = False
        for packet in session.events[body["seq"] or 0 :]:
            connection.outbox.put_nowait(packet)
        session.add("RESUMED", {})
        self._bell.ring()
        return True

    def ended(self, connection: Connection) -> None:
        """A connection is over; if the bot ended it by itself, its session is over as well."""
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if not session.awaited:
                self.sessions.pop(session.id, None)
        self._bell.ring()
