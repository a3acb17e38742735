"""Data in, matplotlib `Figure` out: for the window and the printed report alike.

No pyplot (it keeps global state and is not safe in the pool), no Qt. Colours and
type come in as a `ChartStyle`, words come in finished: a figure knows neither
the theme's files nor the reader's language.
"""
