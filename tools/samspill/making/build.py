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
import signal
import stat
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from samspill.disk import sealed
from samspill.disk.drafts import clear_drafts
from samspill.disk.workspace import (
    copy_tree,
    keep,
    lock,
    make_folder,
    require_folder,
    swap,
    sweep,
    workspace,
    write,
)
from samspill.making.fingerprint import of_content, of_tool
from samspill.problem import ContentError, Problem, UsageError, errors, notes, unfinished
from samspill.reading import memory

if TYPE_CHECKING:
    from samspill.artifact import Artifact
    from samspill.making.engine import Site
    from samspill.model import Course
    from samspill.reading.printed import HandoutInfo

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
    unfinished: int = 0
    unchanged: bool = False


def build(request: Request, say: Say = lambda text: None) -> Result:
    """Build a course and return what was done.

    Raises `ContentError` with every problem when the content has errors, `UsageError` when the output folder cannot
    be written. In both cases, and when interrupted, what was built before stays as it was.
    """
    with holding(request.folder):
        clear_drafts(request.root)
        return build_held(request, say)


def build_held(request: Request, say: Say) -> Result:
    """Build a course in a folder that is held already; otherwise as `build`."""
    stamp = Stamp.of(request)
    if result := stamp.unchanged():
        return result
    with workspace(request.folder) as work:
        return _Build(request, stamp, work, say).run()


@contextlib.contextmanager
def holding(folder: Path) -> Iterator[None]:
    """Hold the build folder, clear of what an earlier build left, and say in words what the disk refuses.

    Raises `UsageError` when another build holds it, or when it cannot be written.
    """
    require_folder(folder)
    try:
        make_folder(folder)
        with lock(folder):
            sweep(folder)
            yield
    except OSError as error:
        raise UsageError(_disk_words(error, folder)) from error
    except BrokenProcessPool as error:
        raise UsageError(
            "a worker process was stopped from outside, perhaps for want of memory; nothing was changed "
            "(close other programs, or build with --jobs 1)"
        ) from error


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
        words = [
            self.content,
            self.tool,
            *self.request.languages,
            str(self.request.only),
            str(self.request.edition_layout),
        ]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()

    def unchanged(self) -> Result | None:
        """Return the last result when nothing has changed since and its files are all still there."""
        try:
            record = json.loads(sealed.read(self.path) or b"{}")
            if record["key"] != self.key:
                return None
            output = self.request.folder / record["output"]
            if _listing(output) != record["files"]:
                return None
            # A build that was stopped may have left other pages than those of the site.
            if record["written"] != self._written(output):
                return None
            counts = (record["notes"], record["unfinished"])
            return Result(output, record["pages"], record["handouts"], (), tuple(record["languages"]), *counts, True)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _written(self, output: Path) -> str:
        """Return a hash of the Markdown that the site was made from; handouts have none."""
        return "" if self.request.only == "handouts" else _listing(self.request.folder / "pages")

    def record(self, result: Result) -> None:
        """Write down a result."""
        record = {
            "key": self.key,
            "output": result.output.relative_to(self.request.folder).as_posix(),
            "files": _listing(result.output),
            "written": self._written(result.output),
            "pages": result.pages,
            "handouts": result.handouts,
            "languages": [*result.built, *result.reused],
            "notes": result.notes,
            "unfinished": result.unfinished,
        }
        sealed.write(self.path, json.dumps(record).encode())


def _listing(folder: Path) -> str:
    """Return a hash of the names, rights and contents of everything below a folder.

    Contents, not times: a program that changes a page may keep its size and set its time back.
    """
    digest = hashlib.sha256(f"{sealed.is_folder(folder)}\n".encode())
    digest.update(json.dumps(sealed.listing(folder), sort_keys=True).encode())
    for name, seen in sealed.below(folder):
        digest.update(f"{name}\0{stat.filemode(seen.st_mode)}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


# --- the workers -------------------------------------------------------------------------------------------

_course: Course | None = None


def _start_method() -> str:
    """Return how to start workers: forked where that is safe, else fresh ones.

    Forked workers share the loaded course and every imported module with this process. But a library that has started
    threads here (the typesetter does, and some test runners) would wait for them for ever in a forked copy.
    """
    threads = Path("/proc/self/task")
    return "fork" if threads.is_dir() and len(list(threads.iterdir())) == 1 else "spawn"


@contextlib.contextmanager
def _unstopped() -> Iterator[None]:
    """Have whatever would stop this process wait, where the system can."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _stops())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _stops() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def _adopt(course: Course) -> None:
    global _course  # noqa: PLW0603 - a worker process holds the one course it was started for
    # Ctrl-C reaches the whole group; the parent decides and stops its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # as `nohup` leaves it
            signal.signal(number, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _stops())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _course = course


def _end_with_parent() -> None:
    """End this worker when the process that started it has ended, whatever ended it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _handout(sheet: str, target: str) -> None:
    from samspill.render import paper  # noqa: PLC0415

    sealed.write(Path(target), paper.typeset(sheet))


def _references(language: str) -> dict[str, str]:
    """Set all references in a language; return what is to be remembered."""
    from samspill.reading.citations import reference_text  # noqa: PLC0415

    assert _course is not None
    for source in _course.sources.values():
        reference_text(source, language)
    return memory.asked()


def _map(case: str, language: str) -> dict[str, str]:
    """Lay out the map of a case; return what is to be remembered."""
    from samspill.document.parts import Map  # noqa: PLC0415
    from samspill.document.unit import document  # noqa: PLC0415
    from samspill.drawing.map import coordination_map  # noqa: PLC0415

    assert _course is not None
    for part in document(_course, language, "case", case).parts:
        if isinstance(part, Map):
            coordination_map(part)
    return memory.asked()


@dataclass(frozen=True)
class _SiteJob:
    """One language to build: its configuration, where to build, where to leave the result, pages to clean."""

    language: str
    configuration: Path
    target: Path
    finished: Path
    notebooks: tuple[str, ...]


def _site(job: _SiteJob) -> None:
    """Build one language and leave the finished site in the cache."""
    from samspill.making import engine  # noqa: PLC0415
    from samspill.render.web.notebook_article import clean  # noqa: PLC0415

    engine.build(job.configuration, job.target)
    for name in job.notebooks:
        page = job.target / name
        cleaned = clean(page.read_text("utf-8"), job.language)
        page.unlink()
        sealed.put(page, cleaned.encode())
    engine.index(job.target, job.language)
    sealed.seal_folder(job.target, job.finished.name)
    job.target.rename(job.finished)


def _run_notebook(waiting: dict[str, bytes], data: dict[str, bytes], path: str, place: Path) -> dict[str, bytes]:
    from samspill.making import kernel  # noqa: PLC0415 - only when something is to be run

    return kernel.execute_all(waiting, data, path, place=place)


def _typefaces(cache: str, tool: str) -> tuple[Artifact, ...]:
    """Return the site's fonts, cut once for each version of the tool."""
    from samspill.artifact import Artifact  # noqa: PLC0415
    from samspill.render.web import fonts  # noqa: PLC0415

    folder = Path(cache)
    contents = sealed.read(folder / f"{tool[:32]}.json")
    names: list[str] = json.loads(contents) if contents else []
    kept = {name: sealed.read(folder / _face_file(tool, name)) for name in names}
    found = tuple(Artifact(name, data) for name, data in kept.items() if data is not None)
    if not found or len(found) < len(names):
        found = tuple(fonts.fonts())
        for face in found:
            sealed.write(folder / _face_file(tool, face.path), face.data)
        sealed.write(folder / f"{tool[:32]}.json", json.dumps([face.path for face in found]).encode())
    keep(folder, {f"{tool[:32]}.json", *(_face_file(tool, face.path) for face in found)})
    return found


def _face_file(tool: str, path: str) -> str:
    return f"{tool[:32]}-{Path(path).name}"


@dataclass(frozen=True)
class _Notebook:
    """A notebook page on its way: where each language's result stands or will stand, its data, and the run."""

    files: dict[str, Path]
    data: dict[str, bytes]
    run: Future[dict[str, bytes]] | None


@dataclass(frozen=True)
class _Parts:
    """What goes into the sites beside the pages."""

    handouts: Mapping[str, Sequence[HandoutInfo]]
    notebooks: Mapping[str, Sequence[Artifact]]
    fonts: Sequence[Artifact]


def _key(tool: str, chrome: Site, artifacts: Iterable[Artifact]) -> str:
    """Return the hash of everything a language's site is made from."""
    digest = hashlib.sha256(f"{tool}\n{chrome}".encode())
    for artifact in sorted(artifacts, key=lambda each: each.path):
        digest.update(f"\0{artifact.path}\0{len(artifact.data)}\0".encode() + artifact.data)
    return digest.hexdigest()[:32]


# --- the build ---------------------------------------------------------------------------------------------


def checked(root: Path, *, finished: bool = False) -> tuple[Course, list[Problem]]:
    """Load and check a course and return it, completed for readers, with what is unfinished and its notes.

    Raises `ContentError` when there are errors; where it has to be `finished`, also when something is not.
    """
    from samspill.check import check  # noqa: PLC0415
    from samspill.reading.completed import completed  # noqa: PLC0415
    from samspill.source import load  # noqa: PLC0415

    course, problems = load(root)
    if course is not None:
        problems = sorted({*problems, *check(course, problems)})
    bad = errors(problems) + (unfinished(problems) if finished else [])
    if course is None or bad:
        raise ContentError(bad)
    return completed(course), problems


def frame(course: Course, language: str, roots: Mapping[str, str]) -> Site:
    """Return what the engine needs to know of a language beside its pages: title, menu and words."""
    from samspill.making import engine  # noqa: PLC0415
    from samspill.reading.context import Context  # noqa: PLC0415
    from samspill.render import web  # noqa: PLC0415
    from samspill.render.web.notebook import notebook_meta  # noqa: PLC0415

    context = Context(course, language)
    # What other pages say in their front matter, which a notebook page has not.
    metas = {
        f"{unit}.ipynb": notebook_meta(context, page)
        for unit, page in course.pages.items()
        if page.kind == "notebook" and context.translated("page", unit)
    }
    return engine.Site(
        language=language,
        title=context.course_title.split(":")[0],
        description=context.course_title,
        navigation=web.navigation(course, language),
        extra=web.settings(course, language, roots) | {"notebooks": metas},
    )


@dataclass
class _Build:
    request: Request
    stamp: Stamp
    work: Path
    say: Say
    built: tuple[str, ...] = ()
    pdfs: dict[tuple[str, str], Path] = field(default_factory=dict)

    def run(self) -> Result:
        """Do the whole job."""
        self.say("Reading and checking")
        course, problems = checked(self.request.root)
        unknown = [code for code in self.request.languages if code not in course.languages]
        if unknown:
            raise UsageError(
                f"the course has no language {', '.join(unknown)}: choose from {', '.join(course.languages)}"
            )
        languages = self._languages(course)
        if self.request.only != "handouts" and not (self.request.root / "mkdocs.yml").is_file():
            raise UsageError(f"no mkdocs.yml below {self.request.root}: copy it and site_overrides/ from the project")
        with self._workers(course) as pool:
            notebooks = {} if self.request.only == "handouts" else self._start_notebooks(pool, course, languages)
            typefaces = (
                None
                if self.request.only == "handouts"
                else pool.submit(_typefaces, str(self._cache("fonts")), self.stamp.tool)
            )
            self._remember(pool, course, languages)
            none: dict[str, tuple[HandoutInfo, ...]] = dict.fromkeys(languages, ())
            handouts = none | self._handouts(pool, course, self._with_handouts(languages))
            count = sum(len(each) for each in handouts.values())
            left = len(notes(problems)), len(unfinished(problems))
            if self.request.only == "handouts":
                output = self._write_handouts(handouts)
                result = Result(output, 0, count, tuple(languages), (), *left)
            else:
                assert typefaces is not None
                parts = _Parts(handouts, self._notebooks(notebooks, languages), typefaces.result())
                finished = self._sites(pool, course, languages, parts)
                output = self._assemble(course, finished, handouts)
                pages = sum(1 for path in finished.values() for _ in path.rglob("*.html"))
                reused = tuple(language for language in languages if language not in self.built)
                result = Result(output, pages, count, self.built, reused, *left)
        sealed.write(self._memory, memory.dumped().encode())
        self.stamp.record(result)
        return result

    def _languages(self, course: Course) -> tuple[str, ...]:
        """Return the languages to build: those asked for, and those in the site that are not as they were built."""
        asked = self.request.languages
        if not asked or self.request.only == "handouts":
            return asked or course.languages
        known = self._known_parts()
        damaged = {
            code
            for code in course.languages
            if os.path.lexists(self._output / code) and known.get(code, {}).get("files") != self._part(code)
        }
        return tuple(code for code in course.languages if code in asked or code in damaged)

    def _with_handouts(self, languages: Sequence[str]) -> tuple[str, ...]:
        """Return the languages that get handouts: also, of those nobody asked for, the ones that had some."""
        if self.request.only != "site":
            return tuple(languages)
        asked, known = self.request.languages or tuple(languages), self._known_parts()
        return tuple(code for code in languages if code not in asked and known.get(code, {}).get("handouts", True))

    def _part(self, language: str) -> str:
        """Return a hash of the site of a language and of the Markdown it was made from."""
        pages = self.request.folder / "pages"
        parts = [_listing(folder / language) for folder in (self._output, pages) if sealed.is_folder(folder)]
        try:
            written = sealed.plain(pages / f"{language}.yml")
        except OSError:
            written = b""
        return hashlib.sha256("\n".join((*parts, "")).encode() + written).hexdigest()

    @property
    def _output(self) -> Path:
        return self.request.folder / ("edition" if self.request.edition_layout else "site")

    @property
    def _parts_file(self) -> Path:
        return self.request.folder / "cache" / f"{self._output.name}-parts.json"

    def _known_parts(self) -> dict[str, dict[str, Any]]:
        try:
            found = json.loads(sealed.read(self._parts_file) or b"{}")
        except ValueError:
            return {}
        known = found if isinstance(found, dict) else {}
        return {code: part for code, part in known.items() if isinstance(part, dict)}

    @property
    def _memory(self) -> Path:
        return self._cache("memory") / f"{self.stamp.tool[:32]}.json"

    def _remember(self, pool: Executor, course: Course, languages: Sequence[str]) -> None:
        """Bring back what the last build found out slowly; the first time, find it out in all workers at once."""
        if (known := sealed.read(self._memory)) is not None:
            memory.bring(memory.loaded(known.decode("utf-8")))
        else:
            self.say("References and maps: for the first time")
            found = [pool.submit(_references, language) for language in languages]
            for case in course.cases:
                found += [pool.submit(_map, case, code) for code in languages if course.text("case", case, code)]
            for entries in found:
                memory.bring(entries.result())
        keep(self._memory.parent, {self._memory.name})

    @contextlib.contextmanager
    def _workers(self, course: Course) -> Iterator[ProcessPoolExecutor]:
        """Give the worker processes; when anything stops the build, stop them at once."""
        pool = self._pool(course)
        try:
            with _unstopped():
                # Starts them all: one that was started while we are stopped would be nobody's.
                pool.submit(os.getpid)
            yield pool
        except BaseException as error:
            # Killed, not asked: a worker that runs a notebook has handlers of its own and would go on.
            for child in multiprocessing.active_children():
                child.kill()
            # A stop may have come while the pool held its locks: whoever waited for it might wait for ever.
            if isinstance(error, Exception):
                pool.shutdown(cancel_futures=True)
            raise
        else:
            pool.shutdown()

    def _pool(self, course: Course) -> ProcessPoolExecutor:
        context = multiprocessing.get_context(_start_method())
        return ProcessPoolExecutor(self.request.jobs, context, initializer=_adopt, initargs=(course,))

    @property
    def _pages(self) -> Path:
        # Beside the rest of the work, as deep below the root as build/pages, so that relative paths hold in both.
        return self.work.with_name(f"{self.work.name}-pages")

    def _cache(self, name: str) -> Path:
        path = self.request.folder / "cache" / name
        sealed.make_folder(path)
        return path

    # --- handouts

    def _handouts(self, pool: Executor, course: Course, languages: Sequence[str]) -> dict[str, tuple[HandoutInfo, ...]]:
        from samspill.reading.printed import HandoutInfo  # noqa: PLC0415
        from samspill.render import paper  # noqa: PLC0415

        cache = self._cache("handouts")
        wanted: list[tuple[str, Any, Path]] = []
        waiting: list[Future[None]] = []
        for language in languages:
            for handout in paper.handouts(course, language):
                sheet = paper.inputs(course, handout)
                key = hashlib.sha256(f"{self.stamp.tool}\n{sheet}".encode()).hexdigest()[:32]
                path = cache / f"{key}.pdf"
                wanted.append((language, handout, path))
                if sealed.read(path) is None:
                    waiting.append(pool.submit(_handout, sheet, str(path)))
        if waiting:
            self.say(f"Handouts: {len(waiting)} to make, {len(wanted) - len(waiting)} unchanged")
        _wait(waiting)
        infos: dict[str, list[HandoutInfo]] = {language: [] for language in languages}
        for language, handout, path in wanted:
            data = sealed.read(path) or b""
            infos[language].append(
                HandoutInfo(
                    path=handout.path,
                    kind=handout.kind,
                    unit=handout.unit,
                    part=handout.part,
                    pages=paper.page_count(data),
                    size=len(data),
                )
            )
            self.pdfs[language, handout.path] = path
        keep(cache, {path.name for _, _, path in wanted})
        return {language: tuple(each) for language, each in infos.items()}

    def _write_handouts(self, handouts: Mapping[str, Sequence[HandoutInfo]]) -> Path:
        new = self.work / "handouts"
        for (language, name), path in self.pdfs.items():
            target = new / language / Path(name).name
            target.parent.mkdir(parents=True, exist_ok=True)
            _put(path, target)
        output = self.request.folder / "handouts"
        swap(new, output)
        return output

    # --- sites

    def _sites(
        self,
        pool: Executor,
        course: Course,
        languages: Sequence[str],
        parts: _Parts,
    ) -> dict[str, Path]:
        """Return the finished site of each language, building those that are not in the cache."""
        from samspill.artifact import distinct  # noqa: PLC0415
        from samspill.making import engine  # noqa: PLC0415
        from samspill.render import web  # noqa: PLC0415

        cache = self._cache("sites")
        notebooks = parts.notebooks
        finished: dict[str, Path] = {}
        jobs: dict[Future[None], str] = {}
        for language in languages:
            table = {info.path: info for info in parts.handouts[language]}
            roots = self._roots(course, language)
            artifacts = distinct((*web.pages(course, language, table, roots), *notebooks[language]))
            chrome = frame(course, language, roots)
            finished[language] = cache / f"{language}-{_key(self.stamp.tool, chrome, artifacts)}"
            # Written also when the site is there already: whoever looks at them sees what was built last.
            pages = self._pages / language
            write((*artifacts, *parts.fonts), pages)
            configuration = engine.write_configuration(chrome, self.request.root / "mkdocs.yml", pages)
            if sealed.whole_folder(finished[language]):
                continue
            names = [artifact.path for artifact in notebooks[language] if artifact.path.endswith(".ipynb")]
            cleaned = tuple(f"{name.removesuffix('.ipynb')}/index.html" for name in names)
            job = _SiteJob(language, configuration, self.work / f"site-{language}", finished[language], cleaned)
            jobs[pool.submit(_site, job)] = language
        self.built = tuple(jobs.values())
        if jobs:
            same = [language for language in languages if language not in self.built]
            self.say(f"Site: building {', '.join(self.built)}" + (f"; {', '.join(same)} unchanged" if same else ""))
        for future in as_completed(jobs):
            future.result()
            self.say(f"Site: {jobs[future]} done")
        for path in finished.values():
            os.utime(path)
        keep(cache, {path.name for path in finished.values()})
        return finished

    def _roots(self, course: Course, language: str) -> dict[str, str]:
        """Return where the other languages' sites stand, seen from this one's root."""
        if not self.request.edition_layout:
            return {other: f"../{other}/" for other in course.languages if other != language}
        return {other: f"../../{other}/{course.about.edition}/" for other in course.languages if other != language}

    def _start_notebooks(self, pool: Executor, course: Course, languages: Sequence[str]) -> dict[str, _Notebook]:
        """Have the notebook pages run that are not in the cache; return what is to be collected, by page."""
        from samspill.reading.context import Context  # noqa: PLC0415
        from samspill.render.web.notebook import notebook_data, notebook_page, notebook_path  # noqa: PLC0415

        cache = self._cache("notebooks")
        started: dict[str, _Notebook] = {}
        for unit, page in course.pages.items():
            if page.kind != "notebook":
                continue
            raw = course.assets[notebook_path(page)].data
            data = notebook_data(course, raw)
            files: dict[str, Path] = {}
            waiting: dict[str, bytes] = {}
            for language in languages:
                if course.text("page", unit, language) is None:
                    continue
                source = notebook_page(Context(course, language), page, raw, self._roots(course, language))
                digest = hashlib.sha256(self.stamp.tool.encode() + source)
                for name in sorted(data):
                    digest.update(name.encode() + data[name])
                files[language] = cache / f"{digest.hexdigest()[:32]}.ipynb"
                if sealed.read(files[language]) is None:
                    waiting[language] = source
            run = pool.submit(_run_notebook, waiting, data, notebook_path(page), self.work) if waiting else None
            if waiting:
                self.say(f"Notebook: running {unit}")
            started[unit] = _Notebook(files, data, run)
        return started

    def _notebooks(self, started: Mapping[str, _Notebook], languages: Sequence[str]) -> dict[str, list[Artifact]]:
        """Return the executed notebook pages of every language, with the data they use."""
        from samspill.artifact import Artifact  # noqa: PLC0415

        result: dict[str, list[Artifact]] = {language: [] for language in languages}
        for unit, notebook in started.items():
            for language, executed in (notebook.run.result() if notebook.run else {}).items():
                sealed.write(notebook.files[language], executed)
            for language, path in notebook.files.items():
                result[language].append(Artifact(f"{unit}.ipynb", sealed.read(path) or b""))
                result[language] += [Artifact(f"{unit}/{name}", content) for name, content in notebook.data.items()]
        keep(self._cache("notebooks"), {path.name for each in started.values() for path in each.files.values()})
        return result

    # --- the end

    def _assemble(
        self, course: Course, finished: Mapping[str, Path], handouts: Mapping[str, Sequence[HandoutInfo]]
    ) -> Path:
        """Put the whole site together and swap it in; languages that were not asked for stay as they are."""
        from samspill.render.web.chooser import chooser  # noqa: PLC0415

        self.say("Putting it in place")
        output = self._output
        new = self.work / "site"
        new.mkdir()
        published = {code: f"{code}/{course.about.edition}/" for code in course.languages}
        write([chooser(course, published if self.request.edition_layout else None)], new)
        for language in course.languages:
            if language in finished:
                copy_tree(finished[language], new / language)
                for info in handouts[language]:
                    target = new / language / info.path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    _put(self.pdfs[language, info.path], target)
            elif sealed.is_folder(output) and sealed.is_folder(output / language):
                copy_tree(output / language, new / language)
        known = self._known_parts()
        self._keep_pages([code for code in course.languages if code not in finished and (new / code).is_dir()])
        swap(new, output)
        parts = {
            code: {
                "files": self._part(code),
                "handouts": bool(handouts[code]) if code in finished else known.get(code, {}).get("handouts", True),
            }
            for code in course.languages
            if (output / code).is_dir()
        }
        sealed.write(self._parts_file, json.dumps(parts).encode())
        return output

    def _keep_pages(self, others: Iterable[str]) -> None:
        """Leave the Markdown of the site in pages/, for whoever wants to see it or use another engine.

        `others` are the languages whose site stays as it is.
        """
        pages = self.request.folder / "pages"
        new = self._pages
        for language in others:
            copy_tree(pages / language, new / language)
            sealed.put(new / f"{language}.yml", sealed.plain(pages / f"{language}.yml"))
        swap(new, pages)


def _put(kept: Path, target: Path) -> None:
    """Put a file of the cache into its place."""
    data = sealed.read(kept)
    if data is None:
        raise OSError(0, "it was removed from the cache while it was needed", str(kept))
    sealed.put(target, data)


def _wait(futures: Iterable[Future[None]]) -> None:
    for future in futures:
        future.result()
