"""Everything that can be wrong in a text in Markdown."""

from __future__ import annotations

import re

from samspill.source.fault import coded


@coded("M001")
def raw_html() -> tuple[str, str]:
    """Content holds no raw HTML.

    Prose goes to the web, to print and to a person's editor; HTML would work in one of them and could run scripts.
    Use Markdown.
    """
    return "raw HTML in content", "write it in Markdown; for a literal < write &lt;"


@coded("M002")
def heading_without_id(title: str) -> tuple[str, str]:
    """Every heading has an explicit id.

    `## The situation {#situation}`: the id is the same in every language and part of the address.
    """
    return f'heading "{title}" has no id', "end it with {#an-id}"


@coded("M003")
def duplicate_section(section_id: str) -> tuple[str, str]:
    """A section id stands once in a file.

    Two sections with one id would share one address.
    """
    return f'section "{section_id}" stands twice', "give one of them another id"


@coded("M004")
def skipped_level(level: int, before: int) -> tuple[str, str]:
    """Heading levels go down one step at a time, from ##.

    The title is the level-1 heading; a skipped level breaks the outline for people who listen to the page.
    """
    if level == 1:
        return "a heading of level 1, which is the title's", "use ##; the title stands in the front matter"
    return f"heading level {level} follows level {before}", f"use {'#' * (before + 1)}"


@coded("M005")
def malformed_section_id(section_id: str) -> tuple[str, str]:
    """Section ids are slugs joined by dots.

    Lower-case letters, digits and hyphens; a dot joins a part to what it belongs to: `who-goes-first.facilitator`.
    """
    return f'section id "{section_id}" is malformed', "use lower-case letters, digits, hyphens and dots"


@coded("M006")
def no_front_matter(why: str, remedy: str = "open the file with ---, title: …, summary: …, ---") -> tuple[str, str]:
    """A prose file opens with front matter that has a title and a summary.

    Three hyphens, `title: …`, `summary: …`, three hyphens.
    """
    return f"front matter: {why}", remedy


@coded("M007")
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


@coded("M008")
def text_before_heading() -> tuple[str, str]:
    """All prose stands below a heading.

    Text before the first heading has no id, so no translation could be checked against it.
    """
    return "text stands before the first heading", "put it under a heading with an id, or into summary:"


@coded("M009")
def unknown_markdown(what: str, remedy: str = "use paragraphs, lists, quotations or tables") -> tuple[str, str]:
    """Prose uses paragraphs, lists, quotations, tables, code, emphasis, links, citations and slots.

    Anything else would be lost in one of the forms a course is published in. Nesting ends at 12 levels and a
    paragraph at 10,000 characters: nobody could read more.
    """
    return f"{what} cannot be rendered", remedy


@coded("M012")
def empty_heading() -> tuple[str, str]:
    """A heading has words.

    It is a title on the page, in the contents and in the structure of a PDF; nobody could find an empty one.
    """
    return "a heading without words", "write its title before {#…}"


@coded("M010")
def malformed_citation(text: str, remedy: str = "write [@key, locator], several divided by ;") -> tuple[str, str]:
    """A citation reads [@key, locator].

    Several stand in one bracket with semicolons: `[@who-2010, p. 7; @thompson-1967]`. Other forms of Pandoc's (`@key`
    in the sentence, `[see @key]`, `[-@key]`) are not read: their words stand outside the bracket. For the sign @
    itself write `\\@`.
    """
    return f'citation "{text}" is malformed', remedy


@coded("M011")
def image_without_alternative() -> tuple[str, str]:
    """A picture has an alternative text.

    `![What the picture says](file.png)`: someone who cannot see it needs the same information.
    """
    return "a picture without alternative text", "describe it: ![what it shows](file.png)"


@coded("M013")
def foreign_sign(name: str, found: str, remedy: str) -> tuple[str, str]:
    """Prose holds no signs of other dialects of Markdown.

    Footnotes, boxes, tasks, struck text, formulas, attributes, templates and wiki links come from Pandoc, Quarto, MyST,
    MkDocs, GitHub or a wiki. Here they would be printed as typed. In code (`…`) any sign may stand, and a backslash
    before it makes it a plain character.
    """
    return f'{name} "{found}" would be printed as typed', remedy


@coded("M014")
def uneven_table(what: str, remedy: str) -> tuple[str, str]:
    """Every row of a table has as many cells as its header, and the rule below the header too.

    What stands in a surplus cell would be lost; a rule with too few columns makes a paragraph of the table. A `|`
    inside a cell, in code too, is written `\\|`.
    """
    return what, remedy


@coded("M015")
def unmeant_block(what: str, remedy: str) -> tuple[str, str]:
    """A list or a quotation is meant as one.

    A date, an ordinal or a year at the start of a line ("3. juni", "2. generasjon") begins a numbered list, a dash a
    list and > a quotation. Write `3\\. juni`. A numbered list begins with 1, has more than one item and counts on in
    steps of one (or has 1 everywhere); a list stands below an empty line or a colon. Its entries begin with `-` or
    `1.` and a space: lines that begin with –, a) or (1) are joined into one paragraph.
    """
    return what, remedy


@coded("M016")
def hidden_mark(what: str, remedy: str) -> tuple[str, str]:
    """What decides how a text looks can be seen.

    Four spaces before a line make code of it, two behind it a line break, and a line of hyphens below a text a heading:
    all of that comes by accident. Literal lines stand between two lines of ```, a line that shall break ends with \\.
    """
    return what, remedy


@coded("M017")
def not_only_words(what: str, remedy: str = "move it out of the link's words") -> tuple[str, str]:
    """A heading, a link's words and a picture's description hold words only.

    A heading becomes a title in menus, contents, drawings and the outline of a PDF, where a link, a picture, a
    citation or a line break cannot stand. Stress (*…*) and names in braces may stand in a heading.
    """
    return what, remedy


@coded("M018")
def unclosed_mark(what: str, remedy: str) -> tuple[str, str]:
    """What is opened is closed.

    A ** or ` without its partner would be printed as typed, and literal lines that never end would take the rest of
    the file.
    """
    return what, remedy


@coded("M019")
def markup_in_front(key: str, found: str) -> tuple[str, str]:
    """A title, a summary and a text in YAML are plain text.

    They stand in menus, in lists, on covers, in tables and in search results. Markdown, names in braces and citations
    would be shown there as typed.
    """
    return f'{key}: holds Markdown: "{found}"', "write plain words"
