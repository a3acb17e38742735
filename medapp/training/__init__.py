"""From a declared recipe (`design.toml`) to a model folder: one engine for every model.

Collect, check, clean, transform, split, train, evaluate, export, write the card.
The doors call `medapp.training.run`. Training libraries are imported inside the
functions that need them, never when this package is.
"""
