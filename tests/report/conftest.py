"""Results to report on."""

from result_fixtures import graded, hostile, hostile_error, unreadable

__all__ = ["graded", "hostile", "hostile_error", "unreadable"]
