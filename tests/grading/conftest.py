"""The small class."""

from small_class_fixtures import course, fresh_course, graded, handed_in

__all__ = ["course", "fresh_course", "graded", "handed_in"]
