"""The contract of everything that gives advice: card, assessor, registry, conformance."""
