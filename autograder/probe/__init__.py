"""Runs beside the student's code: calls it as the judge asks and says, as plain data, what it did."""
