"""Results to report on, and courses whose marks are exported."""

from export_class import made_class, root
from result_fixtures import graded, hostile, hostile_error, unreadable

__all__ = ["graded", "hostile", "hostile_error", "made_class", "root", "unreadable"]
