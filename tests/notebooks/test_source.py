"""A solution module becomes an nbgrader notebook, or an error that says which line is at fault."""

from pathlib import Path

import nbformat
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder.notebooks.markers import SourceError
from autograder.notebooks.source import notebook_text, source_notebook, write_notebook

SOLUTION = "# %% solution: f\ndef f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n"
CHECK = "# %% check: f\n"


def module(folder: Path, text: str) -> Path:
    path = folder / "lesson.py"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def notebook(tmp_path, lesson, points):
    return source_notebook(module(tmp_path, lesson), points)


def by_id(notebook, cell_id):
    return next(cell for cell in notebook.cells if cell.id == cell_id)


def test_cells_come_in_the_modules_order_with_ids_that_say_what_they_are(notebook):
    assert [cell.id for cell in notebook.cells] == ["cell-00", "setup", "double", "check-double", "why", "cell-05"]


@pytest.mark.parametrize(
    ("cell_id", "grade", "locked", "solution", "worth"),
    [
        ("setup", False, True, False, None),
        ("double", False, False, True, None),
        ("check-double", True, True, False, 3),
        ("why", True, False, True, 2),
    ],
)
def test_each_marker_becomes_its_nbgrader_metadata(notebook, cell_id, grade, locked, solution, worth):
    found = by_id(notebook, cell_id).metadata.nbgrader
    assert (found.grade, found.locked, found.solution, found.get("points")) == (grade, locked, solution, worth)
    assert (found.grade_id, found.schema_version, found.task) == (cell_id, 3, False)


def test_nbgrader_accepts_the_metadata(notebook):
    MetadataValidator().validate_nb(notebook)


def test_an_ordinary_cell_has_no_metadata(notebook):
    assert by_id(notebook, "cell-00").metadata == by_id(notebook, "cell-05").metadata == {}


def test_a_check_cell_keeps_its_comment_and_calls_the_check(notebook):
    assert by_id(notebook, "check-double").source == (
        '# Run this cell as often as you like.\nfrom autograder.check import check\n\ncheck("double")'
    )


def test_run_all_goes_on_past_a_check(notebook):
    assert by_id(notebook, "check-double").metadata.tags == ["raises-exception"]


def test_the_notebooks_metadata_is_the_kernel_alone(notebook):
    assert notebook.metadata == {
        "kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3 (ipykernel)"}
    }


def test_written_notebook_is_valid_ends_with_one_newline_and_reads_back_the_same(notebook, tmp_path):
    path = tmp_path / "lesson.ipynb"
    write_notebook(notebook, path)
    text = path.read_bytes().decode("utf-8")
    assert text == notebook_text(notebook)
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    again = nbformat.read(path, as_version=4)
    nbformat.validate(again)
    assert again == notebook
    assert [entry.name for entry in tmp_path.iterdir() if entry.suffix == ".unfinished"] == []


def test_the_same_module_gives_the_same_bytes(notebook, tmp_path, lesson):
    assert notebook_text(source_notebook(module(tmp_path, lesson), {"double": 3})) == notebook_text(notebook)


def test_half_points_are_kept(tmp_path):
    made = source_notebook(module(tmp_path, SOLUTION + CHECK), {"f": 2.5})
    assert by_id(made, "check-f").metadata.nbgrader.points == 2.5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("# %%\n1\n# %% solve: f\n", r"line 3 \(`solve: f`\).*means nothing", id="unknown word"),
        pytest.param("# %% Worked example\n1\n", r"line 1 \(`Worked example`\).*means nothing", id="title"),
        pytest.param("# %% given: two words\n1\n", "line 1.*'two words' cannot name", id="name with a space"),
        pytest.param("# %% given:\n1\n", "line 1.*'' cannot name", id="no name"),
        pytest.param(f"# %% given: {'x' * 59}\n1\n", "line 1.*at most 58", id="name too long"),
        pytest.param("# %% given: a\n1\n# %% given: a\n2\n", "line 3.*'a' is already taken.*line 1", id="twice"),
        pytest.param(SOLUTION, "line 1.*never checked.*Add `# %% check: f`", id="no check"),
        pytest.param(CHECK, "line 1.*no solution cell 'f'", id="no solution"),
        pytest.param(CHECK + SOLUTION, "line 1.*before its solution", id="check first"),
        pytest.param("# %% solution: f\nf = 1\n" + CHECK, "line 1.*There is none", id="nothing to cut"),
        pytest.param(
            "# %% solution: f\n### BEGIN SOLUTION\nf = 1\n" + CHECK, "line 1.*They come as BEGIN", id="no end"
        ),
        pytest.param(
            "# %% solution: f\n### END SOLUTION\n### BEGIN SOLUTION\n" + CHECK, "come as END BEGIN", id="end first"
        ),
        pytest.param("# %%\n### BEGIN SOLUTION\n1\n", "line 1.*outside a solution cell", id="solution in a free cell"),
        pytest.param(SOLUTION + "# %% check: f\nprint(1)\n", "line 6.*has code in it", id="code in a check"),
        pytest.param("# %% answer: why\n1\n", "line 1.*code cell.*Add `.markdown.`", id="answer in a code cell"),
        pytest.param("# %% solution: f [markdown]\n# f\n" + CHECK, "line 1.*markdown cell", id="solution in prose"),
        pytest.param("# %% answer: why [markdown] points=-1\n# x\n", "line 1.*at least 0", id="negative points"),
        pytest.param('# %% answer: why [markdown] points="a"\n# x\n', "line 1.*not understood", id="points of text"),
        pytest.param("# %% answer: why [markdown] marks=1\n# x\n", "line 1.*not understood", id="unknown option"),
        pytest.param("# %% given: a points=1\n1\n", "line 1.*unknown option points", id="points on a given cell"),
        pytest.param("x = 1\n# %% given: a\n1\n", "text before its first cell marker.*'x = 1'", id="text first"),
    ],
)
def test_a_module_that_does_not_make_sense_is_refused_at_its_line(tmp_path, text, said):
    with pytest.raises(SourceError, match=f"(?s){said}") as refused:
        source_notebook(module(tmp_path, text), {"f": 1} if "check: f" in text else {})
    assert "lesson.py" in refused.value.what
    assert refused.value.why
    assert refused.value.fix


def test_a_check_without_a_question_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"line 6.*no question 'f'.*questions.py defines g"):
        source_notebook(module(tmp_path, SOLUTION + CHECK), {"g": 1})


def test_a_question_without_cells_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"question 'g', and lesson.py has no cells"):
        source_notebook(module(tmp_path, SOLUTION + CHECK), {"f": 1, "g": 1})


def test_a_missing_module_and_one_that_is_not_text_are_refused(tmp_path):
    with pytest.raises(SourceError, match="cannot be read"):
        source_notebook(tmp_path / "lesson.py", {})
    (tmp_path / "lesson.py").write_bytes(b"# %%\n'\xff'\n")
    with pytest.raises(SourceError, match="not UTF-8"):
        source_notebook(tmp_path / "lesson.py", {})


def test_a_marker_inside_a_string_is_no_cell(tmp_path):
    text = 'X = """\n# %% given: inside\n"""\n'
    made = source_notebook(module(tmp_path, f"# %% given: outside\n{text}"), {})
    assert [cell.id for cell in made.cells] == ["outside"]
    assert "# %% given: inside" in made.cells[0].source
