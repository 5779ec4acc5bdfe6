"""The whole job: load, check, render, write; in parallel, cached and swapped in at the end.

Everything is made below `build/`: `cache/` holds finished handouts, executed
notebooks and finished language sites by the hash of all they were made from;
`pages/` the Markdown of the last build; `site/` what people look at. A build
that fails or is interrupted leaves `site/` as it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from samspill.fingerprint import of_content, of_tool
from samspill.problem import ContentError, Problem, UsageError

if TYPE_CHECKING:
    from samspill.model import Course
    from samspill.render import Artifact, HandoutInfo

Only = Literal["site", "handouts"]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Request:
    """What to build: the course root, the languages (all when empty) and one part only when `only` is set.

    `edition_layout` writes the links between languages for the published addresses `<lang>/<edition>/…`.
    """

    root: Path
    languages: tuple[str, ...] = ()
    only: Only | None = None
    edition_layout: bool = False
    jobs: int = field(default_factory=lambda: max(1, min(os.cpu_count() or 1, 8)))

    @property
    def folder(self) -> Path:
        """The folder that everything is made in."""
        return self.root / "build"


@dataclass(frozen=True)
class Result:
    """What a build did."""

    output: Path
    pages: int
    handouts: int
    built: tuple[str, ...]
    reused: tuple[str, ...]
    notes: int
    unchanged: bool = False


def build(request: Request, say: Say = lambda text: None) -> Result:
    """Build a course and return what was done.

    Raises `ContentError` with every problem when the content has errors, `UsageError` when the output folder cannot
    be written. In both cases, and when interrupted, what was built before stays as it was.
    """
    stamp = Stamp.of(request)
    if result := stamp.unchanged():
        return result
    try:
        request.folder.mkdir(exist_ok=True)
        with _lock(request.folder), _workspace(request.folder) as work:
            return _Build(request, stamp, work, say).run()
    except OSError as error:
        raise UsageError(_disk_words(error, request.folder)) from error


def _disk_words(error: OSError, folder: Path) -> str:
    where = error.filename or folder
    return (
        f"cannot write {where}: {error.strerror or error}; nothing was changed "
        "(free some space or mend the permissions, then build again)"
    )


# --- the stamp: nothing changed, nothing done -------------------------------------------------------------


@dataclass(frozen=True)
class Stamp:
    """The hash of everything a build depends on, and the record of the last build."""

    request: Request
    content: str
    tool: str

    @classmethod
    def of(cls, request: Request) -> Stamp:
        """Hash the content and the tool as they are now."""
        return cls(request, of_content(request.root), of_tool(request.root))

    @property
    def path(self) -> Path:
        """Where the record stands."""
        return self.request.folder / "cache" / "stamp.json"

    @property
    def key(self) -> str:
        """The hash of the whole request."""
        words = [self.content, self.tool, *self.request.languages, str(self.request.only), str(self.request.edition_layout)]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()

    def unchanged(self) -> Result | None:
        """Return the last result when nothing has changed since and its files are all still there."""
        try:
            record = json.loads(self.path.read_text("utf-8"))
            if record["key"] != self.key:
                return None
            output = self.request.folder / record["output"]
            if _listing(output) != record["files"]:
                return None
            return Result(
                output, record["pages"], record["handouts"], (), tuple(record["languages"]), record["notes"], True
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def record(self, result: Result) -> None:
        """Write down a result."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        record = {
            "key": self.key,
            "output": result.output.relative_to(self.request.folder).as_posix(),
            "files": _listing(result.output),
            "pages": result.pages,
            "handouts": result.handouts,
            "languages": [*result.built, *result.reused],
            "notes": result.notes,
        }
        partial = self.path.with_suffix(".tmp")
        partial.write_text(json.dumps(record), "utf-8")
        partial.replace(self.path)


def _listing(folder: Path) -> str:
    """Return a hash of the names, sizes and times of all files below a folder."""
    digest = hashlib.sha256()

    def walk(path: str, name: str) -> None:
        for entry in sorted(os.scandir(path), key=lambda e: e.name):
            below = f"{name}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                walk(entry.path, below)
            else:
                stat = entry.stat(follow_symlinks=False)
                digest.update(f"{below}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())

    walk(str(folder), "")
    return digest.hexdigest()


# --- safety ------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the build folder; a second build at the same time is refused."""
    handle = (folder / ".lock").open("w")
    try:
        try:
            import fcntl  # noqa: PLC0415 - not on Windows

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass
        except BlockingIOError:
            raise UsageError("another build is running in this folder: wait for it, or stop it") from None
        yield
    finally:
        handle.close()


@contextlib.contextmanager
def _workspace(folder: Path) -> Iterator[Path]:
    """Give a folder for unfinished work, emptied afterwards and of what an earlier, killed build left."""
    for left in folder.glob(".work-*"):
        shutil.rmtree(left, ignore_errors=True)
    if not (folder / "site").exists() and (folder / ".site-before").exists():
        (folder / ".site-before").rename(folder / "site")
    shutil.rmtree(folder / ".site-before", ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=".work-", dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def swap(new: Path, old: Path) -> None:
    """Put a finished folder in the place of another; the old one is back if that fails."""
    before = old.parent / f".{old.name}-before"
    shutil.rmtree(before, ignore_errors=True)
    if old.exists():
        old.rename(before)
    try:
        new.rename(old)
    except OSError:
        if before.exists():
            before.rename(old)
        raise
    shutil.rmtree(before, ignore_errors=True)


def link_tree(source: Path, target: Path) -> None:
    """Copy a folder by hard links where the file system has them."""

    def link(one: str, other: str) -> None:
        try:
            os.link(one, other)
        except OSError:
            shutil.copy2(one, other)

    shutil.copytree(source, target, copy_function=link, dirs_exist_ok=True)


def write(artifacts: Iterable[Artifact], folder: Path) -> None:
    """Write artifacts below a folder."""
    made: set[Path] = set()
    for artifact in artifacts:
        path = folder / artifact.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        path.write_bytes(artifact.data)


def _keep(cache: Path, current: set[str]) -> None:
    """Remove what no build has used for the longest time, beyond twice what this one uses."""
    entries = [entry for entry in cache.iterdir() if entry.name not in current and not entry.name.startswith(".")]
    entries.sort(key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[max(8, len(current)) :]:
        if entry.is_dir():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)


# --- the workers -------------------------------------------------------------------------------------------

_course: Course | None = None


def _adopt(course: Course) -> None:
    global _course  # noqa: PLW0603 - a worker process holds the one course it was started for
    _course = course


def _handout(index: int, language: str, target: str) -> None:
    from samspill.render import handouts  # noqa: PLC0415

    assert _course is not None
    chosen = handouts.handouts(_course, language)[index]
    data = handouts.render(_course, chosen)
    path = Path(target)
    partial = path.with_suffix(f".{os.getpid()}.tmp")
    partial.write_bytes(data)
    partial.replace(path)


def _site(job: _SiteJob) -> int:
    """Render the pages of a language, build them and leave the finished site in the cache; return the page count."""
    from samspill import engine  # noqa: PLC0415
    from samspill.render import notebook  # noqa: PLC0415

    target = job.work / f"site-{job.language}"
    engine.build(job.configuration, target)
    for path in job.notebooks:
        page = target / path
        page.write_text(notebook.clean(page.read_text("utf-8")), "utf-8")
    engine.index(target, job.language)
    for path in target.rglob("*"):
        # The cache is linked into the site; one fixed time keeps copies alike.
        os.utime(path, (0, 0))
    target.rename(job.finished)
    return sum(1 for _ in job.finished.rglob("*.html"))


@dataclass(frozen=True)
class _SiteJob:
    language: str
    configuration: Path
    work: Path
    finished: Path
    notebooks: tuple[str, ...]


# --- the build ---------------------------------------------------------------------------------------------


def checked(root: Path) -> tuple[Course, list[Problem]]:
    """Load and check a course and return it with its notes. Raises `ContentError` when there are errors."""
    from samspill.check import check  # noqa: PLC0415
    from samspill.problem import errors  # noqa: PLC0415
    from samspill.source import load  # noqa: PLC0415

    course, problems = load(root)
    if course is not None:
        problems = sorted({*problems, *check(course)})
    if course is None or errors(problems):
        raise ContentError(problems)
    return course, problems


@dataclass
class _Build:
    request: Request
    stamp: Stamp
    work: Path
    say: Say

    def run(self) -> Result:
        """Do the whole job."""
        self.say("Reading and checking")
        course, notes = checked(self.request.root)
        unknown = [code for code in self.request.languages if code not in course.languages]
        if unknown:
            raise UsageError(f"the course has no language {', '.join(unknown)}: choose from {', '.join(course.languages)}")
        languages = self.request.languages or course.languages
        with self._pool(course) as pool:
            infos = {language: () for language in languages} if self.request.only == "site" else None
            handouts = infos or self._handouts(pool, course, languages)
            count = sum(len(each) for each in handouts.values())
            if self.request.only == "handouts":
                output = self._write_handouts(handouts)
                result = Result(output, 0, count, tuple(languages), (), len(notes))
            else:
                built, reused, pages = self._sites(pool, course, languages, handouts)
                output = self._assemble(course, languages, handouts)
                result = Result(output, pages, count, tuple(built), tuple(reused), len(notes))
        self.stamp.record(result)
        return result

    def _pool(self, course: Course) -> ProcessPoolExecutor:
        # Forked workers share the loaded course and every imported module with this process.
        method = "fork" if sys.platform.startswith("linux") else "spawn"
        context = multiprocessing.get_context(method)
        return ProcessPoolExecutor(self.request.jobs, context, initializer=_adopt, initargs=(course,))

    def _cache(self, name: str) -> Path:
        path = self.request.folder / "cache" / name
        path.mkdir(parents=True, exist_ok=True)
        return path

    # --- handouts

    def _handouts(
        self, pool: Executor, course: Course, languages: Sequence[str]
    ) -> dict[str, tuple[HandoutInfo, ...]]:
        from samspill.render import HandoutInfo, handouts  # noqa: PLC0415

        cache = self._cache("handouts")
        wanted: list[tuple[str, Any, Path]] = []
        waiting: list[Future[None]] = []
        for language in languages:
            for index, handout in enumerate(handouts.handouts(course, language)):
                key = hashlib.sha256(f"{self.stamp.tool}\n{handouts.inputs(course, handout)}".encode()).hexdigest()[:32]
                path = cache / f"{key}.pdf"
                wanted.append((language, handout, path))
                if not path.exists():
                    waiting.append(pool.submit(_handout, index, language, str(path)))
        if waiting:
            self.say(f"Handouts: {len(waiting)} to make, {len(wanted) - len(waiting)} unchanged")
        _wait(waiting)
        infos: dict[str, list[HandoutInfo]] = {language: [] for language in languages}
        for language, handout, path in wanted:
            data = path.read_bytes()
            infos[language].append(
                HandoutInfo(
                    path=handout.path,
                    kind=handout.kind,
                    unit=handout.unit,
                    part=handout.part,
                    pages=handouts.page_count(data),
                    size=len(data),
                )
            )
            self._pdfs[language, handout.path] = path
        _keep(cache, {path.name for _, _, path in wanted})
        return {language: tuple(each) for language, each in infos.items()}

    @property
    def _pdfs(self) -> dict[tuple[str, str], Path]:
        return self.__dict__.setdefault("_pdf_table", {})  # type: ignore[no-any-return]

    def _write_handouts(self, handouts: Mapping[str, Sequence[HandoutInfo]]) -> Path:
        new = self.work / "handouts"
        for (language, name), path in self._pdfs.items():
            target = new / language / Path(name).name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        output = self.request.folder / "handouts"
        swap(new, output)
        return output

    # --- sites

    def _sites(
        self,
        pool: Executor,
        course: Course,
        languages: Sequence[str],
        handouts: Mapping[str, Sequence[HandoutInfo]],
    ) -> tuple[list[str], list[str], int]:
        from samspill import engine  # noqa: PLC0415
        from samspill.render import fonts, site  # noqa: PLC0415

        base = self.request.root / "mkdocs.yml"
        cache = self._cache("sites")
        notebooks = self._notebooks(course, languages)
        shared = fonts.fonts()
        jobs: dict[Future[int], str] = {}
        reused: list[str] = []
        self._finished: dict[str, Path] = {}
        pages = 0
        for language in languages:
            table = {info.path: info for info in handouts[language]}
            artifacts = (*site.pages(course, language, table), *notebooks[language])
            folder = self.work / "pages" / language
            (self.work / "pages").mkdir(exist_ok=True)
            write((*artifacts, *shared), folder)
            described = course.text("page", "home", language) or course.text("page", "home", course.source_language)
            configuration = engine.write_configuration(
                engine.Site(
                    language=language,
                    title=course.about.title.get(language, course.about.id).split(":")[0],
                    description=described.summary if described else "",
                    edition=course.about.edition,
                    navigation=site.navigation(course, language),
                    alternates=self._alternates(course),
                ),
                base,
                folder,
                self.work / f"site-{language}",
            )
            key = hashlib.sha256(self.stamp.tool.encode())
            key.update(json.dumps([site.navigation(course, language), self._alternates(course), described.summary if described else "", course.about.title.get(language)]).encode())
            for artifact in sorted(artifacts, key=lambda a: a.path):
                key.update(f"{artifact.path}\0{len(artifact.data)}\0".encode() + artifact.data)
            finished = cache / f"{language}-{key.hexdigest()[:32]}"
            self._finished[language] = finished
            if finished.is_dir():
                reused.append(language)
                continue
            pages_of_notebooks = tuple(f"{unit}/index.html" for unit, page in course.pages.items() if page.kind == "notebook" and course.text("page", unit, language))
            job = _SiteJob(language, configuration, self.work, finished, pages_of_notebooks)
            jobs[pool.submit(_site, job)] = language
        if jobs:
            self.say(f"Site: building {', '.join(jobs.values())}" + (f"; {', '.join(reused)} unchanged" if reused else ""))
        for future in as_completed(jobs):
            future.result()
            self.say(f"Site: {jobs[future]} done")
        pages = sum(1 for path in self._finished.values() for _ in path.rglob("*.html"))
        for path in self._finished.values():
            os.utime(path)
        _keep(cache, {path.name for path in self._finished.values()})
        return [jobs[f] for f in jobs], reused, pages

    def _alternates(self, course: Course) -> list[dict[str, str]]:
        edition = f"{course.about.edition}/" if self.request.edition_layout else ""
        up = "../../" if self.request.edition_layout else "../"
        return [
            {"code": entry.code, "name": entry.name, "root": f"{up}{entry.code}/{edition}"}
            for entry in course.about.languages
        ]

    def _notebooks(self, course: Course, languages: Sequence[str]) -> dict[str, list[Artifact]]:
        """Return the executed notebook page of every language; run only what is not in the cache."""
        from samspill.render import Artifact  # noqa: PLC0415
        from samspill.render.context import Context  # noqa: PLC0415
        from samspill.render.notebook import notebook_page  # noqa: PLC0415

        cache = self._cache("notebooks")
        result: dict[str, list[Artifact]] = {language: [] for language in languages}
        used: set[str] = set()
        data = {path.rsplit("/", 1)[1]: asset.data for path, asset in course.assets.items() if path.startswith("course/data/")}
        for unit, page in course.pages.items():
            if page.kind != "notebook" or page.notebook is None:
                continue
            path = f"course/pages/{unit}/{page.notebook}"
            waiting: dict[str, tuple[str, bytes]] = {}
            for language in languages:
                if course.text("page", unit, language) is None:
                    continue
                source = notebook_page(Context(course, language), page, course.assets[path].data)
                digest = hashlib.sha256(self.stamp.tool.encode() + source)
                for name in sorted(data):
                    digest.update(name.encode() + data[name])
                name = f"{digest.hexdigest()[:32]}.ipynb"
                used.add(name)
                if not (cache / name).exists():
                    waiting[language] = (name, source)
                result[language].append(Artifact(f"{unit}.ipynb", name.encode()))
            if waiting:
                from samspill import kernel  # noqa: PLC0415 - only when something is to be run

                self.say(f"Notebook: running {unit}")
                done = kernel.execute_all([source for _, source in waiting.values()], data, path=path)
                for (name, _), executed in zip(waiting.values(), done, strict=True):
                    (cache / name).write_bytes(executed)
        for language, artifacts in result.items():
            result[language] = [Artifact(a.path, (cache / a.data.decode()).read_bytes()) for a in artifacts]
        _keep(cache, used)
        return result

    # --- the end

    def _assemble(
        self, course: Course, languages: Sequence[str], handouts: Mapping[str, Sequence[HandoutInfo]]
    ) -> Path:
        from samspill.render.chooser import chooser  # noqa: PLC0415

        self.say("Putting it in place")
        output = self.request.folder / ("edition" if self.request.edition_layout else "site")
        new = self.work / "site"
        new.mkdir()
        write([chooser(course)], new)
        for language in course.languages:
            if language in languages:
                link_tree(self._finished[language], new / language)
                for info in handouts[language]:
                    target = new / language / info.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    _link_or_copy(self._pdfs[language, info.path], target)
            elif (output / language).is_dir():
                link_tree(output / language, new / language)
        pages = self.request.folder / "pages"
        swap(self.work / "pages", pages)
        swap(new, output)
        return output


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _wait(futures: Iterable[Future[None]]) -> None:
    for future in futures:
        future.result()
