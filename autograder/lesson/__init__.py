"""What the modules beside a lesson may build on: drawings in one style, and cells that wait for a solution.

A notebook finds these in a student's kernel and while it is graded, where of the rest of the package it finds nothing
but a `check` that stays silent. So nothing in here imports anything of the package outside this folder.
"""
