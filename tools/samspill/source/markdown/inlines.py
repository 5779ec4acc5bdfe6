"""The inlines of a text: stress, code, links, pictures, slots and citations."""

from __future__ import annotations

import re

from samspill import prose as p
from samspill.source.fault import bad_picture
from samspill.source.markdown import fault
from samspill.source.markdown.nodes import Node
from samspill.source.markdown.reader import Reader

LINK_SCHEMES = (
    "module:", "case:", "worksheet:", "pathway:", "page:", "term:", "objective:", "source:", "list:", "https://",
)  # fmt: skip
_ONE_CITE = re.compile(r"\s*@([A-Za-z0-9][A-Za-z0-9-]*)\s*(?:,\s*(.*?))?\s*$", re.S)


def children(reader: Reader, node: Node) -> tuple[p.Inline, ...]:
    """Return the inlines of a block that holds text."""
    return tuple(
        inline
        for child in node.children
        for inline in inlines(reader, child.children if child.type == "inline" else [child])
    )


def inlines(reader: Reader, nodes: list[Node]) -> list[p.Inline]:
    """Turn inline nodes into inlines; neighbouring texts become one."""
    result: list[p.Inline] = []
    texts: list[str] = []
    for node in nodes:
        if node.type == "text":
            if node.content:
                texts.append(node.content)
        elif node.type == "softbreak":
            texts.append(" ")
        elif (inline := _inline(reader, node)) is not None:
            if isinstance(inline, p.Text):
                texts.append(inline.text)
                continue
            if texts:
                result.append(p.Text("".join(texts)))
                texts = []
            result.append(inline)
    if texts:
        result.append(p.Text("".join(texts)))
    return result


def _inline(reader: Reader, node: Node) -> p.Inline | None:
    """Turn one inline node that is no text into an inline, or report it."""
    match node.type:
        case "hardbreak":
            return p.Break()
        case "em":
            return p.Emphasis(tuple(inlines(reader, node.children)))
        case "strong":
            return p.Strong(tuple(inlines(reader, node.children)))
        case "code_inline":
            return p.Code(node.content)
        case "link":
            return _link(reader, node)
        case "image":
            return _image(reader, node)
        case "slot":
            return p.Slot(node.content, reader.place(node))
        case "citation":
            return _citation(reader, node)
        case "html_inline":
            reader.report(fault.raw_html, reader.place(node))
        case _:
            reader.report(fault.unknown_markdown, reader.at(node), f'"{node.type}"')
    return None


def _link(reader: Reader, node: Node) -> p.Link:
    """Turn a link node into a link and refuse unknown schemes."""
    target = str(node.attrs.get("href", ""))
    children = tuple(inlines(reader, node.children))
    place = reader.place(node)
    if beyond := beyond_words(children):
        what, where = beyond
        reader.report(fault.not_only_words, where or place, f"{what} inside a link's words")
    if not target.startswith(LINK_SCHEMES) or re.search(r"[\x00-\x20\x7f\\]", target):
        reader.report(fault.unsafe_link, place, target)
    _no_tooltip(reader, node, place)
    return p.Link(target, children, place)


def _image(reader: Reader, node: Node) -> p.Inline:
    """Turn an image node into an image and ask for its alternative text."""
    source = str(node.attrs.get("src", ""))
    place = reader.place(node)
    inner = node.children
    alternative = "".join(" " if child.type == "softbreak" else child.content for child in inner)
    if any(child.type not in ("text", "text_special", "softbreak") for child in inner):
        alternative = node.content
        reader.report(fault.not_only_words, place, "Markdown in a picture's description", "write plain words")
    if not alternative.strip():
        reader.report(fault.image_without_alternative, place)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*\.(png|jpe?g|svg)", source):
        if re.fullmatch(r"[^/:\\]+\.(png|jpe?g|svg)", source, re.IGNORECASE):
            remedy = 'rename the file with small letters, digits and hyphens, such as "two-doors.jpg"'
            reader.report(bad_picture, place, f'"{source}" has a name that is no address', remedy)
        else:
            remedy = "put a PNG, JPEG or SVG beside the text and write its name"
            reader.report(bad_picture, place, f'"{source}" is not a file beside the text', remedy)
        return p.Text(alternative)
    _no_tooltip(reader, node, place)
    return p.Image(source, alternative, place)


def _no_tooltip(reader: Reader, node: Node, place: p.Place) -> None:
    """Refuse the title of a link or picture, which print and touch screens cannot show."""
    if node.attrs.get("title"):
        reader.report(fault.unknown_markdown, place, "the title of a link or picture", "say it in the text")


def _citation(reader: Reader, node: Node) -> p.Citation | None:
    """Turn a citation token into a citation."""
    place = reader.place(node)
    cites: list[p.Cite] = []
    for part in node.content.split(";"):
        found = _ONE_CITE.match(part)
        if not found:
            reader.report(fault.malformed_citation, place, part.strip())
            return None
        cites.append(p.Cite(found[1], " ".join((found[2] or "").split()), place))
    return p.Citation(tuple(cites))


def beyond_words(nodes: tuple[p.Inline, ...]) -> tuple[str, p.Place | None] | None:
    """Return what stands among words that must be nothing else, and where."""
    for node in nodes:
        match node:
            case p.Link():
                return "a link", node.place
            case p.Image():
                return "a picture", node.place
            case p.Citation():
                return "a citation", node.cites[0].place
            case p.Break():
                return "a line break", None
            case p.Emphasis() | p.Strong() if inner := beyond_words(node.children):
                return inner
    return None
