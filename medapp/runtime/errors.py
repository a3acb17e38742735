"""What can go wrong with an ONNX graph."""

from __future__ import annotations

from medapp.errors import KnownError
from medapp.i18n import N_


class GraphDamaged(KnownError):
    code = "graph_damaged"
    message = N_("The graph of the model is not the one that its card names.")
    advice = N_("The model is switched off. Install it again; do not use its earlier numbers.")


class GraphUnreadable(KnownError):
    code = "graph_unreadable"
    message = N_("The graph of the model could not be opened.")
    advice = N_("The model is switched off. Install it again.")


class GraphFailed(KnownError):
    code = "graph_failed"
    message = N_("The model could not be run on these inputs.")
    advice = N_("No number was made. Check the inputs; if they are right, report the model's id and version.")
