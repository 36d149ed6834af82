import os

from hypothesis import given
from hypothesis import strategies as st

from adapters.terminal.lines import lines, split


@given(st.lists(st.binary(max_size=30)))
def test_lines_do_not_depend_on_how_they_arrive(blocks: list[bytes]) -> None:
    """The same bytes in other pieces are the same lines."""
    whole = b"".join(blocks)

    assert list(split(iter(blocks), 1000)) == list(split(iter([whole]), 1000))


@given(st.lists(st.binary(max_size=50).filter(lambda line: not {10, 13} & set(line))))
def test_lines_are_what_was_written(written: list[bytes]) -> None:
    """Every line comes back, with either kind of line end."""
    assert list(split(iter([b"".join(line + b"\n" for line in written)]), 1000)) == written
    assert list(split(iter([b"".join(line + b"\r\n" for line in written)]), 1000)) == written


def test_a_long_line_is_cut_and_the_next_is_whole() -> None:
    """Of an over-long line just enough is kept to see that it is too long."""
    assert list(split(iter([b"x" * 50, b"x" * 50 + b"\nnext\n"]), 10)) == [b"x" * 11, b"next"]


async def test_lines_come_from_a_pipe_until_it_ends() -> None:
    """Lines are handed over as they come; the last one needs no line end."""
    reading, writing = os.pipe()
    os.write(writing, b"".join(b"line %d\n" % n for n in range(100)) + b"last")
    os.close(writing)

    found = [line async for line in lines(reading, 1000)]
    os.close(reading)

    assert found == [*(b"line %d" % n for n in range(100)), b"last"]
