"""What is kept of runners in clubs: all of it exported, deleted, joined, and dropped in time."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import msgspec

from bot.conversation.event import Person
from bot.runtime.clock import MovableClock
from bot.runtime.host import Host
from bot.store.keeping import Kept
from bot.store.opening import FILE
from tests.runtime.clubs import club_host, does, home_of, press, runs
from tests.runtime.world import START

OF_A_RUNNER = {"club_members", "club_rsvps", "club_feelings", "club_drafts"}


async def lived(host: Host) -> None:
    """Ann sets up a club and posts a run; Ann and Ben take part in all there is."""
    await host.receive(does("/setup"))
    await host.receive(does("/run Track"))
    for who in ("ann", "ben"):
        await host.receive(press(1, who=who))
        await host.receive(press(1, who=who, deed="felt"))
        await host.receive(does("/draft", who))
    await host.deliver_pending()


def rows(folder: Path, table: str, column: str = "rowid") -> list[object]:
    """One column of a table."""
    with closing(sqlite3.connect(folder / FILE)) as db:
        return [row[0] for row in db.execute(f"SELECT {column} FROM {table}")]  # noqa: S608


def test_every_table_with_runners_is_known(tmp_path: Path) -> None:
    """A table that is added with a runner in it is added to export, delete and this test."""
    from bot.store.migrations import migrate  # noqa: PLC0415

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        migrate(db)
        tables = db.execute("SELECT name FROM sqlite_master WHERE name GLOB 'club*'").fetchall()
        found = {
            name
            for (name,) in tables
            if "runner" in {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
        }
        cascading = {
            name
            for name in found
            if any(
                row[2] == "runners" and row[6] == "CASCADE"
                for row in db.execute(f"PRAGMA foreign_key_list({name})")
            )
        }

    assert found == cascading == OF_A_RUNNER


async def test_an_export_holds_all_of_it_and_nothing_of_others(tmp_path: Path) -> None:
    """Memberships, answers, feelings, runs posted, drafts; of Ben only what Ben said."""
    async with club_host(tmp_path) as (host, _group):
        await lived(host)
        ann, ben = [await host.export(Person("p", who)) for who in ("ann", "ben")]
        mine, theirs = ann["clubs"], ben["clubs"]

        assert [one["choice"] for one in mine["said"]] == ["A"]
        assert [one["felt"] for one in mine["felt"]] == ["good"]
        assert [one["title"] for one in mine["posted"]] == ["Track"]
        assert [one["shares"] for one in mine["member_of"]] == [["sets"]]
        assert [one["kind"] for one in mine["drafts"]] == ["edit"]
        assert [len(theirs[name]) for name in ("said", "felt", "member_of", "posted")] == [
            1,
            1,
            1,
            0,
        ]
        assert [entry["id"] for entry in ben["runner"]["log"]["entries"]] == ["felt:1"]


async def test_deleting_leaves_nothing_and_nothing_comes_back(tmp_path: Path) -> None:
    """Ann deletes everything: no row has her number, her run stays nobody's, a restart changes nothing."""
    clock = MovableClock(START)
    async with club_host(tmp_path, clock=clock) as (host, _group):
        await lived(host)
        number = await host.store.runner_id(Person("p", "ann"))
        await host.forget(Person("p", "ann"))
        await host.receive(press(1, who="ben"))
    async with club_host(tmp_path, clock=clock) as (host, _group):
        await host.receive(press(1, who="ben"))
        (run,) = await runs(host)

        assert [one.runner for one in run.rsvps] == [await host.store.runner_id(Person("p", "ben"))]
        assert run.made_by == 0
        assert await host.export(Person("p", "ann")) == {}
    for table in OF_A_RUNNER:
        assert number not in rows(tmp_path, table, "runner")


async def test_an_organiser_who_deletes_is_named_no_more(tmp_path: Path) -> None:
    """A club's settings name its organisers by their platform; that goes too."""
    async with club_host(tmp_path) as (host, _group):
        await lived(host)
        kept = await host.store.club(1, START)
        assert kept
        named = msgspec.structs.replace(kept.club, named=("p:ann", "p:anna"))
        await _settings(host, named)
        assert (await host.export(Person("p", "ann")))["clubs"]["organiser_of"] == ["club 1"]
        await host.forget(Person("p", "ann"))
        kept = await host.store.club(1, START)

        assert kept
        assert kept.club.named == ("p:anna",)


async def _settings(host: Host, club: msgspec.Struct) -> None:
    def job(db: sqlite3.Connection) -> None:
        db.execute("UPDATE clubs SET settings = ?", (msgspec.json.encode(club),))

    await host.store._db.write(job)


async def test_two_chats_that_join_are_counted_once(tmp_path: Path) -> None:
    """Ann on two platforms presses twice: as one runner she is one, and keeps what only one said."""
    async with club_host(tmp_path) as (host, group):
        await lived(host)
        await host.receive(does("/run Other"))
        await host.receive(press(2, who="ben"))
        await host.receive(does("code", where=home_of("ann")))
        await host.deliver_pending()
        code = group.texts("ann")[-1]
        await host.receive(does("hello", "ben", home_of("ben")))
        draftless = does(f"join {code}", "ben", home_of("ben"))
        assert host._clubs
        await host._turns.take(draftless)
        first, second = await runs(host)
        await host.receive(press(2, who="ann"))
        after = await runs(host)

        assert (len(first.rsvps), len(second.rsvps), len(after[1].rsvps)) == (1, 1, 1)
        assert second.rsvps[0].runner == first.rsvps[0].runner


async def test_what_was_said_about_a_run_goes_after_its_time(tmp_path: Path) -> None:
    """Kept for the set days after the run, then dropped with it; the membership stays."""
    async with club_host(tmp_path) as (host, _group):
        await lived(host)
        run_at = START + timedelta(days=1)
        await host.store.clean_up(Kept(runs=60), run_at + timedelta(days=59))
        before = rows(tmp_path, "club_rsvps", "run"), rows(tmp_path, "club_drafts")
        await host.store.clean_up(Kept(runs=60), run_at + timedelta(days=61))
        mine = (await host.export(Person("p", "ann")))["clubs"]

        assert (len(before[0]), len(before[1])) == (2, 0)
        assert (mine["said"], mine["felt"], mine["posted"]) == ([], [], [])
        assert len(mine["member_of"]) == 1
        assert rows(tmp_path, "club_posts") == []
