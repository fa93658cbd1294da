"""Grading on Gradescope: the zip that its image is built from, and what runs in there for each submission."""
