"""Qt models of what pages list; they hold finished rows and ids, never widgets."""
