"""Names in the letters of many languages: checked, drawn, printed and on the web."""

from __future__ import annotations

import base64
import io
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from unicodedata import decomposition, normalize

import pytest
import uharfbuzz as harfbuzz
from fontTools.ttLib import TTFont
from lxml import etree
from pypdf import PdfReader

from chromium import FLAGS, executable
from conftest import PROJECT, Run, change, compare
from documents import drawn_figure, drawn_map
from samspill.drawing.map import MapDrawing
from samspill.drawing.outline import settable
from samspill.model import Course
from samspill.reading.context import Context
from samspill.render import paper
from samspill.render.web.fonts import FACES as WEB
from samspill.render.web.fonts import _files, face, fonts, lettered
from samspill.render.web.fonts import rules as faces
from samspill.render.web.look import style_sheet
from samspill.source import load
from samspill.typeface.glyphs import (
    FACES,
    SANS,
    SERIF,
    _family,
    font_folder,
    letters,
    other_family,
    strangers,
    undrawable,
    unlettered,
    unprintable,
)
from samspill.typeface.words import advance

#: Names of people, each with letters that few fonts have.
NAMES = {
    "North Sámi": "Ánte Ŋáhkkát-Ŧ Đ",
    "Lule Sámi": "Áŋŋá Ájnna",
    "Skolt Sámi": "Ǩiurâl Ǯuâǥǥas",
    "Turkish": "İpek Çağlı Işık",
    "Vietnamese": "Nguyễn Thị Hạnh",
    "Greek": "Ελένη Παπαδοπούλου",
    "Serbian": "Đorđević Љубица",
    "Polish": "Żaneta Wałęsa",
    "Czech": "Řehoř Ďáblík",
    "Icelandic": "Þórður Ægisson",
    "Romanian": "Ștefan Țepeș",
    "Hungarian": "Erdős Győző",
    "Lithuanian": "Žydrūnė Šįųė",
    "Ukrainian": "Олена Ґонтаї",
    "Kazakh": "Әсет Қожа",
    "Azerbaijani": "Əliyev Ləman",
    "Yoruba": "Ẹ́bùn Ọlá",
    "Hausa": "Ɓala Ƙaura",
    "Welsh": "Siân Ŵyn",
    "Arabic in Latin letters": "Ḥasan Ṭāhā ʻAbd",
}
CASE = "cases/two-doors/case.yml"


def named(root: Path, name: str) -> Course:
    """Give both people of the small course a name and read the course."""
    change(root / CASE, "name: Marit", f"name: {name}")
    change(root / CASE, "name: Ingrid", f"name: {name}")
    return loaded(root)


def loaded(root: Path) -> Course:
    """Read a course without problems."""
    course, problems = load(root)
    assert course is not None
    assert problems == []
    return course


def drawn(course: Course) -> MapDrawing:
    """Draw the map of the small course's case."""
    return drawn_map(Context(course, "en", course.cases["two-doors"]))


# --- what is checked ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_in_these_letters_is_no_problem(whole: Path, run: Run, name: str) -> None:
    change(whole / CASE, "name: Marit", f"name: {name}")
    change(whole / "course/sources.yml", "family: Thompson", f"family: {name}")
    change(whole / "cases/two-doors/en.md", "Each waits", f"{name} waits")
    assert run("check", root=whole)[:2] == (0, "")


PERSON = "write it in Latin letters, as the person or place does"
CATALOGUE = "write it in Latin letters, as the library catalogue does"
WORDS = "write it in words"
#: Without a font: a text, how the message says it, and what to do in a name, a source and a text.
FOREIGN = {
    "Arabic": ("علي", "ع (U+0639), ل (U+0644), ي (U+064A)", PERSON, CATALOGUE, WORDS),
    "Hebrew": ("דן", "ד (U+05D3), ן (U+05DF)", PERSON, CATALOGUE, WORDS),
    "Devanagari": ("मीरा", "म (U+092E), ी (U+0940), र (U+0930), ा (U+093E)", PERSON, CATALOGUE, WORDS),
    "Tamil": ("அருண்", "அ (U+0B85), ர (U+0BB0), ு (U+0BC1), ண (U+0BA3) and 1 more", PERSON, CATALOGUE, WORDS),
    "Chinese": ("李娜", "李 (U+674E), 娜 (U+5A1C)", PERSON, CATALOGUE, WORDS),
    "Georgian": ("ნინო", "ნ (U+10DC), ი (U+10D8), ო (U+10DD)", PERSON, CATALOGUE, WORDS),
    "emoji": ("Kim 🌸", "🌸 (U+1F338)", "leave it out", WORDS, WORDS),
    "letters and emoji": ("李🌸", "李 (U+674E), 🌸 (U+1F338)", "leave it out", WORDS, WORDS),
}


@pytest.mark.parametrize("script", FOREIGN)
def test_a_script_without_a_font_is_said_with_what_to_do(whole: Path, run: Run, script: str) -> None:
    text, characters, name, source, words = FOREIGN[script]
    change(whole / CASE, "name: Elvebakken", f"name: {text}")
    change(whole / "course/sources.yml", "family: Thompson", f"family: {text}")
    change(whole / "course/sources.yml", "title: Organizations in Action", f"title: {text}")
    change(whole / "course/course.yml", "publisher: Samspill contributors", f"publisher: {text}")
    change(whole / "cases/two-doors/en.md", "Each waits", f"{text} waits")
    assert run("check", root=whole).out.splitlines() == [
        f"cases/two-doors/case.yml:10:24: H001 no font for {characters} ({name})",
        f"cases/two-doors/en.md:22:1: H001 no font for {characters} ({words})",
        f"course/course.yml:5:12: H001 no font for {characters} ({name})",
        f"course/sources.yml:4:12: H001 no font for {characters} ({source})",
        f"course/sources.yml:5:14: H001 no font for {characters} ({source})",
    ]


ABOUT, OBJECTIVES, NORWAY = "course/course.yml", "course/objectives.yml", "course/settings/no.yml"
#: Every text of the structure that is printed, beside those of sources: where it stands, and what to do.
SAID = (
    (ABOUT, "{en: A whole course, nb: Et helt kurs}", "{en: %, nb: %}", WORDS),
    (ABOUT, "publisher: Samspill contributors", "publisher: %", PERSON),
    (OBJECTIVES, "{en: see who waits, nb: se hvem som venter}", "{en: %, nb: %}", WORDS),
    (OBJECTIVES, "en: See who waits for whom in a case.", "en: %", WORDS),
    (OBJECTIVES, "nb: Se hvem som venter på hvem i et kasus.", "nb: %", WORDS),
    (NORWAY, "{en: Norway, nb: Norge}", "{en: %, nb: %}", WORDS),
    (NORWAY, "{bare: GP, a: a GP, the: the GP, whose: the GP's}", "{bare: %, a: %, the: %, whose: %}", WORDS),
    (NORWAY, "{bare: DPS, a: et DPS, the: DPS-et, whose: DPS-ets}", "{bare: %, a: %, the: %, whose: %}", WORDS),
    (NORWAY, "{en: There is a right to a plan., nb: Det finnes en rett til plan.}", "{en: %, nb: %}", WORDS),
    (CASE, "person: {name: Marit, age: 34}", "person: {name: %, age: 34}", PERSON),
    (CASE, "sister: {name: Ingrid}", "sister: {name: %}", PERSON),
)


def say_everywhere(root: Path, sign: str) -> None:
    """Write a sign for every text of the structure that is printed."""
    for path, old, new, _ in SAID:
        change(root / path, old, new.replace("%", sign))


def test_every_text_of_the_structure_has_letters_to_print_it(whole: Path, run: Run) -> None:
    say_everywhere(whole, "漢")
    wanted = []
    for path in (ABOUT, OBJECTIVES, NORWAY, CASE):
        remedies = [remedy for file, _, new, remedy in SAID if file == path for _ in range(new.count("%"))]
        lines = enumerate((whole / path).read_text("utf-8").splitlines(), 1)
        places = [(number, at.start() + 1) for number, line in lines for at in re.finditer("漢", line)]
        wanted += [
            f"{path}:{line}:{column}: H001 no font for 漢 (U+6F22) ({remedy})"
            for (line, column), remedy in zip(places, remedies, strict=True)
        ]
    found = [line for line in run("check", root=whole).out.splitlines() if "H001" in line]
    assert len(wanted) == 21
    assert sorted(found) == sorted(wanted)


def test_only_what_stands_on_a_map_needs_the_letters_of_drawings(whole: Path, run: Run) -> None:
    """A square can be printed in a text, not drawn: names and the short forms of services are drawn."""
    say_everywhere(whole, "■")
    found = [line.partition(" H001 ")[0] for line in run("check", root=whole).out.splitlines() if "H001" in line]
    assert sorted(found) == [
        f"{CASE}:11:18:", f"{CASE}:9:18:", "course/settings/no.yml:14:18:", "course/settings/no.yml:8:18:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("title: Two doors", "title: Two 漢", "2:1"),
        ("summary: ", "summary: 漢 ", "2:1"),
        ("Each waits", "`漢` waits", "22:1"),
        ("Each waits", "[@thompson-1967, p. 漢] waits", "22:1"),
        ("Each waits", "*Each [漢](page:home)* waits", "22:1"),
        ("Each waits", "[Each](https://example.org/漢) waits", "22:1"),
        ("Each waits", "![A 漢](door.svg) waits", "22:1"),
        ("Each waits", "```\n漢\n```\n\nEach waits", "22:1"),
    ],
)
def test_every_text_of_a_section_has_letters_to_print_it(old: str, new: str, place: str, whole: Path, run: Run) -> None:
    change(whole / "cases/two-doors/en.md", old, new)
    remedy = "copy it anew from the address bar of your browser" if "https" in new else WORDS
    said = f"cases/two-doors/en.md:{place}: H001 no font for 漢 (U+6F22) ({remedy})"
    assert [line for line in run("check", root=whole).out.splitlines() if "H001" in line] == [said]


# --- what is drawn -----------------------------------------------------------------------------------------


@cache
def shaper(file: str) -> harfbuzz.Font:
    """Return a font as it is, to measure with."""
    package = "fontpkg_fira_sans" if file.startswith("Fira") else "fontpkg_atkinson_hyperlegible"
    return harfbuzz.Font(harfbuzz.Face((resources.files(package) / "files" / file).read_bytes()))


def width(text: str, family: str, bold: bool, size: float) -> float:
    """Return how wide a text becomes in one font, which must have all its letters."""
    font = shaper(f"{family}-{'Bold' if bold else 'Regular'}.ttf")
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    harfbuzz.shape(font, buffer)
    assert all(info.codepoint for info in buffer.glyph_infos), (text, family)
    return size * sum(each.x_advance for each in buffer.glyph_positions) / font.face.upem


@dataclass(frozen=True)
class Line:
    """A line of a drawing: its text, whether it is bold, its family, and its middle."""

    text: str
    bold: bool
    family: str
    x: float
    y: float


def read(svg: str) -> tuple[list[Line], list[tuple[float, float, float, float]], tuple[float, float, float], float]:
    """Return the lines, the boxes (left, top, right, bottom), the circle and the letter size of a drawing."""
    root = etree.fromstring(svg)
    lines, boxes, circle = [], [], (0.0, 0.0, 0.0)
    for item in root:
        match etree.QName(item).localname:
            case "text":
                bold = item.get("font-weight") == "700"
                family = (item.get("font-family") or "Atkinson Hyperlegible").replace(" ", "")
                lines.append(Line(item.text, bold, family, float(item.get("x")), float(item.get("y"))))
            case "rect":
                x, y, wide, high = (float(item.get(name)) for name in ("x", "y", "width", "height"))
                boxes.append((x, y, x + wide, y + high))
            case "circle":
                circle = (float(item.get("cx")), float(item.get("cy")), float(item.get("r")))
    return lines, boxes, circle, float(root.get("font-size"))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_stands_inside_its_box_and_its_circle(whole: Path, name: str) -> None:
    drawing = drawn(named(whole, name))
    lines, boxes, (cx, cy, radius), size = read(drawing.print)
    for bold in (True, False):
        mine = [line for line in lines if line.bold == bold and set(line.text) <= set(name) | {"-", " "}]
        # A word too long for its line is divided.
        assert re.sub("[ -]", "", "".join(line.text for line in mine)) == re.sub("[ -]", "", name)
        for line in mine:
            half = width(line.text, line.family, bold, size) / 2
            if bold:
                # The middle of the line's height: letters are seldom as high as they may be at both ends of a line.
                assert line.x == cx
                assert half**2 + (line.y - 0.34 * size - cy) ** 2 <= (radius - 3) ** 2
            else:
                left, top, right, bottom = next(b for b in boxes if b[0] < line.x < b[2] and b[1] < line.y < b[3])
                assert left + 8 <= line.x - half
                assert line.x + half <= right - 8
                assert top <= line.y - 0.7 * size
                assert line.y <= bottom
    for shape in (drawing.wide, drawing.tall):
        said = [line.text for line in read(shape)[0]]
        assert "font-family" not in shape
        assert re.sub("[ -]", "", name) in re.sub("[ -]", "", "".join(said))


@pytest.mark.build
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_composed_and_decomposed_letters_are_the_same_text(whole: Path, tmp_path: Path, name: str) -> None:
    other = Path(shutil.copytree(whole, tmp_path / "other"))
    one = named(whole, normalize("NFC", name))
    two = named(other, normalize("NFD", name))
    assert two == one
    assert drawn(two) == drawn(one)
    change(whole / "cases/two-doors/en.md", "Each waits", normalize("NFC", f"{name} waits"))
    change(other / "cases/two-doors/en.md", "Each waits", normalize("NFD", f"{name} waits"))
    assert loaded(other).prose == loaded(whole).prose


def test_a_label_of_a_figure_may_have_such_letters_too(whole: Path) -> None:
    structure = "id: waiting\nfigure: {kind: hub, parts: [a, b]}\n"
    change(whole / "course/modules/waiting/module.yml", "id: waiting\n", structure)
    prose = whole / "course/modules/waiting/en.md"
    part = "\n## Figure {#figure}\n\nWhat it shows.\n\n### Nguyễn Thị {#figure.a}\n\nA.\n\n### Plan {#figure.b}\n\nB.\n"
    prose.write_text(prose.read_text("utf-8").rstrip("\n") + "\n" + part, "utf-8")
    course, _ = load(whole)
    assert course is not None
    result = drawn_figure(course, "en", "waiting")
    assert result is not None
    assert 'class="map-name map-other" text-anchor="middle" font-weight="700">Nguyễn Thị</text>' in result.print
    assert 'class="map-label" text-anchor="middle">Plan</text>' in result.print
    assert ".map-other{font-family:Fira Sans}" in result.print
    made = next(h for h in paper.handouts(course, "en") if (h.kind, h.unit) == ("reader", "waiting"))
    assert "Nguyễn Thị" in words(paper.render(course, made))


def test_a_label_of_a_figure_has_only_what_can_be_drawn(whole: Path, run: Run) -> None:
    """A square can be printed in a text, not drawn."""
    structure = "id: waiting\nfigure: {kind: hub, parts: [a, b]}\n"
    change(whole / "course/modules/waiting/module.yml", "id: waiting\n", structure)
    prose = whole / "course/modules/waiting/en.md"
    part = "\n## Figure ■ {#figure}\n\nA ■.\n\n### A ■ {#figure.a}\n\n■\n\n### Plan {#figure.b}\n\nB.\n"
    prose.write_text(prose.read_text("utf-8").rstrip("\n") + "\n" + part, "utf-8")
    found = [line for line in run("check", root=whole).out.splitlines() if "H001" in line]
    at = prose.read_text("utf-8").split("\n").index("### A ■ {#figure.a}") + 1
    assert found == [f"course/modules/waiting/en.md:{at}:1: H001 no font for ■ (U+25A0) (write it in words)"]


def ranges(codes: Iterable[int]) -> str:
    """Return numbers of characters as ranges, in hexadecimal."""
    found: list[list[int]] = []
    for code in sorted(codes):
        if found and code == found[-1][1] + 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in found)


def test_which_letters_each_font_is_asked_for(update: bool) -> None:
    """What cannot be printed, what cannot be drawn, what a family leaves to another, and what each web font holds."""
    every = [*range(0x09, 0x0E), *range(0x20, 0x3000), *range(0xFE00, 0xFE30), 0xFEFF]
    # Beside a letter, so that it is looked at as a part of a text.
    lines = [
        f"{refuse.__name__}: " + ranges(code for code in every if chr(code) in refuse(f"a{chr(code)}"))
        for refuse in (unprintable, undrawable, unlettered)
    ]
    lines.append("other family: " + ranges(code for code in every if other_family(f"a{chr(code)}")))
    lines += [f"strangers to {package}: {strangers(package)}" for package in (SANS, SERIF)]
    lines += [f"{name} ({found}): {ranges(characters)}" for name, found, characters in _files()]
    compare({"letters.txt": "\n".join(lines) + "\n"}, "letters", update=update)


def test_what_cannot_be_shown_is_named_once_in_its_order() -> None:
    for refuse in (unprintable, undrawable, unlettered):
        assert refuse("字a漢字 b漢字") == "字漢"
        assert refuse("plain") == ""
    assert other_family("Solveig") is None
    assert other_family("Solveig Ж") == "Fira Sans"


#: What each face of the site calls itself.
CALLED = {
    "spectral-500": "Spectral Medium Regular", "spectral-500-italic": "Spectral Medium Italic",
    "spectral-600": "Spectral SemiBold Regular", "atkinson-400": "Atkinson Hyperlegible Regular",
    "atkinson-400-italic": "Atkinson Hyperlegible Italic", "atkinson-700": "Atkinson Hyperlegible Bold",
    "atkinson-700-italic": "Atkinson Hyperlegible Bold Italic", "fira-400": "Fira Sans Regular",
    "fira-400-italic": "Fira Sans Italic", "fira-700": "Fira Sans Bold", "fira-700-italic": "Fira Sans Bold Italic",
}  # fmt: skip


#: What a browser can do with a face of each family, beyond showing its letters: the first four letters of its name.
ABILITIES = {
    "spec": {"ccmp", "kern", "liga", "locl", "mark"},
    "atki": {"ccmp", "kern", "locl", "mark", "mkmk", "tnum"},
    "fira": {"ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"},
}


def test_every_face_of_the_site_is_what_its_name_says() -> None:
    called = {}
    for name, (package, file) in WEB.items():
        font = TTFont(io.BytesIO(face(name, frozenset(map(ord, "AVfil1ŞŢ\u0301\u0323\u0307")))))
        assert font.flavor == "woff2"
        called[name] = f"{font['name'].getDebugName(1)} {font['name'].getDebugName(2)}"
        # Its copyright and licence stay with it, and what only a screen of long ago needs goes.
        assert {each.nameID for each in font["name"].names} == {0, 1, 2, 13, 14}
        assert not {"meta", "cvt ", "fpgm", "prep"} & set(font.keys())
        assert font["glyf"][".notdef"].numberOfContours > 3
        tables = [font[table].table.FeatureList.FeatureRecord for table in ("GSUB", "GPOS")]
        assert {each.FeatureTag for table in tables for each in table} == ABILITIES[name[:4]]
        # The same font is the same bytes on any day.
        assert font["head"].modified == TTFont(font_folder(package) / file, lazy=True)["head"].modified
    assert called == CALLED


def test_a_drawing_carries_the_letters_it_needs() -> None:
    def carried(drawing: str) -> list[tuple[str, str]]:
        made = lettered(drawing.encode(), "E\u0301é").decode()
        assert re.sub("<style>.*</style>", "", made) == drawing
        assert made.startswith('<svg a="b"><style>@font-face{font-family:"Atkinson Hyperlegible";font-weight:')
        found = re.findall(
            r"font-weight:(\d+);font-style:(\w+);src:url\(data:font/woff2;base64,([^)]*)\)\}(?=@|</style>)", made
        )
        for weight, style, coded in found:
            font = TTFont(io.BytesIO(base64.b64decode(coded)))
            assert set(font.getBestCmap()) == {0x45, 0xC9, 0xE9, 0x301}
            assert (font["OS/2"].usWeightClass, "Italic" in str(font["name"].getDebugName(2))) == (
                int(weight), style == "italic",
            )  # fmt: skip
        return [(weight, style) for weight, style, _ in found]

    assert carried('<svg a="b"><text>E</text></svg>') == [("400", "normal")]
    for bold in ("bold", "bolder", "600", "900"):
        assert carried(f'<svg a="b"><text font-weight="{bold}">E</text></svg>') == [
            ("400", "normal"), ("700", "normal"),
        ]  # fmt: skip
    assert carried('<svg a="b"><text font-style="oblique">E</text></svg>') == [("400", "normal"), ("400", "italic")]
    assert len(carried('<svg a="b"><text font-style="italic" font-weight="700">E</text></svg>')) == 4


# --- what is printed ---------------------------------------------------------------------------------------


def words(data: bytes) -> str:
    """Return the text behind the print of a PDF, in one line."""
    text = "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages)
    return " ".join(text.split())


@pytest.mark.build
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_text_behind_the_print_is_the_name(whole: Path, name: str) -> None:
    change(whole / "cases/two-doors/en.md", "title: Two doors", f"title: {name} and two doors")
    change(whole / "cases/two-doors/en.md", "Nobody has answered.", f"*{name}* and **{name}**.")
    change(whole / "course/sources.yml", "family: Thompson", f"family: {name}")
    course = named(whole, name)
    kinds = ("participant", "facilitator")
    chosen = [h for h in paper.handouts(course, "en") if h.unit == "two-doors" and h.kind in kinds]
    made = {h.kind: paper.render(course, h) for h in chosen}
    participant = words(made["participant"])
    assert f"{name} is 34" in participant
    # A letter with a mark that is no character of its own is several in the file, and some readers add to them.
    if name == normalize("NFC", name) and not re.search("[\u0300-\u036f]", name):
        assert f"{name} and two doors" in participant
        assert f"{name} and {name}." in words(made["facilitator"])
    for data in made.values():
        found = {
            str(font.get_object()["/BaseFont"]).partition("+")[2]
            for page in PdfReader(io.BytesIO(data)).pages
            for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
        }
        assert found
        assert all(each.startswith(("Atkinson", "Spectral", "Fira")) for each in found), found


def test_the_name_is_on_the_printed_map(whole: Path) -> None:
    course = named(whole, "Nguyễn Hạnh")
    made = next(h for h in paper.handouts(course, "en") if (h.kind, h.unit) == ("map", "two-doors"))
    assert "Nguyễn Hạnh" in words(paper.render(course, made))


@pytest.mark.parametrize("name", ["Ẹ́bùn Ọ̀lá", "M̂ari", "Anne\u2011Marie", "Zwo\u200dlle", "Ma\u00adrit"])
def test_a_drawing_of_any_name_can_be_printed(whole: Path, name: str) -> None:
    course = named(whole, name)
    made = next(h for h in paper.handouts(course, "en") if (h.kind, h.unit) == ("map", "two-doors"))
    assert paper.render(course, made).startswith(b"%PDF-")


def test_letters_that_cannot_be_set_in_a_drawing_are_drawn_where_they_stood(whole: Path) -> None:
    from fontTools.pens.boundsPen import BoundsPen
    from fontTools.svgLib.path import parse_path

    drawing = drawn(named(whole, "Ẹ́bùn")).print
    lines, _, _, size = read(drawing)
    texts = [line for line in lines if line.text == "Ẹ́bùn"]
    shapes = etree.fromstring(settable(drawing))
    assert "Ẹ́bùn" not in "".join(shapes.itertext())
    assert len(lines) - len(texts) == len(shapes.findall("{*}text"))
    outlines = [item.get("d") for item in shapes.iter("{*}path") if not item.get("stroke")]
    for line, outline in zip(texts, outlines, strict=True):
        pen = BoundsPen(None)
        parse_path(outline, pen)
        left, top, right, bottom = pen.bounds
        wide = width(line.text, line.family, line.bold, size)
        assert abs((left + right) / 2 - line.x) < 1
        assert wide - 0.3 * size < right - left < wide + 1
        # Above the letters stands the accent, below them the dot.
        assert line.y - 1.1 * size < top < line.y - 0.75 * size
        assert line.y + 0.1 * size < bottom < line.y + 0.3 * size


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_word_is_measured_in_the_fonts_it_is_printed_in(name: str) -> None:
    """Letters from another font take no more room than they need: nothing is set smaller or divided for them."""
    whole = width(name, "FiraSans", True, 1.0)
    assert abs(advance("AtkinsonHyperlegible-Bold", name) - whole) < 0.12 * whole


# --- what is on the web ------------------------------------------------------------------------------------

STYLES = PROJECT / "site_overrides" / "assets" / "stylesheets" / "samspill.css"


@dataclass(frozen=True)
class Rule:
    """A rule of the style sheet: family, weight, slant, file, and the characters it is for (None: all)."""

    family: str
    weight: int
    italic: bool
    file: str
    range: frozenset[int] | None


def rules() -> Iterator[Rule]:
    """Read the rules for fonts out of the style sheet of the tokens."""
    sheet = style_sheet(faces()).data.decode()
    for text in re.findall(r"@font-face \{ (.*?) \}", sheet):
        found = dict(part.split(": ", 1) for part in text.rstrip(";").split("; "))
        file = re.fullmatch(r'url\(\.\./fonts/(.*?)\.woff2\) format\("woff2"\)', found["src"])
        assert file, text
        codes: set[int] | None = None
        if said := found.get("unicode-range"):
            codes = set()
            for part in said.split(","):
                first, _, last = part.removeprefix("U+").partition("-")
                codes |= set(range(int(first, 16), int(last or first, 16) + 1))
        weight = int(found.get("font-weight", "400"))
        italic = found.get("font-style") == "italic"
        yield Rule(found["font-family"], weight, italic, file[1], frozenset(codes) if codes else None)


@cache
def cut() -> dict[str, frozenset[int]]:
    """Return the characters of each font file of the site."""
    return {
        Path(each.path).name.removesuffix(".woff2"): frozenset(TTFont(io.BytesIO(each.data)).getBestCmap())
        for each in fonts()
        if each.path.endswith(".woff2")
    }


@pytest.mark.build
def test_every_font_file_has_its_rule_and_every_letter_in_it_its_range() -> None:
    made = cut()
    assert {rule.file for rule in rules()} == set(made)
    for rule in rules():
        if rule.range is not None:
            assert made[rule.file] <= rule.range, (rule.file, sorted(made[rule.file] - rule.range))


@pytest.mark.build
def test_ordinary_pages_get_the_ordinary_files_only() -> None:
    ordinary = set(map(chr, range(0x20, 0x7F))) | set("æøåÆØÅäöÄÖéèüß«»“”–—…·×½€§ąćęłńśźżěščřžýáíéúůďťňőűășțđ")
    sans = cut()["atkinson-400"]
    for rule in rules():
        if rule.range is not None:
            assert not {char for char in ordinary if ord(char) in rule.range and ord(char) in sans}, rule.file


@pytest.mark.build
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_the_web_fonts_have_the_letters_of_every_name(name: str) -> None:
    # Headings in Skolt Sámi, Kazakh and Hausa take the letters that Spectral lacks from the system.
    for family, weight, italic in (("Atkinson", 400, False), ("Atkinson", 700, False), ("Atkinson", 400, True)):
        files = [rule for rule in rules() if (rule.family, rule.weight, rule.italic) == (family, weight, italic)]
        for char in name.replace(" ", ""):
            assert any(ord(char) in cut()[rule.file] for rule in files), (char, family, weight)


def test_letters_are_not_put_together_from_parts_of_another_font() -> None:
    """A family that has a letter's parts but not the letter leaves it to the next family."""
    everything = frozenset().union(*map(_family, FACES))
    for package in (SANS, SERIF):
        codes: set[int] = set()
        for first, last in re.findall(r"\\u\{([0-9a-f]+)\}-\\u\{([0-9a-f]+)\}", strangers(package)):
            codes |= set(range(int(first, 16), int(last, 16) + 1))
        assert not codes & letters(package)
        parts = {code for code in everything - letters(package) if re.match("[0-9A-F]", decomposition(chr(code)))}
        assert parts - codes == set()


@pytest.mark.browser
def test_a_browser_sets_the_names_in_our_fonts_inside_their_boxes(whole: Path, tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    for artifact in (*fonts(), style_sheet(faces())):
        (tmp_path / artifact.path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / artifact.path).write_bytes(artifact.data)
    (tmp_path / "assets/stylesheets/samspill.css").write_bytes(STYLES.read_bytes())
    course = loaded(whole)
    case = course.cases["two-doors"]
    drawings = []
    for name in NAMES.values():
        people = {key: each.model_copy(update={"name": name}) for key, each in case.names.items()}
        drawings.append(drawn_map(Context(course, "en", case.model_copy(update={"names": people}))).wide)
    sheets = ("tokens", "samspill")
    style = "".join(f'<link rel="stylesheet" href="assets/stylesheets/{name}.css">' for name in sheets)
    body = "".join(f'<div class="map">{drawing}</div>' for drawing in drawings)
    page_html = f'<!doctype html><html lang="en"><meta charset="utf-8">{style}<body>{body}'
    (tmp_path / "page.html").write_text(page_html, "utf-8")
    path = executable()
    assert path, "no Chromium: run python tests/chromium.py"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto((tmp_path / "page.html").as_uri())
        page.evaluate("document.fonts.ready")
        outside = page.evaluate(
            """() => [...document.querySelectorAll('svg.map--wide')].flatMap(svg => {
              const shapes = [...svg.querySelectorAll('rect, circle')].map(shape => shape.getBBox());
              return [...svg.querySelectorAll('text')].filter(text => {
                const inner = text.getBBox(), x = inner.x + inner.width / 2, y = inner.y + inner.height / 2;
                const box = shapes.find(b => b.x < x && x < b.x + b.width && b.y < y && y < b.y + b.height);
                return box && (inner.x < box.x + 4 || inner.x + inner.width > box.x + box.width - 4);
              }).map(text => text.textContent);
            })"""
        )
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        document = session.send("DOM.getDocument", {"depth": -1})
        nodes = session.send("DOM.querySelectorAll", {"nodeId": document["root"]["nodeId"], "selector": "svg text"})
        used = set()
        for node in nodes["nodeIds"]:
            for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
                used.add((font["familyName"], font["isCustomFont"]))
        browser.close()
    assert outside == []
    assert used == {("Atkinson Hyperlegible", True), ("Fira Sans", True)}
