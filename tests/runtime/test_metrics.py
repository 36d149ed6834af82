"""Health and metrics: numbers for the owner, on this machine only."""

import re
import socket
from pathlib import Path

import aiohttp
import pytest

from bot.runtime.adapter import Bug
from bot.runtime.metrics import LOOPBACK, metrics, page
from bot.store.errors import StoreError
from tests.runtime.world import Platform, happens, hosted

LINE = re.compile(r"# (HELP|TYPE) heeldrop_\w+ .+|heeldrop_\w+(\{[a-z_]+=.+\})? [\d.]+")


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        port: int = found.getsockname()[1]
    return port


async def got(port: int, path: str) -> tuple[int, str, str]:
    """Status, type and text of an address."""
    url = f"http://{LOOPBACK}:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, answer.headers.get("Content-Type", ""), await answer.text()


async def test_the_numbers_are_in_the_format_of_prometheus(tmp_path: Path) -> None:
    """Every line is a number, its help or its type, and the counts are right."""
    async with hosted(tmp_path) as (host, _), metrics(host, free_port()) as port:
        again = happens("hello", "ann", event_id="twice")
        await host.receive(again)
        await host.receive(again)
        await host.receive(happens("boom", "ben"))
        await host.receive(happens("plan evening 18:00"))
        await host.deliver_pending()
        status, kind, text = await got(port, "/metrics")

    assert status == 200
    assert kind.startswith("text/plain; version=0.0.4")
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    for line in (
        "heeldrop_runners 2",
        "heeldrop_check_ins_planned 1",
        "heeldrop_messages_to_send 0",
        'heeldrop_turns_total{result="failed"} 1',
        'heeldrop_turns_total{result="repeated"} 1',
        'heeldrop_turns_total{result="taken"} 2',
        'heeldrop_deliveries_total{platform="p",result="sent"} 3',
    ):
        assert line in text.splitlines()


async def test_nothing_personal_is_in_the_numbers(tmp_path: Path) -> None:
    """No words, no person and no chat, also when sending fails."""
    platform = Platform()
    platform.answers = lambda delivery: Bug(f"no: {delivery.text}")
    async with hosted(tmp_path, platform=platform) as (host, _):
        await host.receive(happens("my calf is a secret", "ann-4711"))
        await host.deliver_pending()
        text = await page(host)

    assert 'result="bug"' in text
    assert "secret" not in text
    assert "4711" not in text


async def test_off_unless_asked_for(tmp_path: Path) -> None:
    """Without a port nothing listens."""
    async with hosted(tmp_path) as (host, _), metrics(host, 0) as port:
        assert port == 0


async def test_health_says_ok_and_other_addresses_are_not_there(tmp_path: Path) -> None:
    """For whoever looks whether it is alive."""
    async with hosted(tmp_path) as (host, _), metrics(host, free_port()) as port:
        assert (await got(port, "/health"))[::2] == (200, "ok\n")
        assert (await got(port, "/"))[0] == 404


async def test_a_data_file_that_cannot_be_read_is_not_healthy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then both addresses answer 503, without saying where the file is."""
    async with hosted(tmp_path) as (host, _), metrics(host, free_port()) as port:

        async def broken() -> dict[str, int]:
            raise StoreError(f"{tmp_path} is gone")

        monkeypatch.setattr(host.store, "counts", broken)
        answers = [await got(port, path) for path in ("/health", "/metrics")]

    assert [status for status, _, _ in answers] == [503, 503]
    assert not any(str(tmp_path) in text for _, _, text in answers)


async def test_a_port_that_is_taken_stops_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said in the log, with the setting's name, and Heeldrop goes on."""
    async with (
        hosted(tmp_path) as (host, _),
        metrics(host, free_port()) as port,
        metrics(host, port) as second,
    ):
        taken = await host.receive(happens("hello"))

    assert second == 0
    assert taken.new
    assert "HEELDROP_METRICS_PORT" in caplog.text


async def test_others_on_the_network_cannot_ask(tmp_path: Path) -> None:
    """It listens on the loopback address only."""
    async with hosted(tmp_path) as (host, _), metrics(host, free_port()) as port:
        with socket.socket() as other:
            other.bind(("127.0.0.2", port))  # fails if somebody listened on every address

    assert port
