"""Packs the part of `autograder` that a student needs into a wheel that goes out with the assignment."""

import ast
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flit_core import common
from flit_core.config import LoadedConfig, read_flit_config
from flit_core.wheel import WheelBuilder

import autograder
from autograder.errors import AutograderError

# What a student's check cell runs. A pattern that matches nothing is an error, so the list cannot go stale unseen.
STUDENT_FILES = (
    "__init__.py",
    "errors.py",
    "results.py",
    "check.py",
    "lesson/**/*.py",
    "probe/**/*.py",
    "properties/**/*.py",
    "report/__init__.py",
    "report/content.py",
    "report/grids.py",
    "report/notebook.py",
    "report/safe_text.py",
    "report/text.py",
)
REQUIREMENTS = "requirements.txt"
PROJECT = Path(autograder.__file__).resolve().parents[1]

_MODE_AND_KIND = 0o100644 << 16  # a regular file, readable by all, as zip files write it
WHEEL_TIMESTAMP = (2016, 1, 1, 0, 0, 0)


class StudentPackageError(AutograderError):
    """The wheel for students cannot be made."""


@dataclass(frozen=True)
class StudentPackage:
    """What a student installs: a wheel (`wheel_name`, its bytes) and the text of a requirements.txt beside it."""

    wheel_name: str
    wheel: bytes
    requirements: str


def student_package(project: Path = PROJECT) -> StudentPackage:
    """Return the wheel and the requirements for students, made from the folder that has pyproject.toml.

    The wheel holds STUDENT_FILES and needs the project's base dependencies only. Its bytes depend on the contents
    of those files and of pyproject.toml, and on nothing else: not on times, modes, order, or this machine's zlib.

    Raises StudentPackageError when a file of the list is missing, or one of them imports a module that is not in it.
    """
    if not (project / "pyproject.toml").is_file():
        raise StudentPackageError(
            f"The package for students cannot be made: {project} has no pyproject.toml.",
            "autograder was installed without its source.",
            "Install it from a checkout: pip install -e '.[grading]'",
        )
    config = read_flit_config(project / "pyproject.toml")
    builder = _StudentWheelBuilder(project, config)
    builder.build()
    requirements = (
        "# What the notebook needs. In this folder: pip install -r requirements.txt\n"
        f"./{builder.wheel_filename}\n"
        f"{_pin(config, 'jupyterlab')}\n"
    )
    return StudentPackage(builder.wheel_filename, stored(builder.file.getvalue()), requirements)


def student_files(package: Path) -> tuple[Path, ...]:
    """Return the files of the package's folder that students need, in the order of STUDENT_FILES."""
    files: list[Path] = []
    for pattern in STUDENT_FILES:
        found = sorted(package.glob(pattern))
        if not found:
            raise StudentPackageError(
                f"The package for students lacks autograder/{pattern}.",
                "No such file is there.",
                "Put it back, or correct STUDENT_FILES in autograder/notebooks/student_package.py.",
            )
        files += found
    _require_closed(package, files)
    return tuple(files)


class _StudentWheelBuilder(WheelBuilder):  # type: ignore[misc]
    """flit's builder, with fewer files and fewer dependencies."""

    def __init__(self, project: Path, config: LoadedConfig) -> None:
        module = common.Module(config.module, project)
        metadata = common.make_metadata(module, config)
        # The project's README is about the course; and were it in here, every edit of it would change every release.
        metadata.description = metadata.description_content_type = None
        metadata.requires_dist = config.reqs_by_extra.get(".none", [])
        metadata.provides_extra = ()
        self.file = io.BytesIO()
        super().__init__(project, module, metadata, entrypoints={}, target_fp=self.file, data_directory=None)
        # A file's own time may be one that a zip file cannot hold.
        self.source_time_stamp = WHEEL_TIMESTAMP

    def copy_module(self) -> None:
        for path in student_files(self.module.path):
            self._add_file(path, path.relative_to(self.module.source_dir))


def stored(wheel: bytes) -> bytes:
    """The same wheel, uncompressed: compressed bytes differ between builds of zlib, stored ones do not."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(wheel)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new:
        for item in old.infolist():
            info = zipfile.ZipInfo(item.filename, WHEEL_TIMESTAMP)
            info.external_attr, info.create_system = _MODE_AND_KIND, 3
            new.writestr(info, old.read(item))
    return result.getvalue()


def _require_closed(package: Path, files: list[Path]) -> None:
    """Raise unless what the files import from autograder is among them: the wheel would break in a student's hands."""
    modules = {".".join(path.relative_to(package.parent).with_suffix("").parts) for path in files}
    modules |= {module.removesuffix(".__init__") for module in modules}
    for path in files:
        for imported in _imports(path, package):
            if imported not in modules:
                raise StudentPackageError(
                    f"The package for students would be broken: {path.relative_to(package.parent)} imports {imported}.",
                    "That module is not among STUDENT_FILES.",
                    "Remove the import, or add the module to STUDENT_FILES if a student needs it.",
                )


def _imports(path: Path, package: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in the file, imports for types left out."""
    try:
        tree = ast.parse(path.read_bytes(), filename=str(path))
    except SyntaxError as error:
        raise StudentPackageError(
            f"The package for students would be broken: {path.relative_to(package.parent)} is not valid Python.",
            f"{error.msg}, line {error.lineno}.",
            "Correct it.",
        ) from error
    for node in _outside_type_checking(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == package.name)
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == package.name:
            # `from a import b` may mean the module a.b, or the name b in the module a.
            for alias in node.names:
                module = package.parent.joinpath(*node.module.split("."), alias.name)
                is_module = module.is_dir() or module.with_suffix(".py").is_file()
                yield f"{node.module}.{alias.name}" if is_module else node.module


def _outside_type_checking(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            continue
        yield node
        yield from _outside_type_checking(node)


def _pin(config: Any, name: str) -> str:
    """The project's own requirement of `name`, with its version, out of whichever extra has it."""
    for requirements in config.reqs_by_extra.values():
        for requirement in requirements:
            if requirement.startswith(f"{name}=="):
                return str(requirement)
    raise StudentPackageError(
        f"requirements.txt for students cannot be made: pyproject.toml does not pin {name}.",
        "Every version in it is exact.",
        f"Add `{name}==VERSION` to an extra in pyproject.toml.",
    )
