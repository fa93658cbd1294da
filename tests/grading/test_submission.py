"""Whatever is handed in, the grader gets a notebook that holds the master's cells and the student's answers."""

import base64
import json
import os
from copy import deepcopy

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.grading.submission import (
    MAX_CELLS,
    MAX_DEPTH,
    MAX_NOTEBOOK_BYTES,
    SubmissionUnreadable,
    merge,
    read_notebook,
)

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n and the rest").decode()


def cell(cell_id, source="", kind="code", *, grade=False, solution=False, locked=False, plain=False):
    node = {"cell_type": kind, "id": cell_id, "metadata": {}, "source": source}
    if kind == "code":
        node |= {"execution_count": None, "outputs": []}
    if not plain:
        node["metadata"]["nbgrader"] = {
            "schema_version": 3, "grade": grade, "grade_id": cell_id, "locked": locked, "solution": solution,
            "task": False, **({"points": 5} if grade else {}),
        }  # fmt: skip
    return node


def make_master():
    cells = [
        cell("cell-00", "# Lesson", "markdown", plain=True),
        cell("setup", "import torch", locked=True),
        cell("f", "def f(): raise NotImplementedError", solution=True),
        cell("check-f", 'check("f")', grade=True, locked=True),
        cell("cell-04", "f()", plain=True),
        cell("why", "Your answer here.", "markdown", grade=True, solution=True),
        cell("g", "def g(): raise NotImplementedError", solution=True),
        cell("check-g", 'check("g")', grade=True, locked=True),
    ]
    return notebook(cells, {"kernelspec": KERNEL})


def notebook(cells, metadata=None):
    return nbformat.from_dict({"cells": cells, "metadata": metadata or {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def master():
    return make_master()


@pytest.fixture
def submission(master):
    """The master with both solutions and the answer filled in."""
    mine = deepcopy(master)
    find(mine, "f")["source"] = "def f(): return 1"
    find(mine, "g")["source"] = "def g(): return 2"
    find(mine, "why")["source"] = "Because."
    return mine


def find(nb, cell_id):
    return next(cell for cell in nb.cells if cell.get("id") == cell_id)


def position(nb, cell_id):
    return nb.cells.index(find(nb, cell_id))


def sources(nb):
    return [cell.source for cell in nb.cells]


def written(tmp_path, content):
    path = tmp_path / "mini.ipynb"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode("utf-8"))
    return path


# --- merge


def test_the_master_merged_with_itself_is_the_master(master):
    assert merge(master, deepcopy(master)) == master


def test_merging_changes_neither_notebook(master, submission):
    before = deepcopy(master), deepcopy(submission)
    merge(master, submission)
    assert (master, submission) == before


def test_answers_are_taken_and_all_else_is_the_masters(master, submission):
    merged = merge(master, submission)
    assert [find(merged, name).source for name in ("f", "g", "why")] == [
        "def f(): return 1",
        "def g(): return 2",
        "Because.",
    ]
    for name in ("setup", "check-f", "check-g"):
        assert find(merged, name) == find(master, name)


@pytest.mark.parametrize("name", ["setup", "check-f"])
def test_an_edited_locked_cell_is_the_masters_again(master, submission, name):
    find(submission, name).update(source="check = print", outputs=[{"output_type": "stream"}])
    assert find(merge(master, submission), name) == find(master, name)


def test_forged_metadata_gives_no_points_and_skips_no_cell(master, submission):
    find(submission, "check-f").metadata.update(tags=["skip-execution"])
    find(submission, "check-f").metadata.nbgrader.update(points=100, schema_version=99, locked=False, solution=True)
    find(submission, "f").metadata.update(tags=["skip-execution"], nbgrader={"grade_id": "f", "points": 100})
    merged = merge(master, submission)
    assert find(merged, "check-f") == find(master, "check-f")
    assert find(merged, "f").metadata == find(master, "f").metadata
    assert find(merged, "f").source == "def f(): return 1"


def test_a_kernel_of_the_students_choice_is_not_taken(master, submission):
    submission.metadata.update(kernelspec={"name": "bash", "display_name": "x"}, widgets={"evil": 1})
    assert merge(master, submission).metadata == {"kernelspec": KERNEL}


def test_a_deleted_solution_keeps_the_stub(master, submission):
    submission.cells.remove(find(submission, "f"))
    merged = merge(master, submission)
    assert find(merged, "f") == find(master, "f")
    assert find(merged, "g").source == "def g(): return 2"


def test_deleted_checks_and_setup_are_back_in_their_places(master, submission):
    for name in ("setup", "check-f", "check-g"):
        submission.cells.remove(find(submission, name))
    graded = [cell.id for cell in merge(master, submission).cells if "nbgrader" in cell.metadata]
    assert graded == ["setup", "f", "check-f", "why", "g", "check-g"]


def test_deleted_prose_stays_deleted(master, submission):
    submission.cells.remove(find(submission, "cell-00"))
    assert "# Lesson" not in sources(merge(master, submission))


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_solution_turned_into_another_type_counts_as_missing_and_its_text_is_kept_unrun(master, submission, kind):
    find(submission, "f").update(cell_type=kind)
    merged = merge(master, submission)
    assert find(merged, "f") == find(master, "f")
    assert [cell.cell_type for cell in merged.cells if cell.source == "def f(): return 1"] == [kind]


def test_reordered_cells_come_back_in_the_masters_order(master, submission):
    submission.cells.reverse()
    graded = [cell for cell in merge(master, submission).cells if "nbgrader" in cell.metadata]
    assert [cell.id for cell in graded] == ["setup", "f", "check-f", "why", "g", "check-g"]
    assert graded[1].source == "def f(): return 1"


def test_a_helper_put_before_a_solution_runs_before_it_and_after_the_check_above(master, submission):
    submission.cells.insert(position(submission, "g"), nbformat.from_dict(cell("mine", "helper = 1", plain=True)))
    merged = merge(master, submission)
    assert position(merged, "check-f") < position(merged, "mine") < position(merged, "g")


def test_a_helper_at_the_very_top_stays_there(master, submission):
    submission.cells.insert(0, nbformat.from_dict(cell("mine", "helper = 1", plain=True)))
    assert merge(master, submission).cells[0].source == "helper = 1"


def test_the_first_of_two_solutions_counts_and_the_second_is_an_ordinary_cell(master, submission):
    again = deepcopy(find(submission, "f"))
    again.source = "f = None"
    submission.cells.insert(position(submission, "f") + 1, again)
    merged = merge(master, submission)
    assert find(merged, "f").source == "def f(): return 1"
    extra = merged.cells[position(merged, "f") + 1]
    assert (extra.source, extra.metadata) == ("f = None", {})
    assert len({cell.id for cell in merged.cells}) == len(merged.cells)


def test_a_solution_defined_again_at_the_end_comes_too_late(master, submission):
    again = deepcopy(find(submission, "f"))
    again.source = "f = None"
    submission.cells.append(again)
    assert merge(master, submission).cells[-1].source == "f = None"


def test_a_second_check_is_dropped(master, submission):
    submission.cells.append(deepcopy(find(submission, "check-f")))
    assert sources(merge(master, submission)).count('check("f")') == 1


def test_a_cell_with_a_grade_id_nobody_knows_is_an_ordinary_cell(master, submission):
    submission.cells.append(nbformat.from_dict(cell("check-h", "print(1)", grade=True, locked=True)))
    assert merge(master, submission).cells[-1].metadata == {}


def test_a_students_cell_cannot_take_a_graded_cells_id(master, submission):
    submission.cells.insert(0, nbformat.from_dict(cell("check-f", "print(1)", plain=True)))
    merged = merge(master, submission)
    assert find(merged, "check-f") == find(master, "check-f")
    assert merged.cells[0].source == "print(1)"


@pytest.mark.parametrize("given_id", [None, "", "no good", "x" * 65, 7, "mine"])
def test_every_cell_gets_a_valid_id_of_its_own(master, submission, given_id):
    for _ in range(3):
        extra = nbformat.from_dict(cell("x", "1", plain=True))
        del extra["id"]
        if given_id is not None:
            extra["id"] = given_id
        submission.cells.append(extra)
    merged = merge(master, submission)
    nbformat.validate(merged)
    assert len({cell.id for cell in merged.cells}) == len(master.cells) + 3


def test_raw_cells_stay_raw_and_unknown_ones_become_raw(master, submission):
    submission.cells.append(nbformat.from_dict(cell("r", "raw text", "raw", plain=True)))
    submission.cells.append(NotebookNode(cell_type="julia", id="j", metadata={}, source="evil()"))
    assert [(cell.cell_type, cell.source) for cell in merge(master, submission).cells[-2:]] == [
        ("raw", "raw text"),
        ("raw", "evil()"),
    ]


def test_magics_are_left_as_they_are(master, submission):
    find(submission, "f").source = "%%time\ndef f(): return 1\n!ls"
    assert find(merge(master, submission), "f").source == "%%time\ndef f(): return 1\n!ls"


def test_a_pasted_picture_is_kept_in_an_answer(master, submission):
    find(submission, "why")["attachments"] = {"image.png": {"image/png": PNG}}
    assert find(merge(master, submission), "why").attachments == {"image.png": {"image/png": PNG}}


@pytest.mark.parametrize(
    "attachments",
    [
        pytest.param({"a.svg": {"image/svg+xml": PNG}}, id="svg"),
        pytest.param({"a.png": {"image/png": "not base64!"}}, id="not base64"),
        pytest.param({"a.png": {"image/png": base64.b64encode(b"<script>").decode()}}, id="not a picture"),
        pytest.param({"a.png": {"image/jpeg": PNG}}, id="another picture"),
        pytest.param({"a.png": {'image/png" onerror="evil()': PNG}}, id="mime type with a script"),
        pytest.param({'a" onerror="x': {"image/png": PNG}}, id="name with a script"),
        pytest.param({"a.png": {"image/png": PNG + "A" * 4_000_000}}, id="too large"),
        pytest.param({"a.png": [PNG]}, id="a list"),
        pytest.param([PNG], id="no dictionary"),
        pytest.param({"a.png": {"image/png": 7}}, id="a number"),
    ],
)
def test_anything_else_attached_is_left_out(master, submission, attachments):
    find(submission, "why")["attachments"] = attachments
    assert "attachments" not in find(merge(master, submission), "why")


def test_attachments_of_code_are_left_out(master, submission):
    find(submission, "f")["attachments"] = {"image.png": {"image/png": PNG}}
    nbformat.validate(merge(master, submission))


def test_half_a_surrogate_pair_can_still_be_written(master, submission):
    find(submission, "f")["source"] = "x = '\ud800'"
    nbformat.writes(merge(master, submission)).encode("utf-8")


# --- another notebook than the assignment's


def test_a_notebook_of_another_assignment_is_refused_and_both_are_named(master):
    other = notebook([cell("lenet", "def lenet(): ...", solution=True), cell("check-lenet", grade=True, locked=True)])
    with pytest.raises(SubmissionUnreadable) as refused:
        merge(master, other)
    assert refused.value.what == "This is not the notebook of this assignment."
    assert refused.value.why == "Answers to it stand in the cells f, why, g; here the cells for answers are lenet."
    assert refused.value.fix.startswith("Hand in the notebook that came with the assignment")


@pytest.mark.parametrize("kind", ["no cells", "cells of one's own", "without its metadata", "only what is given"])
def test_a_notebook_without_any_cell_for_answers_is_refused(master, submission, kind):
    if kind == "no cells":
        submission.cells = []
    elif kind == "cells of one's own":
        submission.cells = [nbformat.from_dict(cell("mine", "def f(): return 1", plain=True))]
    elif kind == "without its metadata":
        for one in submission.cells:
            one["metadata"] = {}
    else:
        submission.cells = [find(submission, "setup"), find(submission, "check-f")]
    with pytest.raises(SubmissionUnreadable, match="here there are no cells for answers"):
        merge(master, submission)


@pytest.mark.parametrize("name", ["f", "why"])
def test_one_of_the_cells_for_answers_is_enough_to_be_graded(master, submission, name):
    submission.cells = [find(submission, name)]
    merged = merge(master, submission)
    assert find(merged, name).source == find(submission, name).source
    assert find(merged, "g") == find(master, "g")


def test_an_assignment_without_answers_takes_any_notebook(master):
    master.cells = [find(master, "setup")]
    assert sources(merge(master, notebook([]))) == ["import torch"]


def test_a_refusal_stays_short_and_printable_whatever_the_cells_are_called(master):
    names = ["\x1b[2J\n\ud800\u202e<script>", "long" * 1000, *(f"other-{number}" for number in range(500))]
    with pytest.raises(SubmissionUnreadable) as refused:
        merge(master, notebook([cell(name, solution=True) for name in names]))
    told = str(refused.value)
    assert told.isprintable()
    assert "and 498 more" in told
    assert len(told) < 500


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
GRADE_IDS = st.sampled_from(["f", "check-f", "setup", "why", "g", "check-g", "other"]) | JSON
CELLS = st.fixed_dictionaries(
    {},
    optional={
        "cell_type": st.sampled_from(["code", "markdown", "raw", "heading"]) | JSON,
        "source": st.text() | st.lists(st.text(), max_size=3) | JSON,
        "metadata": st.fixed_dictionaries({}, optional={"nbgrader": st.fixed_dictionaries({"grade_id": GRADE_IDS})})
        | JSON,
        "id": st.text(max_size=70) | st.sampled_from(["f", "check-f", "cell-00"]) | JSON,
        "attachments": st.dictionaries(st.text(max_size=8), st.dictionaries(st.text(max_size=9), JSON)) | JSON,
        "input": JSON,
        "outputs": JSON,
    },
)
NOTEBOOKS = JSON | st.fixed_dictionaries(
    {}, optional={"cells": st.lists(CELLS | JSON, max_size=8) | JSON, "metadata": JSON, "nbformat": JSON,
                  "worksheets": st.lists(st.fixed_dictionaries({"cells": st.lists(CELLS, max_size=3)}) | JSON) | JSON}
)  # fmt: skip


def merged_with_an_answer(master, data):
    """The data merged into the master; where it has none of the places for answers it is refused, so with one."""
    try:
        return merge(master, data)
    except SubmissionUnreadable:
        cells = data["cells"] if isinstance(data.get("cells"), list) else []
        return merge(master, {**data, "cells": [*cells, cell("f", "f = 1", solution=True)]})


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=NOTEBOOKS)
def test_any_json_is_either_unreadable_or_merges_into_a_valid_notebook_with_the_masters_cells(tmp_path, data):
    master = make_master()
    try:
        read = read_notebook(written(tmp_path, data))
    except SubmissionUnreadable:
        return
    merged = merged_with_an_answer(master, read)
    nbformat.validate(merged)
    nbformat.writes(merged).encode("utf-8")
    graded = [cell for cell in merged.cells if "nbgrader" in cell.metadata]
    assert [cell.metadata for cell in graded] == [cell.metadata for cell in master.cells if "nbgrader" in cell.metadata]
    locked = [cell for cell in graded if cell.metadata.nbgrader.locked]
    assert locked == [find(master, cell.id) for cell in locked]
    assert merge(master, merged) == merged


@settings(max_examples=200, deadline=None)
@given(data=NOTEBOOKS.filter(lambda data: isinstance(data, dict)))
def test_any_dictionary_merges_without_having_been_read_by_us(data):
    nbformat.validate(merged_with_an_answer(make_master(), data))


# --- read_notebook


def test_what_is_written_is_read(tmp_path, master, submission):
    path = tmp_path / "mini.ipynb"
    nbformat.write(submission, path)
    assert merge(master, read_notebook(path)) == merge(master, submission)


def test_a_release_is_read_whole(tmp_path, master):
    path = tmp_path / "mini.ipynb"
    nbformat.write(master, path)
    assert read_notebook(path) == master


def test_a_byte_order_mark_is_no_obstacle(tmp_path, master):
    content = nbformat.writes(master).encode("utf-8-sig")
    assert read_notebook(written(tmp_path, content)) == master


def test_an_old_notebook_is_converted(tmp_path, master):
    cells = [
        {"cell_type": "heading", "level": 2, "metadata": {}, "source": ["Title"]},
        {"cell_type": "code", "language": "python", "metadata": {"nbgrader": {"grade_id": "f"}}, "outputs": [],
         "input": ["def f():\n", "    return 1"]},
    ]  # fmt: skip
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    read = read_notebook(written(tmp_path, old))
    assert [(cell.cell_type, cell.source) for cell in read.cells] == [
        ("markdown", "Title"),
        ("code", "def f():\n    return 1"),
    ]
    assert find(merge(master, read), "f").source == "def f():\n    return 1"


def test_cells_count_and_worksheets_beside_them_do_not(tmp_path):
    data = {"cells": [], "worksheets": [{"cells": [{"cell_type": "code", "input": "1"}]}]}
    assert read_notebook(written(tmp_path, data)).cells == []


@pytest.mark.parametrize("source", ["a\nb", ["a\n", "b"], ["a\n", 1, None, "b"]])
def test_a_source_may_be_text_or_lines(tmp_path, source):
    data = {"cells": [{"cell_type": "code", "source": source}]}
    assert read_notebook(written(tmp_path, data)).cells[0].source == "a\nb"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"{", "not JSON"),
        (b"PK\x03\x04\xff\xfe", "not UTF-8"),
        ('{"cells": []}'.encode("utf-16"), "not UTF-8"),
        (b"[]", "not an object"),
        (b'"cells"', "not an object"),
        (b"{}", "no list of cells"),
        (b'{"cells": {}}', "no list of cells"),
        (b'{"cells": null, "worksheets": 3}', "no list of cells"),
        (b"[" * 100_000, "nested more than"),
        (b'{"cells": ' + b"[" * MAX_DEPTH + b"]" * MAX_DEPTH + b"}", "nested more than"),
        (b'{"cells": [' + b"1" * 5000 + b"]}", "not JSON"),
        (b'{"cells": [' + b"{}," * MAX_CELLS + b"{}]}", f"has {MAX_CELLS + 1} cells"),
        (b" " * (MAX_NOTEBOOK_BYTES + 1), "too large: 20.0 MB"),
    ],
)
def test_a_file_that_is_no_notebook_is_unreadable_and_says_why(tmp_path, content, said):
    with pytest.raises(SubmissionUnreadable, match=said) as unreadable:
        read_notebook(written(tmp_path, content))
    assert "mini.ipynb" in unreadable.value.what
    assert unreadable.value.fix


def test_a_missing_file_a_folder_a_pipe_and_a_link_are_unreadable(tmp_path, master):
    nbformat.write(master, tmp_path / "there.ipynb")
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "there.ipynb")
    (tmp_path / "dangling.ipynb").symlink_to(tmp_path / "nowhere.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe.ipynb")
    said = {"missing": "No such file", "link": "link", "dangling": "link", "folder": "folder", "pipe": "pipe"}
    for name, words in said.items():
        with pytest.raises(SubmissionUnreadable, match=words):
            read_notebook(tmp_path / f"{name}.ipynb")
