"""The installed package as a wheel, and the packages that it grades with, at the versions that are installed here."""

import io
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

from flit_core import common
from flit_core.config import read_flit_config
from flit_core.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import autograder
from autograder.errors import AutograderError
from autograder.notebooks.student_package import WHEEL_TIMESTAMP, stored

DISTRIBUTION = "autograder"
# The extra with all that grading takes. A student's notebook may import any of it, wherever it is graded.
EXTRA = "grading"
FOLDER = Path(autograder.__file__).resolve().parents[1]


class NotInstalled(AutograderError):
    """This package, or one that it grades with, is not installed as packages are."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"What grading needs cannot be told: {name} is not installed.",
            "Versions are those of the packages that are installed here.",
            f"Install the package with them: pip install -e '.[{EXTRA}]'.",
        )


def grader_wheel() -> tuple[str, bytes]:
    """The name and the bytes of a wheel of this very package, from a checkout or installed.

    The bytes depend on the package's files and on its metadata, and on nothing else.
    """
    builder = _GraderWheelBuilder()
    builder.build()
    return builder.wheel_filename, stored(builder.file.getvalue())


def grading_requirements() -> str:
    """A requirements.txt: what this package needs to grade, and what that brings along, each exactly as it is here."""
    pins: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    described = _described().requires_dist
    waiting = [*_needed(described, ""), *_needed(described, EXTRA)]
    while waiting:
        name, extra = waiting.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        distribution = _distribution(name)
        # A local version, as 2.13.0+cpu, is of a build that others need not have.
        pins[name] = Version(distribution.version).public
        waiting += _needed(distribution.requires or (), extra)
    lines = [f"{name}=={version}\n" for name, version in sorted(pins.items())]
    return "".join(["# What grading needs, as it was installed where this was made.\n", *lines])


def _distribution(name: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError as error:
        raise NotInstalled(name) from error


def _needed(requirements: Iterable[str], extra: str) -> Iterator[tuple[str, str]]:
    """The packages that are needed here for the extra, and each again with every extra of its own that is asked for."""
    for requirement in map(Requirement, requirements):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield from ((canonicalize_name(requirement.name), wanted) for wanted in ("", *requirement.extras))


def _described() -> common.Metadata:
    """What this package is and needs: as its pyproject.toml says, or where there is none as it was installed."""
    project = FOLDER / "pyproject.toml"
    if project.is_file():
        config = read_flit_config(project)
        described = common.make_metadata(common.Module(config.module, FOLDER), config)
        # The README is about the course, and no part of the grader.
        described.description = described.description_content_type = None
        described.license_files = ()
        return described
    installed = _distribution(DISTRIBUTION)
    known = installed.metadata
    return common.Metadata(
        {
            "name": known["Name"],
            "version": known["Version"],
            "summary": known["Summary"],
            "license_expression": known["License-Expression"],
            "requires_python": known["Requires-Python"],
            "requires_dist": installed.requires or (),
            "provides_extra": known.get_all("Provides-Extra") or (),
            "import_name": known.get_all("Import-Name") or (),
        }
    )


class _GraderWheelBuilder(WheelBuilder):  # type: ignore[misc]
    """flit's builder, which needs no pyproject.toml."""

    def __init__(self) -> None:
        self.file = io.BytesIO()
        super().__init__(FOLDER, common.Module(DISTRIBUTION, FOLDER), _described(), {}, self.file, None)
        self.source_time_stamp = WHEEL_TIMESTAMP
