"""Scores, a view of the Assess page: found by name, filled from the record, worked step by step."""
