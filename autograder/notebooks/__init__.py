"""From the instructor's module to the instructor's notebook to the student's notebook."""
