"""Measures how long grading takes, side by side with other ways of doing it."""
