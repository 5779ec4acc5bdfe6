"""`samspill translated`: recording which source text a translation translates."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run, change

EN = "course/pages/home/en.md"
NB = "course/pages/home/nb.md"


def stale(run: Run, root: Path) -> list[str]:
    """What is stale, as the notes say it."""
    lines = run("check", "--notes", root=root).out.splitlines()
    assert all(" T004 " in line for line in lines), lines
    return [line.partition("note: ")[2].partition(" is ")[0].partition(" are ")[0] for line in lines]


def test_recording_again_changes_nothing(whole: Path, run: Run) -> None:
    before = (whole / NB).read_bytes()
    result = run("translated", NB, root=whole)
    assert result == (0, f"{NB}: 3 of 3 sections translated, 0 recorded now\n", "")
    assert (whole / NB).read_bytes() == before


def test_what_changed_is_stale_until_it_is_recorded(whole: Path, run: Run) -> None:
    change(whole / EN, "one hour", "two hours")
    change(whole / EN, "title: Who waits?", "title: Who is waiting?")
    assert stale(run, whole) == ["title and summary", 'section "teach"']
    # Not by recording what is new: nobody said that these were read again.
    before = (whole / NB).read_bytes()
    assert run("translated", NB, root=whole) == (
        0,
        f"{NB}: 3 of 3 sections translated, 0 recorded now; behind: front, teach "
        f"(mend them, then run: samspill translated {NB} --section front --section teach)\n",
        "",
    )
    assert (whole / NB).read_bytes() == before
    assert run("translated", NB, "--section", "front", "--section", "teach", root=whole).status == 0
    assert stale(run, whole) == []


def test_a_file_with_some_sections_says_how_many(whole: Path, run: Run) -> None:
    text = (whole / NB).read_text("utf-8")
    text = text.replace('  teach: "06b296314f9b"\n', "")
    (whole / NB).write_text(text[: text.index("\n## Hold")] + "", "utf-8")
    assert run("translated", NB, root=whole).out == f"{NB}: 2 of 3 sections translated, 1 recorded now\n"
    after = (whole / NB).read_text("utf-8")
    assert '  teach: "06b296314f9b"\n' in after
    assert "workshop" not in after


def test_one_section_at_a_time(whole: Path, run: Run) -> None:
    change(whole / EN, "one hour", "two hours")
    change(whole / EN, "The short course", "The course")
    assert stale(run, whole) == ['section "teach"', 'section "learn"']
    result = run("translated", NB, "--section", "learn", root=whole)
    assert result.out == (
        f"{NB}: 3 of 3 sections translated, 1 recorded now; behind: teach "
        f"(mend them, then run: samspill translated {NB} --section teach)\n"
    )
    assert stale(run, whole) == ['section "teach"']
    assert run("translated", NB, "--section", "teach", "--section", "front", root=whole).status == 0
    assert stale(run, whole) == []


def test_blank_lines_and_trailing_space_make_nothing_stale(whole: Path, run: Run) -> None:
    text = (whole / EN).read_text("utf-8")
    text = text.replace("\n## ", "\n\n\n## ").replace("one hour", "one \t hour   ")
    (whole / EN).write_text(text.replace("as small as", "as  small\n  as") + "\n\n", "utf-8")
    assert stale(run, whole) == []


def test_a_first_record_goes_behind_title_and_summary(whole: Path, run: Run) -> None:
    recorded = (whole / NB).read_text("utf-8")
    lines = [line for line in recorded.split("\n") if not line.startswith(("translates:", "  "))]
    (whole / NB).write_text("\n".join(lines), "utf-8")
    assert len(stale(run, whole)) == 4
    run("translated", NB, root=whole)
    assert (whole / NB).read_text("utf-8") == recorded


def test_sections_that_are_gone_leave_the_record(whole: Path, run: Run) -> None:
    change(whole / NB, "  front:", '  gone: "0123456789ab"\n  front:')
    before = (whole / NB).read_text("utf-8")
    run("translated", NB, "--section", "teach", root=whole)
    assert (whole / NB).read_text("utf-8") == before.replace('  gone: "0123456789ab"\n', "")


def test_only_the_front_matter_is_rewritten(whole: Path, run: Run) -> None:
    change(whole / EN, "one hour", "two hours")
    change(whole / NB, "- [Logg]", "- translates:\n- [Logg]")
    change(whole / NB, "title: Hvem venter?", "title: 'Hvem translates: og hvem venter?'")
    body = (whole / NB).read_text("utf-8").split("\n---\n", 1)[1]
    assert run("translated", NB, "--section", "teach", root=whole).status == 0
    front, after = (whole / NB).read_text("utf-8").split("\n---\n", 1)
    assert front.startswith("---\ntitle: 'Hvem translates: og hvem venter?'\nsummary: ")
    assert after == body


def test_line_ends_and_byte_order_mark_stay(whole: Path, run: Run) -> None:
    change(whole / EN, "one hour", "two hours")
    data = b"\xef\xbb\xbf" + (whole / NB).read_bytes().replace(b"\n", b"\r\n")
    (whole / NB).write_bytes(data)
    assert run("translated", NB, "--section", "teach", root=whole).status == 0
    after = (whole / NB).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf---\r\n")
    assert after.count(b"\n") == after.count(b"\r\n") == data.count(b"\n")
    assert stale(run, whole) == []


@pytest.mark.parametrize("where", ["here", "from the root", "absolute"])
def test_the_file_is_named_from_here_or_from_the_root(
    where: str, whole: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(whole / "course" if where == "here" else whole.parent)
    name = {"here": "pages/home/nb.md", "from the root": NB, "absolute": str(whole / NB)}[where]
    assert run("translated", name, root=whole).out.startswith(f"{NB}: 3 of 3")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((EN,), f"{EN} is the source text: name a translation of it"),
        (
            ("course/pages/home/sv.md",),
            "course/pages/home/sv.md is not a translation listed by course/course.yml: name one of "
            "course/modules/<id>/<language>.md, cases/<id>/<language>.md, course/worksheets/<id>/<language>.md, "
            "course/pathways/<id>/<language>.md, course/pages/<id>/<language>.md, "
            "or a YAML file such as course/glossary.yml",
        ),
        (("../outside.md",), "../outside.md is not in the course's folder {root}"),
        ((NB, "--section", "tech"), f'{NB} and {EN} do not both have a section "tech"'),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], message: str, whole: Path, run: Run) -> None:
    before = (whole / NB).read_bytes()
    result = run("translated", *arguments, root=whole)
    assert result == (3, "", f"samspill: {message.format(root=whole)}\n")
    assert (whole / NB).read_bytes() == before


def test_a_broken_file_is_not_recorded(whole: Path, run: Run) -> None:
    change(whole / NB, "én time", "<b>én</b> time")
    before = (whole / NB).read_bytes()
    result = run("translated", NB, root=whole)
    assert result.status == 2
    assert result.out.startswith(f"{NB}:13:29: M001 raw HTML in content")
    assert result.err == "2 problems found; samspill explain CODE tells more\n"
    assert (whole / NB).read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("translates:", '"translates":'),
        ("translates:", "'translates' :"),
        ("translates:", "translates :"),
        ('  front: "', '# said by hand\n\n  front: "'),
        ("\n---\n", "\n---  \n"),
        ("\n", "\r"),
    ],
)
def test_front_matter_may_be_written_in_other_ways(old: str, new: str, whole: Path, run: Run) -> None:
    text = (whole / NB).read_text("utf-8").replace("4c5824ae234f", "000000000000")
    (whole / NB).write_bytes(text.replace(old, new, 1 if len(old) > 1 else -1).encode())
    said = f"{NB}: 3 of 3 sections translated, 1 recorded now\n"
    assert run("translated", NB, "--section", "front", root=whole) == (0, said, "")
    after = (whole / NB).read_bytes().decode()
    assert after.count("translates") == after.count("4c5824ae234f") == 1
    assert ("said by hand" in after) == ("said by hand" in new)
    assert run("check", "--notes", root=whole) == (0, "", "0 problems found\n")


def test_front_matter_that_cannot_be_kept_is_left_alone(whole: Path, run: Run) -> None:
    text = (whole / NB).read_text("utf-8")
    start, end = text.index("translates:"), text.index("\n---\n", 5)
    (whole / NB).write_text(text[:start] + 'translates: {\nfront: "x"\n}' + text[end:], "utf-8")
    before = (whole / NB).read_bytes()
    assert run("translated", NB, root=whole) == (
        3,
        "",
        f"samspill: {NB}: translates: is not as it was written: remove it with all below it, and run this again\n",
    )
    assert (whole / NB).read_bytes() == before


@pytest.mark.parametrize(
    ("section", "digest", "place", "said"),
    [
        ("front", "4c5824ae234f", "1:1", "title and summary were never compared with their source"),
        ("teach", "06b296314f9b", "10:1", 'section "teach" was never compared with its source'),
    ],
)
def test_what_was_never_compared_says_so(
    section: str, digest: str, place: str, said: str, whole: Path, run: Run
) -> None:
    change(whole / NB, f'  {section}: "{digest}"\n', "")
    remedy = f"compare it with {EN}, then run: samspill translated {NB} --section {section}"
    assert run("check", "--notes", root=whole).out == f"{NB}:{place}: T004 note: {said} ({remedy})\n"


def test_a_new_citation_in_the_source_blocks_nobody(whole: Path, run: Run) -> None:
    change(whole / "cases/two-doors/en.md", "You have ten minutes.", "You have ten minutes [@thompson-1967].")
    result = run("check", "--notes", root=whole)
    assert [line.partition(": ")[2][:40] for line in result.out.splitlines()] == [
        'T004 note: section "role.doctor" is stale'[:40]
    ]
    assert result.status == 0
    # Once it is recorded as read again, the citation is missed.
    run("translated", "cases/two-doors/nb.md", "--section", "role.doctor", root=whole)
    words = 'T005 note: section "role.doctor" cites thompson-1967 0 times instead of once'
    remedy = "(cite as cases/two-doors/en.md:26 does)"
    assert run("check", "--notes", root=whole).out == f"cases/two-doors/nb.md:37:1: {words} {remedy}\n"
    change(whole / "course/course.yml", "name: Norsk bokmål", "name: Norsk bokmål, complete: true")
    assert run("check", root=whole).out == f"cases/two-doors/nb.md:37:1: {words.replace(' note:', '')} {remedy}\n"


#: What a section of the source and of its translation cite more, what is said of it, and where its source stands.
CITES = {
    "letter": ("[@thompson-1967]", "", "", 0),  # stale
    "later": ("[@other-1990; @thompson-1967]", "[@thompson-1967] [@other-1990]", "", 0),
    "outcome": (
        "[@thompson-1967; @other-1990]", "", "other-1990 0 times instead of once, thompson-1967 once instead of twice",
        26,
    ),
    "role.doctor": ("", "[@other-1990]", "other-1990 once instead of 0 times", 32),
    "guide.safety": ("[@other-1990] " * 3, "[@other-1990] " * 4, "other-1990 4 times instead of 3 times", 40),
}  # fmt: skip


def test_each_section_cites_what_its_source_does_as_often(whole: Path, run: Run) -> None:
    sources = (whole / "course/sources.yml").read_text("utf-8")
    other = sources.partition("\n")[2].replace("thompson-1967", "other-1990").replace("short: Thompson", "short: Other")
    (whole / "course/sources.yml").write_text(sources + other, "utf-8")
    for section, (source, here, *_) in CITES.items():
        for language, more in (("en", source), ("nb", here)):
            change(whole / f"cases/two-doors/{language}.md", f"{{#{section}}}\n", f"{{#{section}}}\n\n{more}\n")
        if section != "letter":
            run("translated", "cases/two-doors/nb.md", "--section", section, root=whole)
    found = [line for line in run("check", "--notes", root=whole).out.splitlines() if " T005 " in line]
    assert [line.partition(" T005 note: ")[2] for line in found] == [
        f'section "{section}" cites {said} (cite as cases/two-doors/en.md:{line} does)'
        for section, (*_, said, line) in CITES.items()
        if said
    ]


def test_what_is_the_same_in_two_languages_by_right_is_no_problem(whole: Path, run: Run) -> None:
    for language in ("en", "nb"):
        text = "Kari Ås, Ola By, Per Dal, Siri Eng, Tor Foss: 12, 13, 14, 15, 16 and {person}."
        change(whole / f"cases/two-doors/{language}.md", "{#adapting}\n", f"{{#adapting}}\n\n{text}\n\n")
    run("translated", "cases/two-doors/nb.md", "--section", "adapting", root=whole)
    text = (whole / "cases/two-doors/nb.md").read_text("utf-8").replace("\nBytt navnene.\n", "")
    (whole / "cases/two-doors/nb.md").write_text(text, "utf-8")
    text = (whole / "cases/two-doors/en.md").read_text("utf-8").replace("\nChange the names.\n", "")
    (whole / "cases/two-doors/en.md").write_text(text, "utf-8")
    assert " T007 " not in run("check", "--notes", root=whole).out
