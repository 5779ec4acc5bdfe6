"""Every activity, prompt and worksheet serves an objective.

What serves none is either not needed or not yet understood.

Right, in course/modules/waiting/module.yml:

    activities:
      - {id: compare, kind: discussion, minutes: 10, practises: [see-waiting]}

Wrong, in course/modules/waiting/module.yml:

    activities:
      - {id: compare, kind: discussion, minutes: 10}
"""

from __future__ import annotations

from collections.abc import Iterator

from samspill.check.rule import Finding, place
from samspill.model import Course

CODE = "O002"


def find(course: Course) -> Iterator[Finding]:
    """Yield each activity, prompt and worksheet that serves no objective."""
    remedy = "give it teaches:, practises: or assesses:"
    for module in course.modules.values():
        path = course.structure_path("module", module.id)
        for index, activity in enumerate(module.activities):
            if not any(activity.serves()):
                yield *place(course, path, "activities", index), f'activity "{activity.id}" serves no objective', remedy
    for case in course.cases.values():
        path = course.structure_path("case", case.id)
        for index, prompt in enumerate(case.prompts):
            if not any(prompt.serves()):
                yield *place(course, path, "prompts", index), f'prompt "{prompt.id}" serves no objective', remedy
    for worksheet in course.worksheets.values():
        if not any(worksheet.serves()):
            path = course.structure_path("worksheet", worksheet.id)
            yield *place(course, path, "id"), f'worksheet "{worksheet.id}" serves no objective', remedy
