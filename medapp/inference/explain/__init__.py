"""Why the outcome is what it is: contributions on the scale that is shown."""
