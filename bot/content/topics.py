"""Topics: what runners ask about by name, and the short honest answer.

Rule: one file, content/topics.toml; a topic never gives a plan, and its exercises are only offered.
"""

import re
from collections.abc import Collection
from pathlib import Path

import msgspec

from bot.content.problem import ContentError, Problem
from bot.content.refs import unknown_ref
from bot.content.source import items, read_source, unique

FILE = "topics.toml"


class Topic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One topic: the words it answers to, what is said, and which exercises go with it."""

    id: str
    words: tuple[str, ...]
    says: str
    exercises: tuple[str, ...] = ()
    article: tuple[int, ...] = ()

    def named_in(self, text: str) -> bool:
        """Whether a text names this topic, whole words only."""
        return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in self.words)


def load_topics(
    folder: Path, problems: list[Problem], exercises: Collection[str]
) -> tuple[Topic, ...]:
    """The topics. Adds HD001 to HD004, and HD012 for an unknown exercise, to `problems`."""
    try:
        source = read_source(folder, FILE)
    except ContentError as error:
        problems.extend(error.problems)
        return ()
    found = items(source, "topic", Topic, problems)
    unique(source, "topic", [topic.id for topic in found], problems)
    for topic in found:
        for name in topic.exercises:
            unknown_ref(source, topic.id, name, exercises, "exercise", problems)
    return found
