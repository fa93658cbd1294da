"""Proves a questions file: right answers keep their marks, wrong ones lose some, each property earns its place."""
