"""A Discord on this machine: its HTTP API, driven by the API's own description, and its gateway.

Every call is checked: route, query and body against the description, then the limits that only the
documentation states, then whether it makes sense. What is wrong is answered as Discord would and
kept in `violations`; leaving the server with any violation left fails the test. Three rules of our
own are checked as well (`HOUSE_RULES`, for `violations.tolerate`): a nonce on every send,
allowed_mentions with every text, and no private channel opened to someone who never used the bot.

How discord.py 2.7.1 is pointed at it, before the client is started:

    discord.http.Route.BASE = server.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)

`Route.BASE` is read each time a route is made, and serves interactions and webhooks as well. A plain
`Client` never asks GET /gateway, so the second line is needed; once connected, it follows READY's
`resume_gateway_url`. Two more things keep tests quick: `guild_ready_timeout=0` in the client's
options (it waits 2 seconds for more guilds otherwise), and an own `before_identify_hook` (it sleeps
5 seconds before a second IDENTIFY). `discord_bots.pointed_at` does the first two and undoes them.

    async with DiscordServer() as server:
        guild = server.guild("Club")
        runner = server.member("Ada", guild)
        ...  # start the bot
        await server.ready()
        runner.slash("run", {"distance": "5 km"}, channel=guild.channels[0])
        await runner.hears("Noted", guild.channels[0])
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.platforms import discord_asking
from tests.platforms.discord_drivers import Drivers
from tests.platforms.discord_limits import Buckets
from tests.platforms.discord_spec import Operation, discord_spec
from tests.platforms.discord_state import HOUSE_RULES, Call, State
from tests.platforms.discord_world import RefusalError, User
from tests.platforms.discord_writing import Upload
from tests.platforms.faults import Fault, Faults, Hold

__all__ = ["HOUSE_RULES", "TOKEN", "DiscordServer"]
TOKEN = "local.test.token"
BOT_ID = 900_000_000_000_000_001
_PREFIX = "/api/v10"
_OPEN = {"create_interaction_response"}  # the interaction's token is enough
_BIGGEST = 64 * 1024 * 1024


class DiscordServer(Drivers):
    """The server and the people who use it.

    `sent` lists the bot's calls in the order they were answered, `violations` the broken rules.
    `now` is the platform's clock; with `rate_limits` sending is limited to 5 per 5 s and channel.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rate_limits: bool = False,
        port: int = 0,
    ) -> None:
        discord_spec()  # a missing description skips the test here
        bot = User(BOT_ID, "Heeldrop", bot=True)
        super().__init__(State(lambda: now().timestamp(), BOT_ID, bot, token, lambda: self.url))
        self.token = token
        self.violations = self.state.violations
        self.gateway = self.state.gateway
        self.faults = Faults()
        self.sent: list[Call] = []
        self._buckets = Buckets(self.state.now) if rate_limits else None
        self._port = port
        self._runner: web.AppRunner | None = None

    # -------------------------------------------------------------- starting and stopping
    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
        if kind is None:
            self.violations.assert_none()

    async def start(self) -> None:
        """Listen on loopback; a second start uses the same port again."""
        app = web.Application(client_max_size=_BIGGEST)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/gateway/", self.gateway.handle)
        app.router.add_get("/files/{number}/{name}", self._download)
        app.router.add_route("*", _PREFIX + "/{path:.*}", self._handle)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening and cut all connections; what exists stays for a later start."""
        self.faults.clear()
        self.gateway.drop()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def api_url(self) -> str:
        """The base of all routes, as `DISCORD_API_URL` would name it."""
        return self.url + _PREFIX

    @property
    def gateway_url(self) -> str:
        """The websocket, as `DISCORD_GATEWAY_URL` would name it."""
        return f"ws://127.0.0.1:{self._port}/gateway"

    # -------------------------------------------------------------- looking at the calls
    def calls(self, name: str) -> list[Call]:
        """All calls of one route so far, answered well or not."""
        return [each for each in self.sent if each.name == name]

    def hold(self, name: str, times: int = 1) -> Hold:
        """Keep the next calls of a route waiting until released."""
        return self.faults.hold(name, times)

    # -------------------------------------------------------------- one call
    async def _handle(self, request: web.Request) -> web.Response:
        path = "/" + request.match_info["path"]
        operation = discord_spec().operation(request.method, path)
        if operation is None:
            self.state.break_rule("unknown_route", f"{request.method} {path}", "no such route")
            return _refused(RefusalError(404, 0, "404: Not Found"))
        by_token = operation.name in _OPEN or "webhook_token" in operation.parts
        if not by_token and request.headers.get("Authorization") != f"Bot {self.token}":
            return _refused(RefusalError(401, 0, "401: Unauthorized"))
        body, files = await _read(request)
        try:
            self._check(operation, request, body)
        except RefusalError as refusal:
            return self._record(operation, body, refusal)
        fault = self.faults.take(operation.name, body if isinstance(body, dict) else {})
        if fault and fault.hold:
            await fault.hold.pass_through()
        if fault and not fault.after and not fault.hold:
            return self._faulty(request, operation, body, fault, listed=False)
        answer = self._process(operation, body, files)
        if fault and fault.after:
            return self._faulty(request, operation, body, fault, listed=True)
        return answer

    def _check(self, operation: Operation, request: web.Request, body: Any) -> None:
        """Check query and body by the description."""
        for key in request.query:
            if key not in operation.query:
                self.state.break_rule("unknown_parameter", operation.name, f"query {key}")
        if operation.body is None:
            if body is not None:
                self.state.break_rule("bad_body", operation.name, "a body where none belongs")
            return
        problem = discord_spec().problem(operation, body)
        if problem:
            raise RefusalError(400, 50035, f"Invalid Form Body: {problem}", "bad_body")

    def _process(self, operation: Operation, body: Any, files: list[Upload]) -> web.Response:
        headers: dict[str, str] = {}
        if self._buckets and operation.name == "create_message":
            headers, refused = self._buckets.take(operation.parts["channel_id"])
            if refused is not None:
                self.sent.append(Call(operation.name, operation.parts, body, error="429"))
                return _json(refused, 429, headers)
        try:
            result = discord_asking.answer(self.state, operation, body, files)
        except RefusalError as refusal:
            return self._record(operation, body, refusal)
        self.sent.append(Call(operation.name, operation.parts, body, result))
        self.state.bell.ring()
        if result is None:
            return web.Response(status=204, headers=headers)
        return _json(result, 200, headers)

    def _record(self, operation: Operation, body: Any, refusal: RefusalError) -> web.Response:
        if refusal.kind is not None:
            self.state.break_rule(refusal.kind, operation.name, refusal.message)
        self.sent.append(Call(operation.name, operation.parts, body, error=refusal.message))
        self.state.bell.ring()
        return _refused(refusal)

    def _faulty(
        self, request: web.Request, operation: Operation, body: Any, fault: Fault, *, listed: bool
    ) -> web.Response:
        if not listed:
            words = "connection lost" if fault.lost else f"fault {fault.status}"
            self.sent.append(Call(operation.name, operation.parts, body, error=words))
        self.state.bell.ring()
        if fault.lost:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        return _json(fault.body, fault.status, fault.headers)

    async def _download(self, request: web.Request) -> web.Response:
        data = self.state.files.get(int(request.match_info["number"]))
        return web.Response(status=404) if data is None else web.Response(body=data)


def _json(value: Any, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: the library wants the type without a charset."""
    return web.Response(
        body=json.dumps(value).encode(),
        status=status,
        content_type="application/json",
        headers=headers or {},
    )


def _refused(refusal: RefusalError) -> web.Response:
    return _json({"message": refusal.message, "code": refusal.code}, refusal.status)


async def _read(request: web.Request) -> tuple[Any, list[Upload]]:
    """The body and the files of a call; a call without a body gives None."""
    if request.content_type != "multipart/form-data":
        text = await request.text()
        return (json.loads(text) if text else None), []
    body: Any = {}
    files = []
    for key, value in (await request.post()).items():
        if key == "payload_json":
            body = json.loads(value if isinstance(value, str) else bytes(value))  # type: ignore[arg-type]
        elif isinstance(value, web.FileField):
            part = key.removeprefix("files[").removesuffix("]")
            files.append(Upload(part, value.filename, value.content_type, value.file.read()))
    return body, files
