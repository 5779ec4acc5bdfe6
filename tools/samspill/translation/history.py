"""The text a translation was made from: found in git by the digest that the translation recorded."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from unicodedata import normalize

from samspill.prose import Prose
from samspill.source import markdown
from samspill.source.strict_yaml import YamlError, read
from samspill.source.wording import digest as digest_of
from samspill.source.wording import wordings

#: Versions of a file to look at, newest first.
VERSIONS = 300


def section_text(path: Path, prose: Prose, name: str) -> str:
    """Return the source text of a section of a file as it stands, or its title and summary for `front`."""
    return _cut(path.read_text("utf-8"), prose, name)


def then(root: Path, source: Prose, name: str, digest: str) -> str | None:
    """Return the text of a section when it had a digest, or None when git does not know or is not there."""
    for text in _versions(root, source.path):
        prose, _ = markdown.parse(text, source.path, source.language)
        found = prose.front_digest if name == "front" else prose.by_id[name].digest if name in prose.by_id else ""
        if found == digest:
            return _cut(text, prose, name)
    return None


def texts_then(root: Path, path: str, language: str, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of a YAML file, by name, as they were when they had these digests; those that git knows."""
    found: dict[str, str] = {}
    versions = _versions(root, path) if wanted else iter(())
    for text in versions:
        try:
            value, _ = read(text, path)
        except YamlError:
            continue  # somebody mended it in the next commit
        for each in wordings(path, value):
            said = each.words.get(language)
            if each.name not in found and said is not None and wanted.get(each.name) == digest_of(said):
                found[each.name] = said
        if len(found) == len(wanted):
            break
    return found


def _cut(text: str, prose: Prose, name: str) -> str:
    if name == "front":
        return f"{prose.title}\n\n{prose.summary}"
    lines = text.replace("\r\n", "\n").split("\n")
    starts = [section.place.line for section in prose.sections]
    index = next(number for number, section in enumerate(prose.sections) if section.id == name)
    end = starts[index + 1] - 1 if index + 1 < len(starts) else len(lines)
    return "\n".join(lines[starts[index] - 1 : end]).strip()


def _versions(root: Path, path: str) -> Iterator[str]:
    """Yield a file's text in each commit that changed it, newest first, as a file is read; none without a history."""
    log = _git(root, "log", f"-{VERSIONS}", "--format=%H", "--", path)
    for commit in (log or "").split():
        if (text := _git(root, "show", f"{commit}:./{path}")) is not None:
            text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            yield normalize("NFC", text)


def _git(root: Path, *arguments: str) -> str | None:
    if shutil.which("git") is None:
        return None
    done = subprocess.run(["git", *arguments], cwd=root, capture_output=True, check=False)
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
