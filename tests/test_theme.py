"""The theme: the tool's own, and what a course lays over it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from conftest import PROJECT, Run
from samspill import theme
from samspill.making.build import build
from samspill.making.request import Request
from samspill.problem import UsageError
from test_build import project

OWN = PROJECT / "site_overrides"


def test_a_course_without_a_theme_has_that_of_the_tool(whole: Path) -> None:
    assert theme.folders(whole) == (OWN,)
    own = {path.relative_to(OWN).as_posix(): path.read_bytes() for path in OWN.rglob("*") if path.is_file()}
    assert theme.files(whole) == own
    assert theme.base_configuration() == PROJECT / "mkdocs.yml"
    assert theme.configuration(whole) == {}


def test_the_theme_of_the_checkout_is_laid_over_nothing() -> None:
    assert theme.folders(PROJECT) == (OWN,)
    assert theme.configuration(PROJECT) == {}


def test_a_file_of_the_course_stands_in_the_place_of_the_theme_s(whole: Path) -> None:
    partials = whole / "site_overrides" / "partials"
    partials.mkdir(parents=True)
    (partials / "logo.html").write_text("<b>M</b>")
    (whole / "site_overrides" / "more.css").write_text("b {}")
    assert theme.folders(whole) == (whole / "site_overrides", OWN)
    own = {path.relative_to(OWN).as_posix(): path.read_bytes() for path in OWN.rglob("*") if path.is_file()}
    assert theme.files(whole) == own | {"partials/logo.html": b"<b>M</b>", "more.css": b"b {}"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("- a\n", "it holds no settings"),
        ("extra: a\n", "it holds no settings"),
        ("a: [\n", "while parsing a flow node"),
        ("a: !!python/name:x.y\n", "could not determine a constructor"),
    ],
)
def test_settings_that_cannot_be_read_are_named(text: str, why: str, whole: Path) -> None:
    (whole / "mkdocs.yml").write_text(text)
    with pytest.raises(UsageError, match=rf"^cannot read {whole}/mkdocs\.yml: {why}.*\(mend it, or remove it"):
        theme.configuration(whole)


@pytest.mark.build
def test_what_a_course_lays_over_the_theme_is_on_its_pages(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "course")
    (root / "site_overrides" / "partials").mkdir(parents=True)
    (root / "site_overrides" / "partials" / "logo.html").write_text("<b>our mark</b>")
    (root / "site_overrides" / "ours.css").write_text("b {}")
    (root / "mkdocs.yml").write_text("extra_css: [ours.css]\n")
    built = build(Request(root, only="site"))
    page = (built.output / "nb" / "cases" / "two-doors" / "index.html").read_text("utf-8")
    assert "<b>our mark</b>" in page
    assert '<link rel="stylesheet" href="../../ours.css">' in page
    assert (built.output / "nb" / "ours.css").read_text() == "b {}"
    # The rest is the tool's, and the pages can be built by hand with all of it.
    assert '<footer class="foot"' in page
    configuration = yaml.safe_load((root / "build" / "pages" / "nb.yml").read_text("utf-8"))
    folder = root / "build" / "pages" / configuration["theme"]["custom_dir"]
    assert (folder / "partials" / "logo.html").read_text() == "<b>our mark</b>"
    assert (folder / "main.html").read_bytes() == (OWN / "main.html").read_bytes()
    assert (folder.parent / configuration["INHERIT"]).resolve() == PROJECT / "mkdocs.yml"


@pytest.mark.build
def test_a_template_that_is_none_is_told_by_its_line(tmp_path: Path, run: Run) -> None:
    root = project(tmp_path / "course")
    (root / "site_overrides" / "partials").mkdir(parents=True)
    (root / "site_overrides" / "partials" / "footer.html").write_text("<p>\n{% if %}\n")
    result = run("build", root=root)
    assert result.status == 3
    assert "samspill: site_overrides/partials/footer.html:2:1: Expected an expression" in result.err
    assert "(mend it, or take it away: the theme has one)" in result.err
    assert not (root / "build" / "site").exists()
