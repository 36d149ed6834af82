"""A Telegram Bot API on this machine, driven by the API's own description.

Every call is checked: the method and its parameters against the description, then the limits and
the markup, then whether it makes sense (the message exists, the press is still to be answered).
What is wrong is answered as Telegram would and kept in `violations`; leaving the server with any
violation left fails the test. Things a bot cannot know (blocked, kicked, moved) are no violations.

How python-telegram-bot is pointed at it: `ApplicationBuilder().token(server.token)
.base_url(server.base_url).base_file_url(server.base_file_url)`.

    async with TelegramServer() as server:
        runner = server.person("Ada")
        runner.says("/start")
        message = await runner.hears("Hello")
        runner.taps("Yes")
        await server.until(lambda: not server.unanswered, "an answer to the press")

The server never sleeps. `server.faults` takes orders for things that go wrong; see `faults.py` and
the functions at the end of `telegram_faults.py`. With `rate_limits=True` it also keeps Telegram's
speed limits on its own clock `now`.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from tests.platforms import telegram_asking
from tests.platforms.faults import Fault, Faults, Hold
from tests.platforms.telegram_checks import check_call
from tests.platforms.telegram_drivers import Drivers
from tests.platforms.telegram_limits import RateLimits
from tests.platforms.telegram_sending import Files
from tests.platforms.telegram_spec import UnreadableError, telegram_spec
from tests.platforms.telegram_state import Call, State
from tests.platforms.telegram_world import Account, RefusalError

TOKEN = "123456:TEST-token_of_the_local_server"
BOT_ID = 123456
_BIGGEST = 64 * 1024 * 1024


class TelegramServer(Drivers):
    """The server and the people who use it.

    `sent` lists the bot's calls (without getUpdates) in the order they were answered, `violations`
    the broken rules. `now` is the platform's clock.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "heeldrop_test_bot",
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        rate_limits: bool = False,
        port: int = 0,
    ) -> None:
        telegram_spec()  # a missing description skips the test here
        bot = Account(BOT_ID, "Heeldrop", username, is_bot=True)
        super().__init__(State(lambda: now().timestamp(), bot))
        self.token = token
        self.violations = self.state.violations
        self.faults = Faults()
        self.sent: list[Call] = []
        self.limited = 0
        self._limits = RateLimits(self.state.now) if rate_limits else None
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
        app.router.add_route("*", "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.*}", self._download)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.state.updates.closing = False

    async def stop(self) -> None:
        """Stop listening; what exists on the platform stays for a later start."""
        self.faults.clear()
        await self.state.updates.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def url(self) -> str:
        """Where the server listens, as `TELEGRAM_API_URL` would name it."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def base_url(self) -> str:
        """What python-telegram-bot calls `base_url`."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """What python-telegram-bot calls `base_file_url`."""
        return f"{self.url}/file/bot"

    # -------------------------------------------------------------- looking at the calls
    def calls(self, method: str) -> list[Call]:
        """All calls of one method so far, answered well or not."""
        return [each for each in self.sent if each.method == method]

    def hold(self, method: str, times: int = 1) -> Hold:
        """Keep the next calls of a method waiting until released."""
        return self.faults.hold(method, times)

    # -------------------------------------------------------------- one call
    async def _handle(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _refused(RefusalError("Unauthorized", 401))
        raw, files, form = await _read(request)
        name = request.match_info["method"]
        method = telegram_spec().method(name)
        if method is None:
            self.state.break_rule("unknown_method", name, "no such method")
            return _refused(RefusalError("Not Found: method not found", 404))
        try:
            params = self._checked(method, raw, files, form=form)
        except RefusalError as refusal:
            return self._record(method, raw, refusal)
        fault = self.faults.take(method, params)
        if fault and fault.hold:
            await fault.hold.pass_through()
        if fault and not fault.after and not fault.hold:
            return self._faulty(request, method, params, fault)
        answer = await self._process(request, method, params, files)
        return self._faulty(request, method, None, fault) if fault and fault.after else answer

    def _checked(
        self, method: str, raw: dict[str, Any], files: Files, *, form: bool
    ) -> dict[str, Any]:
        """Read the parameters by the description; every deviation is a broken rule."""
        known = telegram_spec().parameters(method)
        params: dict[str, Any] = {}
        wrong: list[str] = []
        for key, value in raw.items():
            if key not in known:
                self.state.break_rule("unknown_parameter", method, f"{key} is not a parameter")
                continue
            try:
                params[key] = telegram_spec().read(known[key]["types"], value, form=form)
            except UnreadableError as error:
                self.state.break_rule("bad_parameter", method, f"{key}: {error}")
                wrong.append(key)
        for key, field in known.items():
            if field["required"] and key not in raw and key not in files:
                self.state.break_rule("missing_parameter", method, f"{key} is missing")
                raise RefusalError(f"{key} is empty")
        if wrong:
            raise RefusalError(f"can't parse {wrong[0]}")
        return params

    async def _process(
        self, request: web.Request, method: str, params: dict[str, Any], files: Files
    ) -> web.StreamResponse:
        try:
            check_call(method, params)
            if method == "getUpdates":
                alive = request.transport is not None
                found = await self.state.updates.poll(params, lambda: alive and not _gone(request))
                return web.json_response({"ok": True, "result": found})
            self._keep_limits(method, params)
            result = telegram_asking.answer(self.state, method, params, files)
        except RefusalError as refusal:
            return self._record(method, params, refusal)
        self.sent.append(Call(method, params, result))
        self.state.bell.ring()
        return web.json_response({"ok": True, "result": result})

    def _keep_limits(self, method: str, params: dict[str, Any]) -> None:
        wait = self._limits.wait(method, params.get("chat_id")) if self._limits else 0
        if wait:
            self.limited += 1
            raise RefusalError(
                f"Too Many Requests: retry after {wait}", 429, parameters={"retry_after": wait}
            )

    def _record(self, method: str, params: dict[str, Any], refusal: RefusalError) -> web.Response:
        if refusal.kind is not None:
            self.state.break_rule(refusal.kind, method, refusal.description)
        self.sent.append(Call(method, params, error=refusal.description))
        self.state.bell.ring()
        return _refused(refusal)

    def _faulty(
        self, request: web.Request, method: str, params: dict[str, Any] | None, fault: Fault
    ) -> web.Response:
        """Answer as ordered; `params` None means the call was done and is listed already."""
        if params is not None:
            words = "connection lost" if fault.lost else f"fault {fault.status}"
            self.sent.append(Call(method, params, error=words))
        self.state.bell.ring()
        if fault.lost:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        if isinstance(fault.body, str):
            return web.Response(
                status=fault.status,
                text=fault.body,
                content_type="text/html",
                headers=fault.headers,
            )
        return web.json_response(fault.body, status=fault.status, headers=fault.headers)

    async def _download(self, request: web.Request) -> web.Response:
        fault = self.faults.take("download", {})
        if fault and fault.hold:
            await fault.hold.pass_through()
        elif fault:
            return self._faulty(request, "download", {}, fault)
        stored = self.state.files.get(request.match_info["path"].removeprefix("documents/"))
        if request.match_info["token"] != self.token or stored is None:
            return _refused(RefusalError("Not Found", 404))
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _gone(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _refused(refusal: RefusalError) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    headers = {}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
        if "retry_after" in refusal.parameters:
            headers["Retry-After"] = str(refusal.parameters["retry_after"])
    return web.json_response(body, status=refusal.code, headers=headers)


async def _read(request: web.Request) -> tuple[dict[str, Any], Files, bool]:
    """The parameters and files of a call, and whether the parameters came as text."""
    if request.content_type == "application/json":
        body = await request.text()
        return (json.loads(body) if body else {}), {}, False
    params: dict[str, Any] = dict(request.query)
    files: Files = {}
    for key, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[key] = (value.filename, value.content_type, value.file.read())
        else:
            params[key] = value.decode() if isinstance(value, bytes | bytearray) else value
    return params, files, True
