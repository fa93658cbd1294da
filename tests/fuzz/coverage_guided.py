"""The claims of one file under atheris, which changes inputs so that they reach new branches of autograder/.

    pip install atheris==2.3.0      (Linux; CPython 3.11)
    python -m tests.fuzz.coverage_guided wire --seconds 120

The first byte of an input chooses the claim, and Hypothesis makes an example of the others. An example that breaks a
claim is printed; the bytes that make it are kept in a file crash-..., which can be given as an input.
"""

import argparse
import importlib
import inspect
from collections.abc import Callable, Sequence
from pathlib import Path

import atheris

TARGETS = sorted(path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py"))
LONGEST_INPUT_BYTES = 1024
# Hypothesis draws what is simplest from zeros, so that a short input is an example too.
ZEROS = bytes(4096)
Claim = Callable[[bytes], bytes | None]


def claims_of(target: str, part: str) -> list[Claim]:
    """What is claimed in one file of tests, as functions of bytes; autograder/ tells which branches are taken."""
    with atheris.instrument_imports(include=["autograder"]):
        module = importlib.import_module(f"tests.fuzz.test_{target}")
    tests = [test for name, test in inspect.getmembers(module) if name.startswith("test_") and part in name]
    return [test.hypothesis.fuzz_one_input for test in tests]


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--claims", default="", help="only claims whose name has this in it")
    parser.add_argument("--seconds", type=int, default=60, help="how long; 60 where nothing is said")
    parser.add_argument("--seed", type=int, default=1, help="another number for other inputs")
    parser.add_argument("inputs", nargs="*", help="files with bytes to try once, instead of all else")
    wanted = parser.parse_args(words)
    claims = claims_of(wanted.target, wanted.claims)
    if not claims:
        parser.error(f"no claim about {wanted.target} has {wanted.claims!r} in its name")

    def try_one(data: bytes) -> None:
        claims[data[0] % len(claims) if data else 0](data[1:] + ZEROS)

    options = [f"-max_total_time={wanted.seconds}", f"-seed={wanted.seed}", f"-max_len={LONGEST_INPUT_BYTES}"]
    atheris.Setup(["coverage_guided", *options, "-len_control=10", "-print_final_stats=1", *wanted.inputs], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
