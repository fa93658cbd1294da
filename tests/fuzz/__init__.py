"""Nothing that a worker or a submission can hold breaks the trusted side: claims for Hypothesis and for atheris."""
