"""What came of a class, for its instructor: one page of HTML that needs nothing else."""
