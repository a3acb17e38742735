"""A figure as pixels, as a PNG or an SVG file's bytes, drawn without pyplot."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Picture:
    """RGBA bytes, row by row from the top, 4 bytes a pixel."""

    width: int
    height: int
    pixels: bytes


def rasterise(figure: Figure) -> Picture:
    """Draw a figure at its own size."""
    canvas: Any = FigureCanvasAgg(figure)  # matplotlib does not type its canvases
    canvas.draw()
    width, height = canvas.get_width_height()
    return Picture(width, height, bytes(canvas.buffer_rgba()))


def png(figure: Figure, description: str = "") -> bytes:
    """PNG bytes; `description` is kept as text inside for readers that speak pictures."""
    out = BytesIO()
    metadata = {"Description": description} if description else None
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(out, metadata=metadata)
    return out.getvalue()


def svg(figure: Figure, description: str = "") -> bytes:
    """SVG bytes for documents: texts as text, no date, the same figure always the same bytes."""
    out = BytesIO()
    metadata: dict[str, str | None] = {"Date": None, "Creator": None}
    if description:
        metadata["Title"] = description
    with rc_context({"svg.hashsalt": "medapp", "svg.fonttype": "none"}):
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(out, metadata=metadata)
    return out.getvalue()
