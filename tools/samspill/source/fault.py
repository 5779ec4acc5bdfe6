"""Everything that can be wrong before there is a course: files, YAML and Markdown.

Each fault is a small function that makes the problem; its docstring is the
documentation that `samspill explain CODE` prints. Rules about a loaded course
stand in `samspill.check`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from samspill.problem import Problem
from samspill.source.characters import described

P = ParamSpec("P")
#: Characters of the longest message; what it quotes from a file is cut there.
LONGEST = 240
#: Code → documentation of each fault, in order of definition.
FAULTS: dict[str, str] = {}


def _fault(
    code: str,
) -> Callable[
    [Callable[P, tuple[str, str]]],
    Callable[Concatenate[str, int, int, P], Problem],
]:
    def wrap(function: Callable[P, tuple[str, str]]) -> Callable[Concatenate[str, int, int, P], Problem]:
        FAULTS[code] = function.__doc__ or ""

        def make(path: str, line: int, column: int, /, *args: P.args, **kwargs: P.kwargs) -> Problem:
            message, remedy = function(*args, **kwargs)
            if len(message) > LONGEST:
                message = message[: LONGEST - 1] + "…"
            return Problem(path, line, column, code, message, remedy)

        make.__doc__ = function.__doc__
        return make

    return wrap


@_fault("F001")
def not_text(character: str = "") -> tuple[str, str]:
    """A content file is text in UTF-8, and every character of it can be seen.

    Files saved as Latin-1 or UTF-16 would show wrong letters. Save the file as UTF-8 in your editor. Characters that
    cannot be seen (NUL, escape, spaces of no width, those that turn the direction of writing) or that have no agreed
    meaning come in by pasting and make a text look like another; delete them. This holds too for what stands behind
    `\\u202e` in YAML, `&#x202e;` in Markdown and in a notebook. Soft hyphens, no-break spaces, word joiners and the
    joiners of some names stay.
    """
    if character:
        return described(character), "delete it, and type the text around it anew"
    return "the file is not UTF-8 text", "save it as UTF-8"


@_fault("F002")
def symbolic_link() -> tuple[str, str]:
    """No symbolic links in course/ or cases/.

    A link could bring files from outside the project into the published course. Copy the file in instead.
    """
    return "a symbolic link is not followed", "put the file itself here"


@_fault("F003")
def unlisted(kind: str, unit: str) -> tuple[str, str]:
    """Every unit on disk is listed in course.yml.

    The list decides the order and what is published; a folder that is not listed would be forgotten silently.
    """
    return f'{kind} "{unit}" is not listed', f"add it to {kind}s: in course/course.yml, or remove the folder"


@_fault("F004")
def missing_file(what: str, of_unit: bool = True) -> tuple[str, str]:
    """A listed file exists.

    course.yml lists the units; each has its YAML file and its prose in the source language.
    """
    return f"{what} is missing", "create it, or take the unit out of course/course.yml" if of_unit else "create it"


@_fault("F005")
def bad_picture(why: str, remedy: str = "") -> tuple[str, str]:
    """A picture is a PNG, JPEG or SVG beside the text, of at most 4,000 × 4,000 pixels and 5 MB.

    Larger pictures make pages slow and can exhaust the memory of whoever builds the course. The size is read from
    the header before the picture is decoded.
    """
    return f"the picture {why}", remedy or "use a PNG or JPEG of at most 4000 × 4000 pixels and 5 MB"


@_fault("F012")
def unfit_picture(why: str, remedy: str) -> tuple[str, str]:
    """A picture is whole and still, in the colours of a screen, and its name says what it is.

    What is published holds the pixels only: place, time, device, names, comments and thumbnails are taken out, and a
    photo that a phone has stored turned is published upright. A cut-off picture, a moving one, one in a press's
    colours (CMYK), or a WebP named .png would look different from one reader to the next.
    """
    return f"the picture {why}", remedy


@_fault("F013")
def acting_drawing(what: str, remedy: str) -> tuple[str, str]:
    """A drawing shows something and does nothing else.

    An SVG file can run programs, move, load things from elsewhere and lead away. A drawing of the course does none
    of it. Export it as plain SVG, with its pictures embedded; write links in the text.
    """
    return f"the drawing holds {what}", remedy


@_fault("F014")
def undrawn(what: str, remedy: str) -> tuple[str, str]:
    """A drawing uses only what browsers and the printer show alike.

    A drawing is written anew from shapes, text, colours, gradients, patterns, masks, markers and embedded PNG or JPEG
    pictures. What programs add and nobody sees (metadata, names of layers, comments, hidden parts) is left out, and
    letters are set in Atkinson Hyperlegible. Anything else would be lost, so it is named.
    """
    return f"the drawing uses {what}", remedy


@_fault("F015")
def not_a_drawing(why: str, remedy: str) -> tuple[str, str]:
    """An SVG file is well-formed XML in UTF-8, with a size and without entities.

    It begins with `<svg xmlns="http://www.w3.org/2000/svg">` and has a width and a height, or a viewBox. It nests at
    most 100 levels and has at most 20,000 elements.
    """
    return f"the drawing {why}", remedy


@_fault("F006")
def too_large(size: int, limit: int) -> tuple[str, str]:
    """A content file has at most 1 MB, prose at most 200 kB and a picture at most 5 MB.

    Split a longer text into more units.
    """
    return f"the file has {size:,} bytes", f"keep it to {limit:,} bytes"


@_fault("F007")
def unexpected_file() -> tuple[str, str]:
    """A unit's folder holds its YAML, one Markdown file per language, and the pictures and notebooks they use.

    Any other file is probably misnamed: `no.md` where `nb.md` was meant, or `en.txt`.
    """
    return "nothing uses this file", "rename it (<language>.md), list its language in course/course.yml, or remove it"


@_fault("F008")
def unreadable(why: str) -> tuple[str, str]:
    """Every content file can be read.

    The operating system refused to open it: permissions, or a fault of the disk.
    """
    return f"cannot be read: {why}", "check its permissions"


@_fault("F009")
def device_name(name: str) -> tuple[str, str]:
    """Every file can stand on Windows too.

    Windows keeps `con`, `prn`, `aux`, `nul`, `com1` and the like for devices, whatever stands behind the dot: nobody
    there could check the course out. Rule S004 says the same of units.
    """
    return f'Windows has no file called "{name}"', "give it another name"


@_fault("Y001")
def yaml_syntax(why: str, remedy: str = "") -> tuple[str, str]:
    """A YAML file is well formed.

    Indent with spaces, never with tabs; put a text with a colon or a leading special character in quotes. What begins
    with a quotation mark ends with the next: a text with such marks in it stands in quotes as a whole.
    """
    remedy = remedy or "mend the line; indent with spaces and quote texts that hold a colon"
    return f"not valid YAML: {why}", remedy


@_fault("Y002")
def duplicate_key(key: str) -> tuple[str, str]:
    """A key stands once in its mapping.

    YAML readers often keep the last of two silently; here the second is an error.
    """
    return f'key "{key}" stands twice', "keep one of them"


@_fault("Y003")
def forbidden_yaml(what: str) -> tuple[str, str]:
    """No anchors, aliases, tags or merge keys.

    They let one file grow without bounds and hide where a value comes from. Write the value out. A text that begins
    with `*`, `&` or `!` stands in quotes.
    """
    return f"{what} is not allowed", "write the value out, or put a text that begins so in quotes"


@_fault("Y004")
def too_deep(limit: int) -> tuple[str, str]:
    """YAML nests at most 24 levels.

    No content file needs more; deeper nesting is a mistake or an attack.
    """
    return f"nested deeper than {limit} levels", "flatten it"


@_fault("Y005")
def not_string_key() -> tuple[str, str]:
    """Keys are texts.

    A list or a mapping as a key has no meaning in any content file.
    """
    return "a key is not a text", "use a plain word as key"


@_fault("Y006")
def cut_by_comment(before: str) -> tuple[str, str]:
    """A text with a hash in it stands in quotes.

    In YAML, a space and a hash begin a comment: of `title: Who waits #1` only "Who waits" would be left. A comment
    stands on a line of its own, or with `# ` behind a single lower-case word, a number, or a text in quotes.
    """
    kept = f'the text ends at "{before}"' if before else "there is no text"
    return f"{kept}: the # begins a comment", "put the whole text in quotes, or the comment on a line of its own"


@_fault("Y007")
def swallowed_item() -> tuple[str, str]:
    """The entries of a list stand below each other.

    A line that is indented further than the text above it goes on with that text, even when it begins with a hyphen:
    two entries would become one.
    """
    return "this line is read as part of the text above it", "indent it as the entry above, or put the text in quotes"


@_fault("Y008")
def without_value(key: str) -> tuple[str, str]:
    """In braces a comma divides entries, and each has a colon and a value.

    Of `{en: Waiting, then acting}` only "Waiting" would be the English text. Put a text with a comma in quotes.
    """
    return f'"{key}" stands without a value', "a comma ends the text before it: put that text in quotes"


@_fault("S001")
def schema(where: str, why: str, remedy: str) -> tuple[str, str]:
    """A YAML file follows its schema.

    The schemas stand in schemas/ and explain every field; an editor that knows them completes and checks as you
    type. Numbers are written without quotes, `9:30` is not a number of minutes, and `no` is a text.
    """
    return f"{where}: {why}", remedy


@_fault("S002")
def wrong_id(found: str, expected: str, key: str = "id", place: str = "folder") -> tuple[str, str]:
    """A unit's id is the name of its folder, and a setting's country the name of its file.

    The id is part of the address; it never changes once published.
    """
    return f'{key} "{found}" does not match the {place} "{expected}"', f"write {key}: {expected}"


@_fault("S003")
def duplicate_id(what: str, remedy: str = "give one of them another id") -> tuple[str, str]:
    """An id stands once.

    Two entries with one id cannot be told apart by a link. Units share one name space across kinds, so that
    `name#part` means one thing; so do the parts of one unit (a case's stages and prompts, for instance), because
    each is a section of the same text.
    """
    return f'id "{what}" stands twice', remedy


@_fault("M001")
def raw_html() -> tuple[str, str]:
    """Content holds no raw HTML.

    Prose goes to the web, to print and to a person's editor; HTML would work in one of them and could run scripts.
    Use Markdown.
    """
    return "raw HTML in content", "write it in Markdown; for a literal < write &lt;"


@_fault("M002")
def heading_without_id(title: str) -> tuple[str, str]:
    """Every heading has an explicit id.

    `## The situation {#situation}`: the id is the same in every language and part of the address.
    """
    return f'heading "{title}" has no id', "end it with {#an-id}"


@_fault("M003")
def duplicate_section(section_id: str) -> tuple[str, str]:
    """A section id stands once in a file.

    Two sections with one id would share one address.
    """
    return f'section "{section_id}" stands twice', "give one of them another id"


@_fault("M004")
def skipped_level(level: int, before: int) -> tuple[str, str]:
    """Heading levels go down one step at a time, from ##.

    The title is the level-1 heading; a skipped level breaks the outline for people who listen to the page.
    """
    if level == 1:
        return "a heading of level 1, which is the title's", "use ##; the title stands in the front matter"
    return f"heading level {level} follows level {before}", f"use {'#' * (before + 1)}"


@_fault("M005")
def malformed_section_id(section_id: str) -> tuple[str, str]:
    """Section ids are slugs joined by dots.

    Lower-case letters, digits and hyphens; a dot joins a part to what it belongs to: `who-goes-first.facilitator`.
    """
    return f'section id "{section_id}" is malformed', "use lower-case letters, digits, hyphens and dots"


@_fault("M006")
def no_front_matter(why: str, remedy: str = "open the file with ---, title: …, summary: …, ---") -> tuple[str, str]:
    """A prose file opens with front matter that has a title and a summary.

    Three hyphens, `title: …`, `summary: …`, three hyphens.
    """
    return f"front matter: {why}", remedy


@_fault("M007")
def unsafe_link(target: str, *, bare: bool = False) -> tuple[str, str]:
    """A link names something in the course, or an https address, and has words.

    `module:id`, `case:id#part`, `worksheet:`, `pathway:`, `page:`, `term:`, `objective:`, `source:`, `list:` or
    https. Anything else (javascript:, data:, a relative path) is refused. An address in the text is no link and reads
    badly aloud. A mail address is often a person's: an edition lies on the web and on paper for years, so link to
    the office's page instead.
    """
    mail = target.startswith("mailto:") or ("@" in target and "/" not in target)
    if mail:
        message = f'the mail address "{target}"' if bare else f'link to "{target}"'
        return message, "never publish a person's address: link to the office's page, [words](https://…)"
    if bare:
        address = target if "://" in target else f"https://{target}"
        address = f"https://{address.removeprefix('http://')}" if address.startswith("http://") else address
        return f'the bare address "{target}"', f"write [words]({address}), or cite it as a source"
    if target.startswith("http://"):
        return f'link to "{target}"', f"write https://{target.removeprefix('http://')}, or cite it as a source"
    if target.startswith("www."):
        return f'link to "{target}"', f"write https://{target}"
    if target.startswith("tel:"):
        return f'link to "{target}"', "write the number in the text, without a link"
    if target.startswith("https://"):
        return f'link to "{target}"', "copy the address from a browser: it has no spaces, quotation marks or \\"
    if (scheme := target[:8].lower()).startswith(("http://", "https://")):
        return f'link to "{target}"', f"write https://{target[8 if scheme[4] == 's' else 7 :]}"
    if target.startswith("#"):
        return f'link to "{target}"', f"name the unit too: module:id{target} or case:id{target}"
    if re.match(r"(\.{0,2}/)?[\w./-]+(#|$)", target) and ":" not in target and not target.startswith("//"):
        return f'link to "{target}"', "name the unit, not the file: module:id, case:id#part, page:id"
    return f'link to "{target}"', "link to module:, case:, worksheet:, pathway:, page:, term:, list: or https://"


@_fault("M008")
def text_before_heading() -> tuple[str, str]:
    """All prose stands below a heading.

    Text before the first heading has no id, so no translation could be checked against it.
    """
    return "text stands before the first heading", "put it under a heading with an id, or into summary:"


@_fault("M009")
def unknown_markdown(what: str, remedy: str = "use paragraphs, lists, quotations or tables") -> tuple[str, str]:
    """Prose uses paragraphs, lists, quotations, tables, code, emphasis, links, citations and slots.

    Anything else would be lost in one of the forms a course is published in. Nesting ends at 12 levels and a
    paragraph at 10,000 characters: nobody could read more.
    """
    return f"{what} cannot be rendered", remedy


@_fault("M012")
def empty_heading() -> tuple[str, str]:
    """A heading has words.

    It is a title on the page, in the contents and in the structure of a PDF; nobody could find an empty one.
    """
    return "a heading without words", "write its title before {#…}"


@_fault("M010")
def malformed_citation(text: str, remedy: str = "write [@key, locator], several divided by ;") -> tuple[str, str]:
    """A citation reads [@key, locator].

    Several stand in one bracket with semicolons: `[@spor, slide 17; @ropit]`. Other forms of Pandoc's (`@key` in the
    sentence, `[see @key]`, `[-@key]`) are not read: their words stand outside the bracket. For the sign @ itself
    write `\\@`.
    """
    return f'citation "{text}" is malformed', remedy


@_fault("M011")
def image_without_alternative() -> tuple[str, str]:
    """A picture has an alternative text.

    `![What the picture says](file.png)`: someone who cannot see it needs the same information.
    """
    return "a picture without alternative text", "describe it: ![what it shows](file.png)"


@_fault("M013")
def foreign_sign(name: str, found: str, remedy: str) -> tuple[str, str]:
    """Prose holds no signs of other dialects of Markdown.

    Footnotes, boxes, tasks, struck text, formulas, attributes, templates and wiki links come from Pandoc, Quarto, MyST,
    MkDocs, GitHub or a wiki. Here they would be printed as typed. In code (`…`) any sign may stand, and a backslash
    before it makes it a plain character.
    """
    return f'{name} "{found}" would be printed as typed', remedy


@_fault("M014")
def uneven_table(what: str, remedy: str) -> tuple[str, str]:
    """Every row of a table has as many cells as its header, and the rule below the header too.

    What stands in a surplus cell would be lost; a rule with too few columns makes a paragraph of the table. A `|`
    inside a cell, in code too, is written `\\|`.
    """
    return what, remedy


@_fault("M015")
def unmeant_block(what: str, remedy: str) -> tuple[str, str]:
    """A list or a quotation is meant as one.

    A date, an ordinal or a year at the start of a line ("3. juni", "2. generasjon") begins a numbered list, a dash a
    list and > a quotation. Write `3\\. juni`. A numbered list begins with 1, has more than one item and counts on in
    steps of one (or has 1 everywhere); a list stands below an empty line or a colon. Its entries begin with `-` or
    `1.` and a space: lines that begin with –, a) or (1) are joined into one paragraph.
    """
    return what, remedy


@_fault("M016")
def hidden_mark(what: str, remedy: str) -> tuple[str, str]:
    """What decides how a text looks can be seen.

    Four spaces before a line make code of it, two behind it a line break, and a line of hyphens below a text a heading:
    all of that comes by accident. Literal lines stand between two lines of ```, a line that shall break ends with \\.
    """
    return what, remedy


@_fault("M017")
def not_only_words(what: str, remedy: str = "move it out of the link's words") -> tuple[str, str]:
    """A heading, a link's words and a picture's description hold words only.

    A heading becomes a title in menus, contents, drawings and the outline of a PDF, where a link, a picture, a
    citation or a line break cannot stand. Stress (*…*) and names in braces may stand in a heading.
    """
    return what, remedy


@_fault("M018")
def unclosed_mark(what: str, remedy: str) -> tuple[str, str]:
    """What is opened is closed.

    A ** or ` without its partner would be printed as typed, and literal lines that never end would take the rest of
    the file.
    """
    return what, remedy


@_fault("M019")
def markup_in_front(key: str, found: str) -> tuple[str, str]:
    """A title, a summary and a text in YAML are plain text.

    They stand in menus, in lists, on covers, in tables and in search results. Markdown, names in braces and citations
    would be shown there as typed.
    """
    return f'{key}: holds Markdown: "{found}"', "write plain words"
