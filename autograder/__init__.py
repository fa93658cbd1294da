"""Property-based, sandboxed autograding of convolutional-layer notebooks."""

__version__ = "0.1.0"
