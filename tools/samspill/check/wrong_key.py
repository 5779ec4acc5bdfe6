"""A quiz has questions, and each right answer is one of the options.

Right, in course/modules/waiting/module.yml:

    activities:
      - id: check
        kind: quiz
        minutes: 5
        assesses: [see-waiting]
        questions:
          - {id: who, bloom: apply, options: [a, b], key: [b]}

Wrong, in course/modules/waiting/module.yml:

    activities:
      - id: check
        kind: quiz
        minutes: 5
        assesses: [see-waiting]
        questions:
          - {id: who, bloom: apply, options: [a, b], key: [c]}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "R010"


def find(course: Course) -> Iterator[Finding]:
    """Yield each quiz without questions, each question outside a quiz, and each key that is no option."""
    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        for index, activity in enumerate(module.activities):
            if (activity.kind == "quiz") != bool(activity.questions):
                at = place(course, path, "activities", index)
                message = f'activity "{activity.id}" and its questions do not fit'
                yield *at, message, "a quiz has questions; nothing else has"
            for number, question in enumerate(activity.questions):
                for key in question.key:
                    if key not in question.options:
                        at = place(course, path, "activities", index, "questions", number, "key")
                        yield *at, f'key "{key}" is not an option', f"use one of {', '.join(question.options)}"
