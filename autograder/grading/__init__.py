"""From a submission to marks: read it, run it in the sandbox, judge it, write the verdict down."""
