"""What a right answer does: strategies that draw inputs, an oracle that knows the output, and judges that compare."""

from autograder.properties.limits import SubmissionLimits
from autograder.properties.property import Finding, Property, Question, Wrong, named
from autograder.properties.questions import load_questions

__all__ = ["Finding", "Property", "Question", "SubmissionLimits", "Wrong", "load_questions", "named"]
