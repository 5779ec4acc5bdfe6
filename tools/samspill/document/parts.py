"""What units of a course are made of, as said in one language.

A part says for whom it is. It holds its words and the structure behind them (minutes, numbers, roles), so that an
output chooses what it shows and how, and never what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from samspill.document.country import Background
from samspill.document.tree import Blocks, Words
from samspill.model import Role

#: Whom a part is for: everybody; the one who leads; those who learn only later, when they have done the task (the one
#: who leads at any time); or the one who holds a card.
Audience = Literal["both", "facilitator", "later", "holder"]
#: The places of sections of text in their units.
Where = Literal[
    "opening", "key-points", "further-reading", "outcome", "guide", "adapting", "overview", "assessment", "rubric",
    "guidance", "origin", "lead", "section",
]  # fmt: skip
State = Literal["working", "irregular", "missing"]


@dataclass(frozen=True)
class Aim:
    """A learning objective: a link by its short words, and the whole of it with its verb apart."""

    id: str
    link: Words
    short: Words
    verb: str
    rest: str
    language: str
    """The language of the statement when that is not the document's, or nothing."""


@dataclass(frozen=True)
class Serving:
    """An objective that a part serves, in which roles, and how those are said: "practises and assesses"."""

    aim: Aim
    roles: tuple[Role, ...]
    said: str


@dataclass(frozen=True)
class Notes:
    """What the one who leads is told beside a task; `label` says that it is for them."""

    id: str
    label: str
    body: Blocks
    audience: Audience = "facilitator"


@dataclass(frozen=True)
class Passage:
    """A section of text with its place in the unit: `opening`, `outcome`, `guide`, `rubric` and so on."""

    place: Where
    id: str
    title: Words
    body: Blocks
    note: str = ""
    """What is said below its title, or nothing."""
    notes: Notes | None = None
    audience: Audience = "both"
    kind: Literal["passage"] = "passage"


@dataclass(frozen=True)
class Prompt:
    """A question to work on."""

    id: str
    title: Words
    body: Blocks
    grouping: str
    minutes: int
    time: str
    serves: tuple[Serving, ...]
    notes: Notes | None
    audience: Audience = "both"
    kind: Literal["prompt"] = "prompt"


@dataclass(frozen=True)
class Stage:
    """A part of a story with the questions asked after it; `after` says how long after the stage before."""

    id: str
    number: int
    label: str
    title: Words
    body: Blocks
    minutes: int
    time: str
    after: str
    prompts: tuple[Prompt, ...]
    notes: Notes | None = None
    audience: Audience = "both"
    kind: Literal["stage"] = "stage"


@dataclass(frozen=True)
class Tie:
    """A tie between two actors: its state, and what kind it is in words."""

    source: str
    target: str
    state: State
    label: str


@dataclass(frozen=True)
class Map:
    """The coordination map of a case: who is on it, in order, the person first, the ties, and the same in words."""

    title: str
    labels: tuple[tuple[str, Words], ...]
    ties: tuple[Tie, ...]
    states: tuple[tuple[State, str], ...]
    lines: tuple[Words, ...]
    audience: Audience = "later"
    kind: Literal["map"] = "map"


@dataclass(frozen=True)
class Card:
    """A role card: the service or person, as in a sentence and as a heading, and what only they know."""

    id: str
    role: Words
    name: Words
    title: Words
    body: Blocks
    written: bool = True
    audience: Audience = "holder"


@dataclass(frozen=True)
class Cards:
    """The role cards of a case."""

    title: str
    lead: str
    cards: tuple[Card, ...]
    audience: Audience = "both"
    kind: Literal["cards"] = "cards"


@dataclass(frozen=True)
class FigurePart:
    """A part of a figure: its words; `language` when they stand in another than the document's."""

    id: str
    title: Words
    body: Blocks
    language: str


@dataclass(frozen=True)
class Figure:
    """The figure of a module, made from structure; of a matrix the cells are `row-column`."""

    id: str
    title: Words
    body: Blocks
    shape: Literal["continuum", "cycle", "levels", "matrix", "hub"]
    order: tuple[str, ...]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    parts: tuple[FigurePart, ...]
    audience: Audience = "both"
    kind: Literal["figure"] = "figure"

    def part(self, name: str) -> FigurePart:
        """Return a part by its name."""
        return next(each for each in self.parts if each.id == f"figure.{name}")


@dataclass(frozen=True)
class Answer:
    """Whether an option fits, and what is said to those who chose it."""

    right: bool
    body: Blocks
    audience: Audience = "later"


@dataclass(frozen=True)
class Option:
    """An answer to choose, and what is said of it afterwards."""

    id: str
    title: Words
    answer: Answer


@dataclass(frozen=True)
class Question:
    """A question of a quiz; `several` says that more than one answer fits, or nothing."""

    id: str
    number: int
    title: Words
    body: Blocks
    several: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Activity:
    """A part of a module that takes time."""

    id: str
    activity: Literal["reading", "discussion", "exercise", "quiz", "reflection", "notebook"]
    label: str
    title: Words
    body: Blocks
    note: str
    """What is said to everybody who does this kind of activity, or nothing."""
    grouping: str
    minutes: int
    time: str
    serves: tuple[Serving, ...]
    works_with: str
    """What stands before `takes`: "Works with:"."""
    takes: tuple[Words, ...]
    questions: tuple[Question, ...]
    notes: Notes | None
    audience: Audience = "both"
    kind: Literal["activity"] = "activity"


@dataclass(frozen=True)
class Choice:
    """A column, an option or an end of a field: its words, and what is said below them."""

    id: str
    title: Words
    body: Blocks


@dataclass(frozen=True)
class FormField:
    """A field of a worksheet to fill in."""

    id: str
    field: Literal["lines", "space", "table", "choice", "scale"]
    number: int
    title: Words
    body: Blocks
    lines: int
    rows: int
    columns: tuple[Choice, ...]
    options: tuple[Choice, ...]
    steps: tuple[int, ...]
    ends: tuple[Choice, ...]
    audience: Audience = "both"
    kind: Literal["field"] = "field"


@dataclass(frozen=True)
class Row:
    """A row of a time plan: when it starts, what is done and how, and what it serves."""

    start: int
    minutes: int
    what: Words
    pause: bool = False
    unit: Words = ()
    """What it is a part of, where that begins; nothing for a whole unit or a break."""
    sort: str = ""
    """What kind of unit it belongs to."""
    begins: bool = False
    stage: str = ""
    activity: str = ""
    grouping: str = ""
    serves: tuple[Serving, ...] = ()


@dataclass(frozen=True)
class Material:
    """A handout that a session needs: what it is, where it stands, and how many to print."""

    title: Words
    path: str
    how: str
    language: str
    where: str
    """ "in English", for one that is in another language only, or nothing."""


@dataclass(frozen=True)
class Session:
    """A meeting, or a unit to take alone, with its plan."""

    id: str
    number: int
    label: str
    title: Words
    body: Blocks
    minutes: int
    time: str
    rows: tuple[Row, ...]
    planned: str
    spare: int
    left: str
    materials: tuple[Material, ...]
    aims: tuple[Aim, ...]
    notes: Notes | None
    graded: bool
    """Whether its rows say what they serve: where nothing is assessed, as in a workshop, they do not."""
    written: bool = True
    audience: Audience = "both"
    kind: Literal["session"] = "session"


@dataclass(frozen=True)
class Served:
    """Where an objective is served in one role: by unit its name and the parts, and the numbers of the sessions."""

    role: Role
    links: tuple[tuple[str, tuple[Words, ...]], ...]
    sessions: tuple[int, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """Which parts of a plan teach, practise and assess each objective."""

    rows: tuple[tuple[Aim, tuple[Served, ...]], ...]
    audience: Audience = "facilitator"
    kind: Literal["coverage"] = "coverage"


Part = Annotated[
    Passage | Stage | Map | Cards | Figure | Activity | FormField | Session | Coverage | Background,
    Field(discriminator="kind"),
]
