"""Reading runners' own words: how right, how fast, how much memory."""

import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from bot.runtime import memory
from bot.understanding.labels import to_labels
from bot.understanding.lexicon import Lexicon, load_lexicon
from bot.understanding.read import read
from tests.bench.row import Row

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "understanding"
OWN = ROOT / "tests" / "understanding" / "own"
TODAY = date(2026, 11, 25)
Items = list[dict[str, Any]]


def measure() -> Iterable[Row]:
    """Scores on the shared and our own messages, then speed, start-up and memory."""
    began = time.process_time()
    lexicon = load_lexicon(ROOT / "content" / "lexicon")
    loading = (time.process_time() - began) * 1000
    yield from _scores(lexicon)
    yield Row("reading: loading the words", f"{loading:.0f} ms", "300 ms")
    yield from _speed(lexicon)
    yield Row("reading: memory of the words", f"{_megabytes():.0f} MB", "60 MB")


def _own(name: str) -> Items:
    lines = (OWN / name).read_text("utf-8").splitlines() if (OWN / name).exists() else []
    return [json.loads(line) for line in lines if line.strip()]


def _shared() -> Items:
    if not (SHARED / "messages.yaml").exists():
        return []
    import yaml  # noqa: PLC0415 - only where the shared messages are

    found: Items = yaml.safe_load((SHARED / "messages.yaml").read_text("utf-8"))
    return found


def _scores(lexicon: Lexicon) -> Iterator[Row]:
    """The total of the shared scorer for each set; nothing else of the held-out set is shown."""
    if not (SHARED / "score.py").exists():
        yield Row("reading: scores", "the shared scorer is not next to this checkout")
        return
    sys.path.insert(0, str(SHARED))
    score = __import__("score")
    sets = {
        "60 shared": _shared(),
        "own, dev": _own("dev.jsonl"),
        "own, extra": _own("extra.jsonl"),
        "own, held out": _own("heldout.jsonl"),
    }
    for name, items in sets.items():
        labels = {item["id"]: to_labels(_read(item, lexicon)) for item in items}
        result = score.score(items, labels)
        flags = result["S"]["red_flags"]
        yield Row(f"reading: {name} ({len(items)} messages)", f"{result['total']:.1f} of 100", "85")
        yield Row(f"reading: {name}, warning signs found", f"{flags.r():.3f}", "1.000")
        yield Row(f"reading: {name}, denied signs reported", str(result["st"]["neg"]), "0")


def _read(item: dict[str, Any], lexicon: Lexicon) -> Any:
    return read(item["text"], lexicon, today=TODAY, lang=item.get("lang"))


def _speed(lexicon: Lexicon) -> Iterator[Row]:
    items = _shared() + _own("dev.jsonl")
    memory.settle()
    times = []
    for _ in range(3):
        for item in items:
            began = time.process_time()
            _read(item, lexicon)
            times.append((time.process_time() - began) * 1000)
    if times:
        times.sort()
        yield Row("reading: a message, median", f"{statistics.median(times):.2f} ms", "2 ms")
        yield Row("reading: a message, p99", f"{times[int(len(times) * 0.99)]:.2f} ms", "10 ms")
    text = "ran 5k, calf sore and no swelling. " * 2900
    began = time.process_time()
    read(text, lexicon, today=TODAY)
    yield Row(
        f"reading: {len(text):,} characters", f"{time.process_time() - began:.2f} s", "linear"
    )


def _megabytes() -> float:
    tracemalloc.start()
    kept = load_lexicon(ROOT / "content" / "lexicon")
    size = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return size if kept.languages else 0.0
