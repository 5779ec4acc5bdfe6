"""The course as data: frozen values, no reading and no writing.

Every YAML file of a course is one of the models here; the JSON Schemas that
editors use are made from them, so each field says what it is for. `Course`
holds all of it together with the prose. This module imports nothing of the
package but the prose tree.
"""

import os
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Annotated, Any, Literal, Self
from unicodedata import category

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Strict,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import PydanticCustomError

from samspill.prose import Prose, Section

# Pydantic would look for plugins in the metadata of every library that is installed; there are none for it here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

Kind = Literal["module", "case", "worksheet", "pathway", "page"]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]
Grouping = Literal["alone", "pairs", "groups", "roles", "plenary"]
Role = Literal["teaches", "practises", "assesses"]
ROLES: tuple[Role, ...] = ("teaches", "practises", "assesses")
#: Who runs a service.
Level = Literal["municipal", "primary", "specialist", "state", "civil"]
LEVELS: tuple[Level, ...] = ("municipal", "primary", "specialist", "state", "civil")
SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"
#: Folder of each kind of unit, relative to the course root.
FOLDERS: dict[Kind, str] = {
    "module": "course/modules",
    "case": "cases",
    "worksheet": "course/worksheets",
    "pathway": "course/pathways",
    "page": "course/pages",
}

#: Where it is recorded which texts in YAML are translated to a language.
RECORD = "course/translated/{}.yml"

Slug = Annotated[
    str,
    StringConstraints(pattern=SLUG),
    Field(description="Lower-case letters, digits and hyphens; never changed once published.", examples=["my-case"]),
]


def wrong(why: str, remedy: str, *at: str) -> PydanticCustomError:
    """Return the error of a value that has the right form and cannot be true, with what to do about it.

    `at` are the keys that lead to it from what is validated.
    """
    return PydanticCustomError("wrong", "{why}", {"why": why, "remedy": remedy, "at": at})


def _said(text: str) -> str:
    """Raise an error for a text of nothing but spaces and what cannot be seen."""
    if not text[0].isalnum() and all(category(character)[0] in "ZC" for character in text):
        raise wrong("says nothing", "write the text")
    return text


Country = Annotated[
    str,
    StringConstraints(pattern=SLUG),
    Field(description="A country of course/settings/, by the name of its file.", examples=["no"]),
]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, pattern=r"^[^\r\n\x00]*$"),
    AfterValidator(_said),
]
Address = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=600)]
Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2}$"), Field(description="ISO 639-1 code.", examples=["nb"])
]
Words = Annotated[
    dict[Language, Line],
    Field(description="One text per language.", examples=[{"en": "role map", "nb": "rollekart"}]),
]
Minutes = Annotated[int, Strict(), Field(ge=1, le=6000, description="Minutes, a whole number.", examples=[20])]
Slugs = tuple[Slug, ...]
#: Years that a source, a fact or an edition can be of: what lies outside is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 1000, 2199
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def _real(year: int, month: int | None = None, day: int | None = None) -> None:
    """Raise an error for a date that no calendar has."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        why = f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}"
        raise wrong(why, "write a year of four digits, such as 2026")
    if month is None:
        if day is not None:
            raise wrong("a day without a month", "add month:, or remove day:")
        return
    if not 1 <= month <= 12:
        raise wrong(f"there is no month {month}", "write a month from 1 to 12")
    days = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= days:
        raise wrong(f"{_MONTHS[month - 1]} {year} has no day {day}", f"write a day from 1 to {days}")


def _date(text: str) -> str:
    try:
        _real(*map(int, text.split("-")))
    except PydanticCustomError as error:
        context = error.context or {}
        raise wrong(f"{text!r}: {context['why']}", str(context["remedy"])) from None
    return text


def _sourced(keys: Slugs) -> Slugs:
    """Raise an error where nothing says where something is known from."""
    if not keys:
        raise wrong("names no source", "name the source of course/sources.yml that says so")
    return keys


def _edition(text: str) -> str:
    _date(text.partition(".")[0])
    return text



class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


# --- course.yml ---------------------------------------------------------------------------------------------


class LanguageEntry(_Data):
    """A language the course is written in or translated to."""

    code: Language
    name: Line = Field(description="The language's own name for itself.", examples=["Norsk bokmål"])
    complete: Annotated[bool, Strict()] = Field(
        default=False, description="Declared complete: a missing or stale translation is then an error, not a note."
    )


class Licence(_Data):
    """Under which terms the course may be used."""

    name: Line = Field(description="What it is called.", examples=["CC BY-SA 4.0"])
    url: Address | None = Field(
        default=None,
        description="Where it can be read.",
        examples=["https://creativecommons.org/licenses/by-sa/4.0/"],
    )


class CourseFile(_Data):
    """course/course.yml: identity, edition, languages and the order of everything."""

    id: Slug
    title: Words = Field(description="The course's title, with its subtitle after a colon.")
    edition: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{4}\.[1-9][0-9]?$"), AfterValidator(_edition)
    ] = Field(description="Year and number of the edition, in quotes.", examples=["2026.1"])
    released: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_date)
    ] = Field(
        description="Day of the edition; handouts carry it as their document date.", examples=["2026-11-21"]
    )
    publisher: Line = Field(description="Whom to name when the course is cited.", examples=["The course group"])
    licence: Licence | None = Field(default=None, description="Named on every page, on every handout and in citations.")
    mark: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.svg$")] | None = Field(
        default=None,
        description="A drawing beside this file, shown beside the course's name and as the icon of its pages.",
        examples=["mark.svg"],
    )
    fiction: Words = Field(
        default_factory=dict,
        description="What every page and the sheets of a case say of people and places in the cases, in place of the "
        "tool's own words.",
    )
    privacy: Words = Field(
        default_factory=dict,
        description="What the foot of every page says of privacy, in place of the tool's own words.",
    )
    languages: Annotated[tuple[LanguageEntry, ...], Field(min_length=1)] = Field(
        description="The first language is the source of all the others."
    )
    modules: Slugs = ()
    cases: Slugs = ()
    worksheets: Slugs = ()
    pathways: Slugs = ()
    pages: Slugs = ()


# --- look.yml -----------------------------------------------------------------------------------------------

Colour = Annotated[
    str, StringConstraints(pattern=r"^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$"), Field(examples=["#0b4a5a"])
]
Grey = Annotated[int, Strict(), Field(ge=0, le=100)]


class Scheme(_Data):
    """Colours of a web page, by what has them; those that are not named stay as they are."""

    model_config = ConfigDict(populate_by_name=True)

    paper: Colour | None = Field(default=None, description="The ground of a page.")
    card: Colour | None = Field(default=None, description="The ground of what lies on it: panels, boxes, menus.")
    ink: Colour | None = Field(default=None, description="Words.")
    muted: Colour | None = Field(default=None, description="Words said in passing.")
    line: Colour | None = Field(default=None, description="Lines that only divide.")
    edge: Colour | None = Field(default=None, description="Borders of what can be pressed.")
    fjord: Colour | None = Field(default=None, description="Words of the first colour: links, headings.")
    fjord_2: Colour | None = Field(
        default=None, alias="fjord-2", description="The first strand, and what has the focus."
    )
    lingon: Colour | None = Field(default=None, description="The second strand, and what is missing or does not fit.")
    moss: Colour | None = Field(default=None, description="The third strand, and what fits.")
    amber: Colour | None = Field(default=None, description="What is for the facilitator.")
    mist: Colour | None = Field(default=None, description="A quiet ground: code, labels, heads of tables.")
    rose: Colour | None = Field(default=None, description="The ground of an answer that does not fit.")
    leaf: Colour | None = Field(default=None, description="The ground of key points, and of an answer that fits.")
    straw: Colour | None = Field(default=None, description="The ground of what is for the facilitator.")
    ground: Colour | None = Field(default=None, description="Behind a picture, whose lines may be black.")


class Greys(_Data):
    """Greys of a printed sheet, in per cent of white."""

    ink: Grey | None = Field(default=None, description="What is read.")
    quiet: Grey | None = Field(default=None, description="What is said in passing.")
    line: Grey | None = Field(default=None, description="Lines.")
    facilitator: Grey | None = Field(default=None, description="The line of what is for the facilitator.")
    cut: Grey | None = Field(default=None, description="Where to cut.")


class LookFile(_Data):
    """course/look.yml: colours of the course's own, over those of the tool; there may be none."""

    light: Scheme = Field(default=Scheme(), description="A page by day.")
    dark: Scheme = Field(default=Scheme(), description="A page by night.")
    print: Scheme = Field(default=Scheme(), description="A page that a browser prints.")
    sheet: Greys = Field(default=Greys(), description="Handouts, which are black and grey on any printer.")


# --- objectives, glossary, sources --------------------------------------------------------------------------


class Objective(_Data):
    """A learning objective."""

    id: Slug
    bloom: Bloom = Field(description="Level in the revised Bloom taxonomy (Anderson & Krathwohl 2001).")
    eqf: Literal[6, 7] = Field(description="Level in the European Qualifications Framework: 6 bachelor, 7 master.")
    domain: Literal["knowledge", "skills", "general-competence"]
    ipec: tuple[
        Literal["values-and-ethics", "roles-and-responsibilities", "communication", "teams-and-teamwork"], ...
    ] = Field(default=(), description="Competency areas of IPEC (2023).")
    short: Words = Field(description="A few words for a link, without a full stop.")
    statement: Words = Field(description="The whole objective; its first word is the verb.")


class ObjectivesFile(_Data):
    """course/objectives.yml."""

    objectives: tuple[Objective, ...]


class Term(_Data):
    """A glossary entry."""

    id: Slug
    word: Words
    also: dict[Language, tuple[Line, ...]] = Field(default_factory=dict, description="Other words people search for.")
    definition: Words
    note: Words = Field(default_factory=dict, description="How the scope differs between countries.")
    country: Country | None = Field(default=None, description="Set for an institution of one country only.")
    sources: Slugs = ()


class GlossaryFile(_Data):
    """course/glossary.yml."""

    terms: tuple[Term, ...]


class Name(_Data):
    """An author or editor in CSL: a person, or a body as `literal`."""

    family: Line | None = None
    given: Line | None = None
    literal: Line | None = None
    particle: Annotated[Line | None, Field(alias="non-dropping-particle")] = None
    model_config = ConfigDict(populate_by_name=True)


class Date(_Data):
    """When a source was issued."""

    year: Annotated[int, Strict()]
    month: Annotated[int, Strict(), Field(ge=1, le=12)] | None = None
    day: Annotated[int, Strict(), Field(ge=1, le=31)] | None = None
    circa: Annotated[bool, Strict()] = False

    @model_validator(mode="after")
    def real(self) -> Self:
        """Raise an error for a date that no calendar has."""
        _real(self.year, self.month, self.day)
        return self


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Number = Annotated[Line | None, BeforeValidator(_text)]


class Source(_Data):
    """A source in CSL variables, with how it was seen."""

    model_config = ConfigDict(populate_by_name=True)

    id: Slug
    type: Line = Field(description="A CSL type.", examples=["article-journal"])
    title: Line
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    issued: Date | None = None
    container_title: Annotated[Line | None, Field(alias="container-title")] = None
    event_title: Annotated[Line | None, Field(alias="event-title")] = None
    publisher: Line | None = None
    publisher_place: Annotated[Line | None, Field(alias="publisher-place")] = None
    volume: Number = None
    issue: Number = None
    page: Number = None
    number: Number = None
    edition: Number = None
    genre: Line | None = None
    language: Language | None = None
    doi: Annotated[
        str | None, StringConstraints(pattern=r"^10\.[0-9]{4,9}/[^\s]+$", max_length=300), Field(alias="DOI")
    ] = Field(default=None, description="The DOI alone.", examples=["10.5334/ijic.5606"])
    isbn: Annotated[Line | None, Field(alias="ISBN")] = None
    url: Annotated[Address | None, Field(alias="URL")] = None
    short: Line = Field(description="Its name in running text.", examples=["WHO framework"])
    seen: Literal["seed", "page", "secondary"] = Field(
        description="seed: a founding document; page: the text itself was read; secondary: read through summaries."
    )
    remark: Words = Field(default_factory=dict, description="What was not read, and known problems.")


class SourcesFile(_Data):
    """course/sources.yml."""

    seed: Words = Field(default_factory=dict, description="What the founding documents are, above the list of them.")
    references: tuple[Source, ...]


# --- settings -----------------------------------------------------------------------------------------------


class Forms(_Data):
    """A service's name in the forms a sentence needs."""

    bare: Annotated[Line, StringConstraints(max_length=28)] = Field(description="Short label, as on a map.")
    a: Line = Field(description="Indefinite form.", examples=["a district psychiatric centre"])
    the: Line = Field(description="Definite form.", examples=["the district psychiatric centre"])
    whose: Line = Field(description="Definite genitive.", examples=["the district psychiatric centre's"])


class Service(_Data):
    """A service role in one country."""

    id: Slug
    level: Level
    term: Slug | None = Field(default=None, description="Glossary entry that explains it.")
    forms: dict[Language, Forms]


class Instrument(_Data):
    """A plan, right or meeting form of one country."""

    id: Slug
    name: Words
    note: Words
    sources: Slugs = ()


class Fact(_Data):
    """A fact about law or organisation, with the month it was true in."""

    id: Slug
    as_of: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$"),
        BeforeValidator(_text),
        AfterValidator(_date),
    ]
    text: Words
    sources: Annotated[Slugs, AfterValidator(_sourced), Field(json_schema_extra={"minItems": 1})]


class Setting(_Data):
    """course/settings/<country>.yml: what services are called where a case is set."""

    country: Country
    name: Words
    services: tuple[Service, ...]
    instruments: tuple[Instrument, ...] = ()
    facts: tuple[Fact, ...] = ()

    def service(self, service_id: str) -> Service | None:
        """Return the service with this id, or None."""
        return next((s for s in self.services if s.id == service_id), None)

    def cited(self) -> Iterator[Slugs]:
        """Yield the sources of each instrument and each fact."""
        yield from (instrument.sources for instrument in self.instruments)
        yield from (fact.sources for fact in self.facts)


# --- what is translated ------------------------------------------------------------------------------------


class TranslatedFile(_Data):
    """course/translated/<language>.yml: which text of the source each text in YAML translates; never by hand."""

    texts: dict[
        Line,
        dict[
            Line,
            Annotated[
                str,
                StringConstraints(pattern=r"^[0-9a-f]{12}$"),
                Field(description="Digest of the source's text, white space aside.", examples=["4c5824ae234f"]),
            ],
        ],
    ] = Field(
        default_factory=dict,
        description="By file and by name; `samspill translated FILE --language CODE` writes them.",
        examples=[{"course/glossary.yml": {"coordinator.definition": "4c5824ae234f"}}],
    )


# --- units: modules, cases, worksheets, pathways, pages -----------------------------------------------------


class _Practice(_Data):
    """What serves objectives."""

    teaches: Slugs = ()
    practises: Slugs = ()
    assesses: Slugs = ()

    def serves(self) -> Iterator[tuple[Role, str]]:
        """Yield each role with each objective it serves."""
        for role in ROLES:
            for objective in getattr(self, role):
                yield role, objective


class Question(_Data):
    """A quiz question; its words and the feedback on each option stand in the prose."""

    id: Slug
    bloom: Bloom
    options: Annotated[Slugs, Field(min_length=2)]
    key: Annotated[Slugs, Field(min_length=1)] = Field(description="The right options.")


class Activity(_Practice):
    """A part of a module that takes time."""

    id: Slug
    kind: Literal["reading", "discussion", "exercise", "quiz", "reflection", "notebook"]
    minutes: Minutes
    grouping: Grouping = "alone"
    case: Slug | None = None
    worksheet: Slug | None = None
    page: Slug | None = Field(default=None, description="The notebook page this activity works on.")
    questions: tuple[Question, ...] = ()

    def takes(self) -> tuple[tuple[Kind, str], ...]:
        """Return what the activity works on, as kind and id."""
        wanted: tuple[tuple[Kind, str | None], ...] = (
            ("case", self.case),
            ("worksheet", self.worksheet),
            ("page", self.page),
        )
        return tuple((kind, unit) for kind, unit in wanted if unit)


class Figure(_Data):
    """A drawing made from structure at build time; its words stand in the prose, below `figure`."""

    kind: Literal["continuum", "cycle", "levels", "matrix", "hub"] = Field(
        description="continuum: points on a line; cycle: steps in a ring; levels: layers, top first; "
        "matrix: rows and columns; hub: the first part in the middle, the others around it."
    )
    parts: Annotated[Slugs, Field(max_length=8)] = Field(default=(), description="Not for a matrix.")
    rows: Annotated[Slugs, Field(max_length=4)] = ()
    columns: Annotated[Slugs, Field(max_length=4)] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """Ids of everything in the figure that has words; a matrix cell is `row-column`."""
        cells = tuple(f"{row}-{column}" for row in self.rows for column in self.columns)
        return (*self.parts, *self.rows, *self.columns, *cells)


class Module(_Data):
    """course/modules/<id>/module.yml."""

    id: Slug
    eqf: Literal[6, 7]
    objectives: Slugs
    figure: Figure | None = None
    activities: tuple[Activity, ...]
    sources: Slugs = ()

    @property
    def minutes(self) -> int:
        """Minutes of all activities together."""
        return sum(activity.minutes for activity in self.activities)

    def activity(self, part: str) -> Activity | None:
        """Return the activity with this id, or None."""
        return next((a for a in self.activities if a.id == part), None)


class Provenance(_Data):
    """Where a case comes from."""

    kind: Literal["fictional"] = "fictional"
    reviewed: tuple[Line, ...] = Field(default=(), description="Who has read it, with their consent to be named.")
    adapted_from: Slug | None = Field(default=None, description="The case of the course that it was made from.")


class Named(_Data):
    """A person or place in a case that a workshop may rename."""

    name: Line
    age: Annotated[int, Strict(), Field(ge=0, le=120)] | None = None


class Actor(_Data):
    """A service, or a private person, with a part in the case."""

    id: Slug
    service: Slug | None = Field(default=None, description="A service role of the setting.")
    name: Slug | None = Field(default=None, description="Or a key of `names`, for someone close to the person.")


class Tie(_Data):
    """A tie between two actors, or an actor and `person`."""

    model_config = ConfigDict(populate_by_name=True)

    source: Annotated[Slug, Field(alias="from")]
    target: Annotated[Slug, Field(alias="to")]
    kind: Literal[
        "referral", "information", "plan", "meeting", "follow-up", "treatment", "support", "agreement", "trust"
    ]
    state: Literal["working", "irregular", "missing"]


class Stage(_Data):
    """A part of the story, told in order."""

    id: Slug
    minutes: Minutes
    actors: Slugs = ()
    after: Annotated[str, StringConstraints(pattern=r"^P([1-9][0-9]{0,2}[DWMY])$")] | None = Field(
        default=None, description="Time since the stage before, ISO 8601.", examples=["P3W"]
    )


class Prompt(_Practice):
    """A question to work on."""

    id: Slug
    stage: Slug
    minutes: Minutes
    grouping: Grouping
    bloom: Bloom


class Case(_Data):
    """cases/<id>/case.yml."""

    id: Slug
    setting: Country
    minutes: Minutes
    provenance: Provenance
    content_notes: tuple[
        Literal[
            "relapse", "self-harm", "overdose", "suicide", "violence", "coercion", "loss-of-home", "death", "illness"
        ],
        ...,
    ] = ()
    modules: Slugs = ()
    objectives: Slugs
    names: dict[Slug, Named]
    actors: tuple[Actor, ...]
    ties: tuple[Tie, ...] = ()
    stages: Annotated[tuple[Stage, ...], Field(min_length=1)]
    roles: Slugs = ()
    prompts: tuple[Prompt, ...]
    sources: Slugs = ()

    def actor(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, or None."""
        return next((a for a in self.actors if a.id == actor_id), None)

    def prompt(self, part: str) -> Prompt | None:
        """Return the prompt with this id, or None."""
        return next((p for p in self.prompts if p.id == part), None)

    def stage(self, part: str) -> Stage | None:
        """Return the stage with this id, or None."""
        return next((s for s in self.stages if s.id == part), None)

    @property
    def parts_minutes(self) -> int:
        """Minutes of all stages and prompts together."""
        return sum(s.minutes for s in self.stages) + sum(p.minutes for p in self.prompts)


class WorksheetField(_Data):
    """Something to fill in."""

    model_config = ConfigDict(populate_by_name=True)

    id: Slug
    kind: Literal["lines", "space", "table", "choice", "scale"] = Field(
        description="lines to write on; a space to draw in; a table to fill in; boxes to tick; a scale to mark."
    )
    lines: Annotated[int, Strict(), Field(ge=1, le=40)] | None = Field(
        default=None, description="Lines to write on, or the height of a space in lines of 8 mm."
    )
    columns: Slugs = ()
    rows: Annotated[int, Strict(), Field(ge=1, le=30)] | None = Field(
        default=None, description="Empty rows of a table."
    )
    options: Slugs = ()
    low: Annotated[Annotated[int, Strict()] | None, Field(alias="from")] = None
    high: Annotated[Annotated[int, Strict()] | None, Field(alias="to")] = None

    @property
    def line_count(self) -> int:
        """Lines to write on, or the height of a space in lines."""
        return self.lines or (8 if self.kind == "space" else 3)

    @property
    def row_count(self) -> int:
        """Empty rows of a table."""
        return self.rows or 4

    @property
    def steps(self) -> range:
        """The values of a scale, both ends included."""
        return range(self.low or 0, (self.high or 0) + 1)

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Raise `ValueError` for a field that would print as nothing, or as something nobody could fill in."""
        if self.kind == "table" and not 1 <= len(self.columns) <= 6:
            raise ValueError("a table to fill in has one to six columns:")
        if self.kind == "choice" and len(self.options) < 2:
            raise ValueError("a choice has two options: or more")
        if self.kind == "scale" and (self.low is None or self.high is None or not 1 <= self.high - self.low <= 10):
            raise ValueError("a scale has from: and to:, with two to eleven values")
        return self


class Worksheet(_Practice):
    """course/worksheets/<id>/worksheet.yml."""

    id: Slug
    minutes: Minutes
    grouping: Grouping
    signed: bool = Field(
        default=True,
        description="Whether a line for a name or a group is printed; false for a sheet that the person keeps.",
    )
    fields: tuple[WorksheetField, ...]
    sources: Slugs = ()


class Item(_Data):
    """A part of a session: something of the course to do, or a welcome, a break, a closing round."""

    model_config = ConfigDict(populate_by_name=True)

    use: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(#[a-z0-9][a-z0-9-]*)?$")] | None = Field(
        default=None,
        description="module#activity, case#stage, case#prompt or a worksheet.",
        examples=["my-case#situation"],
    )
    minutes: Minutes | None = Field(default=None, description="Only for a part that has no minutes of its own.")
    pause: Annotated[Minutes | None, Field(alias="break")] = None
    welcome: Minutes | None = Field(default=None, description="Minutes to arrive and begin.")
    closing: Minutes | None = Field(default=None, description="Minutes for the closing round.")

    def frame(self) -> tuple[str, int] | None:
        """Return the word and the minutes of an item that is nothing of the course's: `("break", 15)`."""
        said = (("break", self.pause), ("welcome", self.welcome), ("closing", self.closing))
        return next(((word, minutes) for word, minutes in said if minutes is not None), None)


class Session(_Data):
    """A meeting, or a unit to take alone."""

    id: Slug
    minutes: Minutes
    items: tuple[Item, ...]


class Hours(_Data):
    """Hours beside the sessions, which are computed."""

    self_study: Annotated[int, Strict(), Field(ge=0, le=2000)]
    assessment: Annotated[int, Strict(), Field(ge=0, le=500)] = 0


class Pathway(_Data):
    """course/pathways/<id>/pathway.yml."""

    id: Slug
    eqf: Literal[6, 7] | None = None
    ects: Annotated[float, Strict(), Field(ge=0, le=60, allow_inf_nan=False)] = 0
    audience: tuple[Literal["students", "staff", "managers", "user-organisations"], ...] = ()
    objectives: Slugs
    hours: Hours | None = Field(default=None, description="Own study and assessment; needed with ects.")
    rubric: Slugs = Field(
        default=(), description="Assessed objectives, each with a rubric of four levels in the prose."
    )
    sessions: tuple[Session, ...]


class Page(_Data):
    """course/pages/<id>/page.yml: only for pages that are more than prose."""

    id: Slug
    kind: Literal["prose", "notebook"] = "prose"
    handout: bool = Field(default=False, description="Whether the page is also printed.")
    notebook: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.ipynb$")] | None = None
    teaches: Slugs = ()
    practises: Slugs = ()
    assesses: Slugs = ()
    sources: Slugs = ()

    @model_validator(mode="after")
    def whole(self) -> Self:
        """Raise an error for a notebook page without a notebook, and for a notebook that no page would show."""
        if self.kind == "notebook" and self.notebook is None:
            raise wrong("a notebook page names its notebook", "add notebook: and the name of its file", "kind")
        if self.kind != "notebook" and self.notebook is not None:
            raise wrong("only a notebook page shows one", "write kind: notebook, or remove notebook:", "notebook")
        if self.kind == "notebook" and self.id == "home":
            raise wrong("the first page is no notebook", "give the notebook a page of its own, and link to it", "kind")
        return self


def _grouped(value: Any) -> str:
    """Tell whether a label is a group of labels: it holds tables, where a label holds texts."""
    return GROUPED if isinstance(value, Mapping) and any(isinstance(each, Mapping) for each in value.values()) else SAID


#: How pydantic calls the two forms of a label.
SAID, GROUPED = "(label)", "(group)"
Label = Annotated[
    Annotated[Words, Tag(SAID)] | Annotated[dict[str, Words], Tag(GROUPED)], Discriminator(_grouped)
]
Labels = dict[str, Label]


class LabelsFile(_Data):
    """course/pages/<id>/labels.yml: what the code of a notebook prints, under the names that it has there."""

    labels: Labels = Field(
        description="A text per language under each name; names may be grouped under another.",
        examples=[{"median": {"en": "Median", "sv": "Median"}, "groups": {"both": {"en": "Everyone", "nb": "Alle"}}}],
    )


Unit = Module | Case | Worksheet | Pathway | Page
SCHEMAS: dict[str, type[BaseModel]] = {
    "course": CourseFile,
    "look": LookFile,
    "objectives": ObjectivesFile,
    "glossary": GlossaryFile,
    "sources": SourcesFile,
    "setting": Setting,
    "translated": TranslatedFile,
    "module": Module,
    "case": Case,
    "worksheet": Worksheet,
    "pathway": Pathway,
    "page": Page,
    "labels": LabelsFile,
}

# --- the whole ----------------------------------------------------------------------------------------------

#: Position of every value of a YAML file: path of keys and indexes → (line, column).
Marks = Mapping[tuple[str | int, ...], tuple[int, int]]


@dataclass(frozen=True)
class Asset:
    """A file that goes with a page: a notebook, a picture or a data table."""

    path: str
    data: bytes
    size: tuple[int, int] | None = None  # width and height in pixels of a picture
    letters: tuple[tuple[int, str], ...] = ()  # what is written in a drawing, with lines


@dataclass(frozen=True)
class Wording:
    """One text of a YAML file in each of its languages, as typed: a term's definition, a service's forms.

    `name` is made of ids and stays when entries move; `keys` lead to the text in its file.
    """

    path: str
    name: str
    keys: tuple[str | int, ...]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Used:
    """What a session item refers to: its kind, unit, part, minutes and the objectives it serves."""

    kind: Kind
    unit: str
    part: str
    minutes: int | None
    serves: tuple[tuple[Role, str], ...]


@dataclass(frozen=True)
class Course:
    """A whole course: structure, prose in every language, and where everything stood."""

    about: CourseFile
    objectives: Mapping[str, Objective]
    terms: Mapping[str, Term]
    sources: Mapping[str, Source]
    settings: Mapping[str, Setting]
    modules: Mapping[str, Module]
    cases: Mapping[str, Case]
    worksheets: Mapping[str, Worksheet]
    pathways: Mapping[str, Pathway]
    pages: Mapping[str, Page]
    prose: Mapping[tuple[Kind, str, str], Prose]
    seed: Mapping[str, str] = field(default_factory=dict)
    #: What look.yml says, by scheme and name; only what it says.
    look: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    #: What the code of a notebook prints, by page and name.
    labels: Mapping[str, Labels] = field(default_factory=dict)
    assets: Mapping[str, Asset] = field(default_factory=dict)
    marks: Mapping[str, Marks] = field(default_factory=dict)
    wordings: tuple[Wording, ...] = ()
    #: By language, file and name: the digest of the source's text that was translated.
    recorded: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @property
    def mark(self) -> Asset | None:
        """The mark of the course, or None when it has none of its own."""
        return self.assets.get(f"course/{self.about.mark}") if self.about.mark else None

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Language codes, the source language first."""
        return tuple(entry.code for entry in self.about.languages)

    @property
    def source_language(self) -> str:
        """The language everything is written in first."""
        return self.languages[0]

    def complete(self, language: str) -> bool:
        """Tell whether a language is declared complete (the source language always is)."""
        return language == self.source_language or any(
            entry.complete for entry in self.about.languages if entry.code == language
        )

    def reduced(self, languages: tuple[str, ...]) -> Self:
        """Return the course as if it were written in some of its languages only."""
        entries = tuple(entry for entry in self.about.languages if entry.code in languages)
        about = self.about.model_copy(update={"languages": entries})
        return replace(self, about=about, prose={key: text for key, text in self.prose.items() if key[2] in languages})

    def units(self, kind: Kind) -> Mapping[str, Unit]:
        """Return the units of a kind, in course order."""
        tables: dict[Kind, Mapping[str, Unit]] = {
            "module": self.modules,
            "case": self.cases,
            "worksheet": self.worksheets,
            "pathway": self.pathways,
            "page": self.pages,
        }
        return tables[kind]

    def text(self, kind: Kind, unit: str, language: str) -> Prose | None:
        """Return a unit's prose in a language, or None when it is not translated."""
        return self.prose.get((kind, unit, language))

    def section(self, kind: Kind, unit: str, part: str, language: str) -> Section | None:
        """Return one section of a unit's prose, or None."""
        prose = self.text(kind, unit, language)
        return prose.get(part) if prose else None

    def structure_path(self, kind: Kind, unit: str) -> str:
        """Return the path of a unit's YAML file, relative to the course root."""
        return f"{FOLDERS[kind]}/{unit}/{kind}.yml"

    def prose_path(self, kind: Kind, unit: str, language: str) -> str:
        """Return the path of a unit's prose file, relative to the course root."""
        return f"{FOLDERS[kind]}/{unit}/{language}.md"

    def labels_path(self, page: str) -> str:
        """Return the path of what the notebook of a page prints, relative to the course root."""
        return f"{FOLDERS['page']}/{page}/labels.yml"

    def record_path(self, language: str) -> str:
        """Return the path of the record of the texts in YAML that were translated to a language."""
        return RECORD.format(language)

    def used(self, reference: str) -> Used | None:
        """Resolve `module#activity`, `case#stage`, `case#prompt` or `worksheet`; None when nothing has that name."""
        if reference not in self._resolved:
            self._resolved[reference] = self._used(reference)
        return self._resolved[reference]

    @cached_property
    def _resolved(self) -> dict[str, Used | None]:
        return {}

    def _used(self, reference: str) -> Used | None:
        unit, _, part = reference.partition("#")
        if (module := self.modules.get(unit)) and part:
            if activity := module.activity(part):
                return Used("module", unit, part, activity.minutes, tuple(activity.serves()))
            if self.section("module", unit, part, self.source_language):
                return Used("module", unit, part, None, ())
        if (case := self.cases.get(unit)) and part:
            if prompt := case.prompt(part):
                return Used("case", unit, part, prompt.minutes, tuple(prompt.serves()))
            if stage := case.stage(part):
                return Used("case", unit, part, stage.minutes, ())
        if (worksheet := self.worksheets.get(unit)) and not part:
            return Used("worksheet", unit, "", worksheet.minutes, tuple(worksheet.serves()))
        return None

    def serving(self, objective: str) -> tuple[tuple[Role, Kind, str, str], ...]:
        """Return where an objective is served: role, kind, unit and part, in course order."""
        return self._served.get(objective, ())

    @cached_property
    def _served(self) -> Mapping[str, tuple[tuple[Role, Kind, str, str], ...]]:
        parts: list[tuple[Kind, str, str, _Practice]] = []
        parts += [("module", unit.id, each.id, each) for unit in self.modules.values() for each in unit.activities]
        parts += [("case", unit.id, each.id, each) for unit in self.cases.values() for each in unit.prompts]
        parts += [("worksheet", unit.id, "", unit) for unit in self.worksheets.values()]
        found: dict[str, list[tuple[Role, Kind, str, str]]] = {}
        for kind, name, part, practice in parts:
            for role, objective in practice.serves():
                found.setdefault(objective, []).append((role, kind, name, part))
        return {objective: tuple(places) for objective, places in found.items()}

    def plans(self, kind: Kind, unit: str) -> tuple[str, ...]:
        """Return the pathways that use a unit or a part of it."""
        return self._plans.get((kind, unit), ())

    @cached_property
    def _plans(self) -> Mapping[tuple[Kind, str], tuple[str, ...]]:
        found: dict[tuple[Kind, str], dict[str, None]] = {}
        for plan in self.pathways.values():
            for item in (item for session in plan.sessions for item in session.items if item.use):
                if used := self.used(item.use or ""):
                    found.setdefault((used.kind, used.unit), {})[plan.id] = None
        return {unit: tuple(plans) for unit, plans in found.items()}


def item_minutes(course: Course, item: Item) -> int:
    """Return the minutes of a session item: its frame's, the part's own, or those typed beside it."""
    if frame := item.frame():
        return frame[1]
    used = course.used(item.use or "")
    return (used.minutes if used and used.minutes is not None else item.minutes) or 0


def session_minutes(course: Course, session: Session) -> int:
    """Return the minutes of all items of a session, breaks included."""
    return sum(item_minutes(course, item) for item in session.items)


def first_sections(case_or_module: Case | Module | Worksheet | Pathway) -> tuple[str, ...]:
    """Return the ids of the sections that the structure asks of the prose, in order."""
    match case_or_module:
        case Module() as module:
            wanted = ["opening"]
            if module.figure:
                wanted += ["figure", *(f"figure.{label}" for label in module.figure.labels)]
            for activity in module.activities:
                wanted.append(activity.id)
                for question in activity.questions:
                    wanted.append(f"{activity.id}.{question.id}")
                    wanted += [f"{activity.id}.{question.id}.{option}" for option in question.options]
                if activity.kind in ("discussion", "exercise"):
                    wanted.append(f"{activity.id}.facilitator")
            return (*wanted, "key-points", "further-reading")
        case Case() as case:
            wanted = []
            for stage in case.stages:
                wanted.append(stage.id)
                for prompt in case.prompts:
                    if prompt.stage == stage.id:
                        wanted += [prompt.id, f"{prompt.id}.facilitator"]
            wanted += ["outcome", *(f"role.{role}" for role in case.roles), "guide", "adapting"]
            return tuple(wanted)
        case Worksheet() as worksheet:
            wanted = ["guidance"]
            for part in worksheet.fields:
                wanted.append(part.id)
                wanted += [f"{part.id}.{column}" for column in (*part.columns, *part.options)]
                if part.kind == "scale":
                    wanted += [f"{part.id}.low", f"{part.id}.high"]
            return (*wanted, "origin")
        case Pathway() as pathway:
            wanted = ["overview"]
            for session in pathway.sessions:
                wanted += [session.id, f"{session.id}.facilitator"]
            if pathway.rubric:
                wanted += ["assessment", *(f"rubric.{objective}" for objective in pathway.rubric)]
            return tuple(wanted)


def is_slug(text: str) -> bool:
    """Tell whether a text may be an id."""
    return re.fullmatch(SLUG, text) is not None
