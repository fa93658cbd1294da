"""In formgrader and in feedback nothing a student wrote runs, and what our report shows is still there."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.server_extensions.formgrader.formgrader import FormgradeExtension
from tornado.web import Application

from autograder.grading.formulas import ELEMENTS
from autograder.grading.safe_html import clean_html, markdown2html
from autograder.notebooks.release import course_config
from autograder.notebooks.source import source_notebook, write_notebook
from autograder.report.notebook import html
from autograder.results import CheckResult, CheckStatus, Grid, QuestionResult

PROJECT = Path(__file__).resolve().parents[2]
MODULE = """\
# %% solution: f
def f():
    ### BEGIN SOLUTION
    return 1
    ### END SOLUTION

# %% check: f

# %% answer: why [markdown] points=1
# Why?
"""
# Every attack names evil() or evil.example, so that a page can be searched for what is left of it.
HTML_ATTACKS = [
    "<script>evil()</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<img src=x onerror=evil()>",
    "<img src='https://evil.example/pixel.png'>",
    '<img src="data:image/svg+xml;base64,evil">',
    "<svg onload=evil()><script>evil()</script></svg>",
    "<svg><a xlink:href='javascript:evil()'><text>x</text></a></svg>",
    "<math><mtext></mtext><mglyph><svg><mtext><style><img src=x onerror=evil()></style></svg></math>",
    "<a href='javascript:evil()'>x</a>",
    "<a href='jav&#x09;ascript:evil()'>x</a>",
    "<a href='&#106;avascript&colon;evil()'>x</a>",
    "<a href='data:text/html,<script>evil()</script>'>x</a>",
    "<a href='d&#97;ta:text/html,evil()'>x</a>",
    "<iframe srcdoc='<script>evil()</script>'></iframe>",
    "<iframe src='javascript:evil()'></iframe>",
    "<object data='//evil.example'></object><embed src='//evil.example'>",
    "<form action='//evil.example'><button formaction='javascript:evil()'>x</button></form>",
    "<base href='//evil.example'><link rel=stylesheet href='//evil.example'>",
    "<meta http-equiv=refresh content='0;evil()'>",
    "<style>body { background: url(//evil.example) }</style>",
    "<div style='background:url(//evil.example)'>x</div>",
    "<div style='background:u&#114;l(//evil.example)'>x</div>",
    "<div style='background:&#117rl(//evil.example)'>x</div>",
    "<div style='background:u\\72l(//evil.example)'>x</div>",
    "<div style='position:fixed;top:0;left:0;z-index:9999;evil:1'>x</div>",
    "<details ontoggle=evil() open>x</details><video src=//evil.example onerror=evil()></video>",
    "<div title='`'><img src=x onerror=evil()>`</div>",
    "<!-- --!><img src=x onerror=evil()> -->",
    "<noscript><p title='</noscript><img src=x onerror=evil()>'></noscript>",
    "<" * 3 + "script>evil()//" + "<" * 3 + "/script>",
    "<a href='\x01javascript:evil()'>x</a>",
    "<a href='java\nscript:evil()'>x</a>",
    "<a href='vbscript:evil()'>x</a><a href='blob:evil'>x</a><a href='filesystem:evil'>x</a>",
    "<a href='x' ping='//evil.example' target=_blank onfocus=evil() autofocus>x</a>",
    "<a href='data:image/svg+xml,<svg onload=evil()>'>x</a>",
    "<img srcset='//evil.example 2x' src=data:image/png;base64,AAAA longdesc=javascript:evil() usemap=#evil>",
    "<img src='data:text/html;base64,evil'><img src='data:image/png,evil()'>",
    "<input type=image src=//evil.example onerror=evil()><textarea onfocus=evil() autofocus></textarea>",
    "<template><script>evil()</script></template><slot onslotchange=evil()></slot>",
    "<audio src=//evil.example></audio><track src=//evil.example><source src=//evil.example>",
    "<frameset onload=evil()><frame src=javascript:evil()></frameset><applet code=evil></applet>",
    "<table background='javascript:evil()'><td background='//evil.example'>x</td></table>",
    "<div style='width:expression(evil())'>x</div><div style='behavior:url(evil)'>x</div>",
    "<div style='background:image-set(\"//evil.example\" 1x)'>x</div><div style='-moz-binding:url(evil)'>x</div>",
    "<div style='color:red;/**/background-image:u/**/rl(//evil.example)'>x</div>",
    "<body onload=evil()><html onclick=evil()><head><title>evil()</title></head>",
    "<xmp><img src=x onerror=evil()></xmp><plaintext><img src=x onerror=evil()>",
    "<![CDATA[<img src=x onerror=evil()>]]><?xml-stylesheet href='javascript:evil()'?>",
    "<!DOCTYPE x [<!ENTITY x 'evil()'>]><p>&x;</p>",
    "<script\x00>evil()</script><scr\x00ipt>evil()</scr\x00ipt><img/src='x'/onerror=evil()>",
    "<math href='javascript:evil()'><maction actiontype='statusline#//evil.example'>x</maction></math>",
    "<math><mtext xlink:href='javascript:evil()'>x</mtext></math>",
    "<p id=evil name=evil class='nbgrader-evil' contenteditable onbeforeinput=evil()>x</p>",
]
MARKDOWN_ATTACKS = [
    *HTML_ATTACKS,
    "[x](javascript:evil())",
    "[x](<javascript:evil()>)",
    "[x]( jav&#x09;ascript:evil())",
    "[x][1]\n\n[1]: javascript:evil()",
    "<javascript:evil()>",
    "![x](javascript:evil())",
    "![x](https://evil.example/pixel.png)",
    '![x](attachment:a "onerror=evil()")',
    "[x](data:text/html;base64,evil)",
    '![x" onerror="evil()](x)',
    "```mermaid\n<img src=x onerror=evil()>\n```",
    "$<img src=x onerror=evil()>$",
    "`` ` `` <img src=x onerror=evil()>",
    "\\begin{a<img src=x onerror=evil()>}x\\end{a<img src=x onerror=evil()>}",
    r"$\href{javascript:evil()}{x}$ $\unicode{<img src=x onerror=evil()>}$ $\class{evil}{x}$",
    r"$\style{background:url(//evil.example)}{x}$",
    r"$$\require{html}\cssId{evil}{x}\text{<img src=x onerror=evil()>}\\url{javascript:evil()}$$",
    "[x](JaVaScRiPt&colon;evil()) [x](\\javascript:evil()) [x](%6Aavascript:evil())",
    "[x](x '\" onmouseover=evil() ')\n\n[^1]: <img src=x onerror=evil()>",
    "| a |\n|---|\n| <img src=x onerror=evil()> |",
    "    <img src=x onerror=evil()>\n\n~~~evil onerror=evil()\n</code></pre><img src=x onerror=evil()>\n~~~",
    "# x <img src=x onerror=evil()> {#evil onclick=evil()}",
    "<div markdown=1>[x](javascript:evil())</div>",
]
PROSE = r"""
> a quotation

$\begin{pmatrix}0 & 1 \\ 2 & 3\end{pmatrix} < 4$

`if a < b and c > d: e &= f`
"""
REPORT = (
    '<div style="color:#1a1a1a;background-color:#ffffff;padding:4px"><table style="border-collapse:collapse"><tr>'
    '<td style="text-align:right">✔ 2 of 3</td></tr></table>'
    '<img alt="a kernel" src="data:image/png;base64,iVBORw0KGgo="></div>'
)


def dangers(page):
    """What in a page's HTML could act for `evil`: scripts, styles, handlers, addresses."""
    found = []
    for tag in BeautifulSoup(page, "html.parser").find_all(True):
        if tag.name in ("script", "style") and "evil" in tag.get_text():
            found.append(str(tag))
        for name, value in tag.attrs.items():
            text = " ".join(value) if isinstance(value, list) else str(value)
            if "evil" in text and name not in ("title", "alt"):
                found.append(f"<{tag.name} {name}={text!r}>")
        if tag.name in ("iframe", "object", "embed", "svg", "base", "frame", "frameset", "applet", "template", "xmp"):
            found.append(str(tag))
        if tag.name == "meta" and tag.get("http-equiv", "").lower() == "refresh":
            found.append(str(tag))
        if tag.name == "math" and not {inner.name for inner in tag.find_all(True)} <= ELEMENTS:
            found.append(str(tag))
    return found


def output(**data):
    return nbformat.v4.new_output("display_data", {name.replace("_", "/"): value for name, value in data.items()})


def attacking_notebook(release):
    """The release as an attacker would have it autograded, with every attack in every place."""
    notebook = nbformat.read(release, as_version=4)
    by_id = {cell.id: cell for cell in notebook.cells}
    by_id["why"].source = "\n\n".join(MARKDOWN_ATTACKS)
    by_id["f"].source = "# <script>evil()</script>\n'</pre><img src=x onerror=evil()>'"
    by_id["f"].outputs = [
        *(output(text_html=attack) for attack in HTML_ATTACKS),
        *(output(text_markdown=attack) for attack in MARKDOWN_ATTACKS),
        nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg onload='evil()'/>"}),
        output(text_latex="$<img src=x onerror=evil()>$"),
        output(text_plain="<img src=x onerror=evil()>"),
        output(image_png='"><img src=x onerror=evil()>'),
        nbformat.v4.new_output("display_data", {"image/png": "iVBORw0KGgo="}, metadata={
            "image/png": {"width": '1 onerror="evil()"', "alt": '" onerror="evil()'}, "height": "1 onload=evil()"}),
        nbformat.v4.new_output("display_data", {"application/javascript": "evil()"}),
        nbformat.v4.new_output("display_data", {"application/vnd.jupyter.widget-view+json": {"evil": "</script>"}}),
        nbformat.v4.new_output("stream", text="<script>evil()</script>\x1b[31m<img src=x onerror=evil()>"),
        nbformat.v4.new_output("stream", text="\x1b]8;;javascript:evil()\x1b\\x\x1b]8;;\x1b\\"),
        nbformat.v4.new_output("stream", text="\x1b[38;5;</span><script>evil()</script>m"),
        nbformat.v4.new_output("display_data", {"application/json": {"<script>evil()</script>": "evil()"}}),
        *(
            nbformat.v4.new_output("display_data", {kind: "<script>evil()</script>"})
            for kind in ("application/vnd.evil+json", "text/x-evil", "application/pdf", "video/mp4", "text/javascript")
        ),
        nbformat.v4.new_output("error", ename="<script>evil()</script>", evalue="<img src=x onerror=evil()>",
                               traceback=["<script>evil()</script>", "\x1b[0;31m<img src=x onerror=evil()>"]),
    ]  # fmt: skip
    by_id["check-f"].outputs = [output(text_html=REPORT)]
    notebook.cells += [
        nbformat.v4.new_markdown_cell(f"{attack}\n") for attack in (*MARKDOWN_ATTACKS, "![x](attachment:nowhere.png)")
    ]
    notebook.cells += [
        nbformat.v4.new_raw_cell(attack, metadata={"raw_mimetype": "text/html"}) for attack in HTML_ATTACKS
    ]
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(PROSE))
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"evil": "</script>"}}
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with one autograded submission, full of attacks, in the gradebook and in autograded/."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(PROJECT / "nbgrader_config.py", root)
    folder = root / "source" / "mini"
    folder.mkdir(parents=True)
    (folder / "mini.py").write_text(MODULE, encoding="utf-8")
    write_notebook(source_notebook(folder / "mini.py", {"f": 3}), folder / "mini.ipynb")
    assert NbGraderAPI(config=course_config(root)).generate_assignment("mini")["success"]
    with Gradebook(f"sqlite:///{root}/gradebook.db", "conv") as gradebook:
        gradebook.add_student("mallory")
        gradebook.add_submission("mini", "mallory")
        gradebook.find_comment("f", "mini", "mini", "mallory").auto_comment = "[x](javascript:evil()) <b>well</b>"
        gradebook.db.commit()
    autograded = root / "autograded" / "mallory" / "mini"
    autograded.mkdir(parents=True)
    nbformat.write(attacking_notebook(root / "release" / "mini" / "mini.ipynb"), autograded / "mini.ipynb")
    return root


@pytest.fixture(scope="module")
def feedback(course):
    """The feedback page that nbgrader makes with our configuration."""
    result = NbGraderAPI(config=course_config(course)).generate_feedback("mini", "mallory")
    assert result["success"], result
    return (course / "feedback" / "mallory" / "mini" / "mini.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def formgrader(course):
    """The page that formgrader makes with the exporter that it sets up for itself in the course's folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(course)
        patch.setenv("JUPYTER_CONFIG_DIR", str(course / "nowhere"))
        extension, server = FormgradeExtension(), Application()
        extension.root_dir = str(course)
        extension.initialize([])
        extension.init_tornado_settings(server)
    names = ("assignment_id", "notebook_id", "submission_id", "base_url", "student", "last_name", "first_name")
    resources = dict.fromkeys((*names, "notebook_path"), "") | {"index": 0, "total": 1}
    notebook = course / "autograded" / "mallory" / "mini" / "mini.ipynb"
    return server.settings["nbgrader_exporter"].from_filename(str(notebook), resources=resources)[0]


@pytest.mark.parametrize("page", ["feedback", "formgrader"])
def test_nothing_of_any_attack_is_left_in_the_page(page, request):
    assert dangers(request.getfixturevalue(page)) == []


@pytest.mark.parametrize("page", ["feedback", "formgrader"])
def test_the_report_keeps_its_colours_table_and_picture(page, request):
    soup = BeautifulSoup(request.getfixturevalue(page), "html.parser")
    cell = next(tag for tag in soup.find_all("td") if "✔ 2 of 3" in tag.get_text())
    box = cell.find_parent("div")
    assert box["style"].replace(" ", "").rstrip(";") == "color:#1a1a1a;background-color:#ffffff;padding:4px"
    assert cell["style"].replace(" ", "").rstrip(";") == "text-align:right"
    assert (box.img["alt"], box.img["src"]) == ("a kernel", "data:image/png;base64,iVBORw0KGgo=")


def test_a_comment_is_rendered(feedback):
    assert "<b>well</b>" in feedback


def test_a_formgraders_settings_can_be_shown(course):
    json.dumps(course_config(course))


@pytest.mark.parametrize("attack", HTML_ATTACKS)
def test_clean_html_is_harmless(attack):
    assert dangers(clean_html(attack)) == []


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from([*HTML_ATTACKS, "<", ">", '"', "'", "&", "`", "=", "<p", "</p>", "<!--", "\x00", "x "]))
)
def test_pieces_of_attacks_put_together_are_harmless(pieces):
    cleaned = clean_html("".join(pieces))
    assert dangers(cleaned) == []
    assert dangers(clean_html(cleaned)) == []


@pytest.mark.parametrize("html", ["<div>" * 100_000, "<b><i>" * 50_000, "<p></b>" * 50_000, "x" * 6_000_000])
def test_what_is_too_deep_or_too_long_to_be_a_document_becomes_text(html):
    cleaned = clean_html(html)
    assert cleaned.startswith("<pre>")
    assert cleaned.count("<") == 2


def test_formulas_quotes_and_code_in_markdown_come_out_whole(formgrader):
    text = BeautifulSoup(formgrader, "html.parser")
    assert r"\begin{pmatrix}0 & 1 \\ 2 & 3\end{pmatrix} < 4" in text.get_text()
    assert "a quotation" in text.blockquote.get_text()
    assert "if a < b and c > d: e &= f" in [code.get_text().strip() for code in text.find_all("code")]


def test_a_formula_is_drawn_and_needs_no_script(formgrader, feedback):
    for page in (formgrader, feedback):
        rows = BeautifulSoup(page, "html.parser").math.find_all("mtr")
        assert [[cell.get_text() for cell in row.find_all("mtd")] for row in rows] == [["0", "1"], ["2", "3"]]
        assert "cdnjs" not in page
    assert "<script" not in feedback


def test_a_formula_in_a_cells_output_is_drawn(formgrader):
    attack = BeautifulSoup(formgrader, "html.parser").find_all("annotation", string="<img src=x onerror=evil()>")
    assert len(attack) >= 2  # in a Markdown cell, and as the LaTeX that a cell displayed


def test_a_formula_in_the_description_of_a_picture_stays_as_it_was_written():
    assert 'alt="the kernel $K_{a,b}$"' in markdown2html(
        {}, "![the kernel $K_{a,b}$](data:image/png;base64,iVBORw0KGgo=)"
    )


def shown(html):
    """The tags of a page with their attributes, and their texts."""
    tags = BeautifulSoup(html, "html.parser").find_all(True)
    styles = [re.sub(r"\s", "", tag.attrs.pop("style", "")).rstrip(";").split(";") for tag in tags]
    texts = ["".join(tag.find_all(string=True, recursive=False)) for tag in tags]
    return [
        (tag.name, tag.attrs, style, text)
        for tag, style, text in zip(tags, styles, texts, strict=True)
        if tag.name != "tbody"  # put in by every parser of HTML
    ]


def test_all_that_a_check_reports_is_kept():
    grids = (
        Grid("X", ((0.0, 1.0, -2.0), (5.0, float("nan"), 40.0)), None, ((0, 0), (0, 1))),
        Grid("got", ((3.0, -4.5),), (0, 1)),
    )
    held = CheckResult("f.a", "f", "It holds.", 1, 1, CheckStatus.PASSED, note="By the way.")
    wrong = CheckResult(
        "f.b", "f", "Values.", 0, 1, CheckStatus.FAILED, "got <1>, want 2", "X = 1\nf(X)", "", "",
        "flipped", "The kernel is flipped.", "Leave it.", grids,
    )  # fmt: skip
    page = html("A question", QuestionResult("f", (held, wrong, wrong, replace(wrong, misconception=""))))
    assert shown(clean_html(page)) == shown(page)


def test_a_report_of_hostile_texts_is_harmless_even_before_it_is_cleaned():
    for attack in [
        *MARKDOWN_ATTACKS,
        *(f'"{attack}' for attack in HTML_ATTACKS),
        *(f"'{attack}" for attack in HTML_ATTACKS),
    ]:
        grid = Grid(attack, ((0.0, 1.0),))
        wrong = CheckResult("f.a", "f", attack, 0, 1, CheckStatus.FAILED, *[attack] * 7, (grid,))
        page = html(attack, QuestionResult("f", (wrong, replace(wrong, status=CheckStatus.TIMEOUT))))
        assert dangers(page) == []
        assert dangers(clean_html(page)) == []


def test_a_large_table_is_kept():
    table = f"<table>{'<tr><td>1</td><td>2</td></tr>' * 500}</table>"
    assert clean_html(table).count("<td>") == 1000
