"""An audit as JSON: the findings, and every answer with every property."""

from autograder.audit.findings import Audited, Findings, PropertyFinding
from autograder.audit.outcomes import Outcome, PropertyOutcome
from autograder.properties.property import Finding
from autograder.report.files import json_bytes
from autograder.report.safe_text import printable


def json_report(audited: Audited, found: Findings) -> bytes:
    """The report in UTF-8."""
    document = {
        "assignment": audited.assignment,
        "seed": audited.seed,
        "duration_s": audited.duration_s,
        "clean": found.is_clean,
        "answers": {
            "right": sum(entry.is_right for entry in audited.entries),
            "wrong": sum(not entry.is_right for entry in audited.entries),
            "mutants": len(audited.mutants),
            "equivalent_mutants": len(found.equivalents),
        },
        "failures": [{"answer": answer, "message": message} for answer, message in found.failures.items()],
        "false_rejects": [
            {
                "answer": one.answer,
                "lost_points": one.lost_points,
                "allowed_points": one.allowed_points,
                "lost": dict(one.diagnoses),
                "examples": {property: _example(example) for property, example in one.examples.items()},
            }
            for one in found.false_rejects
        ],
        "survivors": [
            {"answer": one.answer, "question": one.question, "is_mutant": one.is_mutant, "says": one.says}
            for one in found.survivors
        ],
        "broken_expectations": [
            {"answer": one.answer, "property": one.property, "caught": one.was_caught} for one in found.broken
        ],
        "properties": [_property(one) for one in found.properties],
        "naming": _naming(found),
        "equivalents": dict(found.equivalents),
        "caught_equivalents": list(found.caught_equivalents),
        "stale_equivalents": list(found.stale_equivalents),
        "outcomes": [_outcome(outcome) for outcome in audited.outcomes.values()],
    }
    return json_bytes(_safe(document))


def _property(one: PropertyFinding) -> dict[str, object]:
    return {
        "question": one.question,
        "property": one.id,
        "points": one.points,
        "examples": one.examples,
        "caught_wrong": list(one.wrong),
        "caught_mutants": list(one.mutants),
        "caught_alone": list(one.alone),
        "redundant": one.is_redundant,
        "examples_needed": one.needed,
        "examples_needed_for_all": one.needed_for_all,
    }


def _naming(found: Findings) -> dict[str, object]:
    naming = found.naming
    return {
        "recorded": len(naming.recorded),
        "named": len(naming.named),
        "share": naming.share,
        "unnamed": [answer for answer in naming.recorded if answer not in naming.named],
        "wrongly": [vars(one) for one in naming.wrongly],
        "unrecorded": [vars(one) for one in naming.unrecorded],
    }


def _example(example: Finding) -> dict[str, object]:
    return {"call": example.call, "got": example.got, "want": example.want}


def _outcome(outcome: Outcome) -> dict[str, object]:
    return {
        "answer": outcome.answer,
        "question": outcome.question,
        "failure": outcome.failure,
        "duration_s": outcome.duration_s,
        "properties": [_property_outcome(one) for one in outcome.properties],
    }


def _property_outcome(one: PropertyOutcome) -> dict[str, object]:
    # Without its example: a right answer's is told with the false reject, and all the others would fill megabytes.
    return {
        "property": one.property,
        "status": one.status.value,
        "examples": one.examples,
        "first_failing": one.first_failing,
        "misconception": one.misconception,
        "diagnosis": one.diagnosis,
    }


def _safe(value: object) -> object:
    """The document with every text harmless and bounded: answers choose the words of what they raise."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {printable(key): _safe(item) for key, item in value.items()}
    return [_safe(item) for item in value] if isinstance(value, list) else value
