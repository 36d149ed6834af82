"""`python -m bot.pictures [--into FOLDER] [ID ...]`: draw the exercises' pictures again."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bot.content.load import default_folder
from bot.pictures.make import make


def main() -> int:
    """Draw all pictures, or those named, and say how large they are."""
    parser = argparse.ArgumentParser(prog="python -m bot.pictures", description=__doc__)
    parser.add_argument("ids", nargs="*", help="exercise ids; all of them if none is named")
    parser.add_argument("--into", type=Path, help="folder for the pictures")
    options = parser.parse_args()
    content = default_folder()
    poses = content / "exercises" / "poses"
    into = options.into or content / "exercises" / "media"
    into.mkdir(parents=True, exist_ok=True)
    ids = options.ids or sorted(file.stem for file in poses.glob("*.toml"))
    whole = 0
    with ProcessPoolExecutor() as pool:
        for name, sizes in zip(
            ids, pool.map(make, [poses] * len(ids), [into] * len(ids), ids), strict=True
        ):
            whole += sum(sizes)
            kilobytes = "  ".join(f"{size / 1000:6.0f}" for size in sizes)
            sys.stdout.write(f"  {name:<24}{kilobytes}  kB (gif, webp, png)\n")
    sys.stdout.write(f"  {whole / 1e6:.1f} MB in all\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
