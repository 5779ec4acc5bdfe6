"""YAML files changed by the command: something added where it belongs, everything else as it was.

Where it belongs is for a reader of YAML to say: keys may have quotes, and lists comments.
"""

from __future__ import annotations

import yaml

from samspill.problem import UsageError


def with_entry(text: str, path: str, key: str, entry: str) -> str:
    """Return a file's text with an entry, written as YAML, at the end of the list of a key.

    A list that is not there yet is added. Raises `UsageError` when the key is no list.
    """
    end = _end(text)
    node = _value(text, key)
    if node is None:
        return f"{text.rstrip()}{end}{key}: [{entry}]{end}"
    if not isinstance(node, yaml.SequenceNode):
        raise UsageError(f"{path}: {key} is no list: write {key}: [{entry}]")
    if node.flow_style:
        return _into_brackets(text, node, entry)
    return _below(text, node.value[-1], f"{' ' * node.start_mark.column}- {entry}")


def with_text(text: str, path: str, key: str, language: str, words: str) -> str:
    """Return a file's text with words, written as YAML, for one more language below a key.

    Raises `UsageError` when the key does not hold one text per language.
    """
    node = _value(text, key)
    if not isinstance(node, yaml.MappingNode) or not node.value:
        raise UsageError(f"{path}: {key} has no texts: write {key}: {{{language}: {words}}}")
    entry = f"{language}: {words}"
    if node.flow_style:
        return _into_brackets(text, node, entry)
    return _below(text, node.value[-1][1], f"{' ' * node.start_mark.column}{entry}")


def _value(text: str, key: str) -> yaml.Node | None:
    found = yaml.compose(text, Loader=yaml.SafeLoader)
    pairs = found.value if isinstance(found, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def _into_brackets(text: str, node: yaml.SequenceNode | yaml.MappingNode, entry: str) -> str:
    if node.value:
        last = node.value[-1]
        at = (last[1] if isinstance(last, tuple) else last).end_mark.index
        return f"{text[:at]}, {entry}{text[at:]}"
    at = node.start_mark.index + 1
    gap = "" if text[at].isspace() or text[at] in "]}" else " "
    return f"{text[:at]}{entry}{gap}{text[at:]}"


def _below(text: str, last: yaml.Node, line: str) -> str:
    """Return a text with a line below the last entry and the comment behind it."""
    at = next((place for place in range(last.end_mark.index, len(text)) if text[place] in "\r\n"), len(text))
    # A text of several lines ends where the next key begins: the line goes before that.
    if text[: last.end_mark.index].endswith(("\n", "\r")):
        at = len(text[: last.end_mark.index].rstrip("\r\n "))
    return f"{text[:at]}{_end(text)}{line}{text[at:]}"


def _end(text: str) -> str:
    """Return how the lines of a text end."""
    return "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"
