"""The parts of the window that stay while pages change."""
