"""The rules of the house that no other tool checks."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PURE = ("conversation", "understanding", "coaching", "club", "content")
PLATFORM = ("aiohttp", "aiosqlite", "apscheduler", "asyncio", "discord", "rich", "telegram")

TOP_LEVEL = {
    *("bot", "adapters", "content", "tests", "docs", ".ci"),
    *("pyproject.toml", "requirements.lock", "Makefile", "LICENSE"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md"),
    *(".env.example", ".gitignore", ".editorconfig"),
}
LONGEST_FILE = 400

# Written so that they do not match themselves.
PACKAGE_INDEX = re.compile(
    r"pypi\.org|python[h]osted|devpi[.:]|(?<!emit-)index[-]url|find[-]links|trusted[-]host"
)
MACHINE_PATH = re.compile(r"(?<![\w.~$}])/(?:(?:work|tmp|root)\b|(?:home|Users)/\w)|[A-Z]:\\Users")


def house_files() -> list[Path]:
    """Every file of the repository, without what git ignores."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is not a git checkout, so it cannot be told which files are ours")
    command = [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def project() -> dict[str, Any]:
    """What pyproject.toml says about the project."""
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Every line of the repository that the pattern is found in, as file:line."""
    found = []
    for path in house_files():
        for number, line in enumerate(path.read_bytes().splitlines(), start=1):
            if pattern.search(line.decode("utf-8", "ignore")):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    return found


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Every call in a file: the last part of its name, and its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr, node.lineno
            elif isinstance(node.func, ast.Name):
                yield node.func.id, node.lineno


def pure_calls(names: set[str], packages: tuple[str, ...]) -> list[str]:
    """Where the given pure packages call one of the names, as file:line."""
    return [
        f"{path.relative_to(ROOT)}:{line}"
        for package in packages
        for path in sorted((ROOT / "bot" / package).rglob("*.py"))
        for name, line in calls(path)
        if name in names
    ]


def test_top_level_is_fixed() -> None:
    """The top level holds what everyone expects there, and nothing else."""
    found = {path.relative_to(ROOT).parts[0] for path in house_files()}

    assert sorted(found - TOP_LEVEL) == []


def test_no_file_names_a_package_index() -> None:
    """Where packages come from is each machine's choice, so no file names a place."""
    assert lines_with(PACKAGE_INDEX) == []


def test_no_file_names_a_path_of_a_machine() -> None:
    """No file holds a path that exists only on the machine where it was written."""
    assert lines_with(MACHINE_PATH) == []


@pytest.mark.parametrize("text", ["see |tmp|x", "'|home|ann|x'", "(|work)", r"C:|Users|ann"])
def test_machine_paths_are_recognised(text: str) -> None:
    """The pattern for paths of a machine finds each common form."""
    path = text.replace("|", "\\" if "C:" in text else "/")

    assert MACHINE_PATH.search(path)


def test_every_test_says_what_it_expects() -> None:
    """Every test function has a docstring."""
    silent = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in house_files()
        if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == "tests"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not ast.get_docstring(node)
    ]

    assert silent == []


def test_files_are_small() -> None:
    """No Python file is longer than 400 lines."""
    long = [
        str(path.relative_to(ROOT))
        for path in house_files()
        if path.suffix == ".py" and len(path.read_text("utf-8").splitlines()) > LONGEST_FILE
    ]

    assert long == []


def test_every_package_says_what_lives_there() -> None:
    """Every package of the bot and the adapters opens with a docstring."""
    silent = [
        str(path.relative_to(ROOT))
        for top in ("bot", "adapters")
        for path in sorted((ROOT / top).rglob("__init__.py"))
        if not ast.get_docstring(ast.parse(path.read_text("utf-8")))
    ]

    assert silent == []


def test_core_has_no_clock() -> None:
    """No pure package asks for the time; it comes in as a value."""
    assert pure_calls({"now", "today", "utcnow", "monotonic", "perf_counter"}, PURE) == []


def test_only_content_reads_files() -> None:
    """No pure package opens a file, except bot/content."""
    opening = {"open", "read_text", "read_bytes", "write_text", "write_bytes"}

    assert pure_calls(opening, tuple(name for name in PURE if name != "content")) == []


def test_core_loads_no_platform() -> None:
    """Importing every module of the core loads no platform, database or event-loop library."""
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for package in PURE
        for path in sorted((ROOT / "bot" / package).rglob("*.py"))
    ]
    code = f"import sys, {', '.join(modules)}\nprint(*sorted({set(PLATFORM)!r} & set(sys.modules)))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, capture_output=True, text=True
    )

    assert (ran.returncode, ran.stdout.strip(), ran.stderr) == (0, "", "")


def test_lock_names_no_place() -> None:
    """Every line of the lock is a comment, a pinned version or a hash."""
    pin = re.compile(r"[a-z0-9.-]+==[\w.]+( ; [^/@]+)? \\")
    digest = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    odd = [
        line
        for line in lines
        if not line.startswith("# ") and not pin.fullmatch(line) and not digest.fullmatch(line)
    ]

    assert odd == []


def test_lock_holds_every_package_asked_for() -> None:
    """Every package that pyproject.toml asks for is in the lock."""
    asked = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.split(r"[<>=~!;\[ ]", one)[0]).lower() for one in asked}
    locked = re.findall(
        r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE
    )

    assert sorted(names - set(locked)) == []


def test_named_modules_exist() -> None:
    """Every command and adapter that pyproject.toml names has its module."""
    named = [
        *project()["scripts"].values(),
        *project()["entry-points"]["heeldrop.adapters"].values(),
    ]
    missing = [one for one in named if importlib.util.find_spec(one.split(":")[0]) is None]

    assert missing == []
