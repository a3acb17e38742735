"""The desktop door: PySide6 only, entered through `ui.app.main`."""
