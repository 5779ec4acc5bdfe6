"""Everything that can be wrong before there is a course, in files and in YAML.

Each fault is a small function that makes the problem; its docstring is the
documentation that `samspill explain CODE` prints. What can be wrong in Markdown
stands in `samspill.source.markdown.fault`, rules about a loaded course in
`samspill.check`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec

from samspill.problem import Problem
from samspill.source.characters import described

P = ParamSpec("P")
#: Characters of the longest message; what it quotes from a file is cut there.
LONGEST = 240
#: Code → documentation of each fault.
FAULTS: dict[str, str] = {}


def coded(
    code: str,
) -> Callable[
    [Callable[P, tuple[str, str]]],
    Callable[Concatenate[str, int, int, P], Problem],
]:
    """Give a fault its code: the function says what is wrong and what to do, and then makes the problem of it."""

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


@coded("F001")
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


@coded("F002")
def symbolic_link() -> tuple[str, str]:
    """No symbolic links in course/ or cases/.

    A link could bring files from outside the project into the published course. Copy the file in instead.
    """
    return "a symbolic link is not followed", "put the file itself here"


@coded("F003")
def unlisted(kind: str, unit: str) -> tuple[str, str]:
    """Every unit on disk is listed in course.yml.

    The list decides the order and what is published; a folder that is not listed would be forgotten silently.
    """
    return f'{kind} "{unit}" is not listed', f"add it to {kind}s: in course/course.yml, or remove the folder"


@coded("F004")
def missing_file(what: str, of_unit: bool = True) -> tuple[str, str]:
    """A listed file exists.

    course.yml lists the units; each has its YAML file and its prose in the source language.
    """
    return f"{what} is missing", "create it, or take the unit out of course/course.yml" if of_unit else "create it"


@coded("F005")
def bad_picture(why: str, remedy: str = "") -> tuple[str, str]:
    """A picture is a PNG, JPEG or SVG beside the text, of at most 4,000 × 4,000 pixels and 5 MB.

    Larger pictures make pages slow and can exhaust the memory of whoever builds the course. The size is read from
    the header before the picture is decoded.
    """
    return f"the picture {why}", remedy or "use a PNG or JPEG of at most 4000 × 4000 pixels and 5 MB"


@coded("F012")
def unfit_picture(why: str, remedy: str) -> tuple[str, str]:
    """A picture is whole and still, in the colours of a screen, and its name says what it is.

    What is published holds the pixels only: place, time, device, names, comments and thumbnails are taken out, and a
    photo that a phone has stored turned is published upright. A cut-off picture, a moving one, one in a press's
    colours (CMYK), or a WebP named .png would look different from one reader to the next.
    """
    return f"the picture {why}", remedy


@coded("F013")
def acting_drawing(what: str, remedy: str) -> tuple[str, str]:
    """A drawing shows something and does nothing else.

    An SVG file can run programs, move, load things from elsewhere and lead away. A drawing of the course does none
    of it. Export it as plain SVG, with its pictures embedded; write links in the text.
    """
    return f"the drawing holds {what}", remedy


@coded("F014")
def undrawn(what: str, remedy: str) -> tuple[str, str]:
    """A drawing uses only what browsers and the printer show alike.

    A drawing is written anew from shapes, text, colours, gradients, patterns, masks, markers and embedded PNG or JPEG
    pictures. What programs add and nobody sees (metadata, names of layers, comments, hidden parts) is left out, and
    letters are set in Atkinson Hyperlegible. Anything else would be lost, so it is named.
    """
    return f"the drawing uses {what}", remedy


@coded("F015")
def not_a_drawing(why: str, remedy: str) -> tuple[str, str]:
    """An SVG file is well-formed XML in UTF-8, with a size and without entities.

    It begins with `<svg xmlns="http://www.w3.org/2000/svg">` and has a width and a height, or a viewBox. It nests at
    most 100 levels and has at most 20,000 elements.
    """
    return f"the drawing {why}", remedy


@coded("F006")
def too_large(size: int, limit: int) -> tuple[str, str]:
    """A content file has at most 1 MB, prose at most 200 kB and a picture at most 5 MB.

    Split a longer text into more units.
    """
    return f"the file has {size:,} bytes", f"keep it to {limit:,} bytes"


@coded("F007")
def unexpected_file() -> tuple[str, str]:
    """A unit's folder holds its YAML, one Markdown file per language, and the pictures and notebooks they use.

    Any other file is probably misnamed: `no.md` where `nb.md` was meant, or `en.txt`.
    """
    return "nothing uses this file", "rename it (<language>.md), list its language in course/course.yml, or remove it"


@coded("F008")
def unreadable(why: str) -> tuple[str, str]:
    """Every content file can be read.

    The operating system refused to open it: permissions, or a fault of the disk.
    """
    return f"cannot be read: {why}", "check its permissions"


@coded("F009")
def device_name(name: str) -> tuple[str, str]:
    """Every file can stand on Windows too.

    Windows keeps `con`, `prn`, `aux`, `nul`, `com1` and the like for devices, whatever stands behind the dot: nobody
    there could check the course out. Rule S004 says the same of units.
    """
    return f'Windows has no file called "{name}"', "give it another name"


@coded("Y001")
def yaml_syntax(why: str, remedy: str = "") -> tuple[str, str]:
    """A YAML file is well formed.

    Indent with spaces, never with tabs; put a text with a colon or a leading special character in quotes. What begins
    with a quotation mark ends with the next: a text with such marks in it stands in quotes as a whole.
    """
    remedy = remedy or "mend the line; indent with spaces and quote texts that hold a colon"
    return f"not valid YAML: {why}", remedy


@coded("Y002")
def duplicate_key(key: str) -> tuple[str, str]:
    """A key stands once in its mapping.

    YAML readers often keep the last of two silently; here the second is an error.
    """
    return f'key "{key}" stands twice', "keep one of them"


@coded("Y003")
def forbidden_yaml(what: str) -> tuple[str, str]:
    """No anchors, aliases, tags or merge keys.

    They let one file grow without bounds and hide where a value comes from. Write the value out. A text that begins
    with `*`, `&` or `!` stands in quotes.
    """
    return f"{what} is not allowed", "write the value out, or put a text that begins so in quotes"


@coded("Y004")
def too_deep(limit: int) -> tuple[str, str]:
    """YAML nests at most 24 levels.

    No content file needs more; deeper nesting is a mistake or an attack.
    """
    return f"nested deeper than {limit} levels", "flatten it"


@coded("Y005")
def not_string_key() -> tuple[str, str]:
    """Keys are texts.

    A list or a mapping as a key has no meaning in any content file.
    """
    return "a key is not a text", "use a plain word as key"


@coded("Y006")
def cut_by_comment(before: str) -> tuple[str, str]:
    """A text with a hash in it stands in quotes.

    In YAML, a space and a hash begin a comment: of `title: Who waits #1` only "Who waits" would be left. A comment
    stands on a line of its own, or with `# ` behind a single lower-case word, a number, or a text in quotes.
    """
    kept = f'the text ends at "{before}"' if before else "there is no text"
    return f"{kept}: the # begins a comment", "put the whole text in quotes, or the comment on a line of its own"


@coded("Y007")
def swallowed_item() -> tuple[str, str]:
    """The entries of a list stand below each other.

    A line that is indented further than the text above it goes on with that text, even when it begins with a hyphen:
    two entries would become one.
    """
    return "this line is read as part of the text above it", "indent it as the entry above, or put the text in quotes"


@coded("Y008")
def without_value(key: str) -> tuple[str, str]:
    """In braces a comma divides entries, and each has a colon and a value.

    Of `{en: Waiting, then acting}` only "Waiting" would be the English text. Put a text with a comma in quotes.
    """
    return f'"{key}" stands without a value', "a comma ends the text before it: put that text in quotes"


@coded("S001")
def schema(where: str, why: str, remedy: str) -> tuple[str, str]:
    """A YAML file follows its schema.

    The schemas stand in schemas/ and explain every field; an editor that knows them completes and checks as you
    type. Numbers are written without quotes, `9:30` is not a number of minutes, and `no` is a text.
    """
    return f"{where}: {why}", remedy


@coded("S002")
def wrong_id(found: str, expected: str, key: str = "id", place: str = "folder") -> tuple[str, str]:
    """A unit's id is the name of its folder, and a setting's country the name of its file.

    The id is part of the address; it never changes once published.
    """
    return f'{key} "{found}" does not match the {place} "{expected}"', f"write {key}: {expected}"


@coded("S003")
def duplicate_id(what: str, remedy: str = "give one of them another id") -> tuple[str, str]:
    """An id stands once.

    Two entries with one id cannot be told apart by a link. Units share one name space across kinds, so that
    `name#part` means one thing; so do the parts of one unit (a case's stages and prompts, for instance), because
    each is a section of the same text.
    """
    return f'id "{what}" stands twice', remedy
