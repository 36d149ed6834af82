"""Locks by key."""

import asyncio

from bot.runtime.locks import KeyedLocks


async def test_those_who_wait_get_it_in_order_and_one_who_gives_up_holds_up_nobody() -> None:
    """First come, first served; who gives up while waiting, or just as it is passed on, lets go."""
    locks = KeyedLocks()
    got: list[int] = []

    async def want(number: int) -> None:
        async with locks.hold("key"):
            got.append(number)

    assert locks.take("key")
    assert not locks.take("key")
    tasks = [asyncio.create_task(want(number)) for number in range(4)]
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.sleep(0)
    locks.give_back("key")
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    assert got == [2, 3]
    assert len(locks) == 0
