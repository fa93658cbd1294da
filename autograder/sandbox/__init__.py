"""The trusted side of the sandbox: starts locked-down workers, talks to them, and ends them."""
