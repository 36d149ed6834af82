"""What a bot did that the platform does not allow, kept until the test looks at it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    `kind` is a short word tests can ask for, `call` names the method or route, `problem` says in
    plain words what was wrong.
    """

    kind: str
    call: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind} in {self.call}: {self.problem}"


class Violations:
    """All broken rules of one server.

    A test that means to break a rule calls `expect`; a test in which a rule may be broken (such as
    an edit sent twice) calls `tolerate` first.
    """

    def __init__(self) -> None:
        self._found: list[Violation] = []
        self._tolerated: set[str] = set()
        self.let_go: list[Violation] = []

    def __iter__(self) -> Iterator[Violation]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __repr__(self) -> str:
        return f"Violations({[str(each) for each in self._found]})"

    @property
    def kinds(self) -> list[str]:
        """The kinds found so far, in the order they came."""
        return [each.kind for each in self._found]

    def add(self, kind: str, call: str, problem: str) -> None:
        """Record one broken rule, or set it aside if the test said it may happen."""
        (self.let_go if kind in self._tolerated else self._found).append(
            Violation(kind, call, problem)
        )

    def tolerate(self, *kinds: str) -> None:
        """From now on, keep these kinds in `let_go` instead of failing the test."""
        self._tolerated.update(kinds)

    def expect(self, kind: str) -> list[Violation]:
        """Take out all violations of one kind; fail if there are none."""
        taken = [each for each in self._found if each.kind == kind]
        if not taken:
            raise AssertionError(f"no violation {kind!r}; there are {self._found or 'none'}")
        self._found = [each for each in self._found if each.kind != kind]
        return taken

    def assert_none(self) -> None:
        """Fail, naming every broken rule, unless there is none."""
        if self._found:
            raise AssertionError(_listed(self._found))


def _listed(found: Iterable[Violation]) -> str:
    return "the platform's rules were broken:\n" + "\n".join(f"- {each}" for each in found)
