"""Marks and verdicts in the forms that other programs take: learning management systems, and tables for analysis."""
