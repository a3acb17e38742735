"""Codes, units, ranges and names: read-only tables compiled from resources/knowledge."""
