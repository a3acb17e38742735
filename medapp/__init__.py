"""MedApp: decision support for a doctor who may have no network."""

__version__ = "0.1.0"
