"""Factors of Martin and Hopkins: triglycerides over VLDL cholesterol, 180 cells, mg/dL.

Rows by triglycerides (lower limits), columns by non-HDL cholesterol (lower limits). Martin SS, Blaha MJ,
Elshazly MB et al. JAMA 2013;310:2061-8, figure 2; score table ldl (two sources agree in every cell). The
factors add up to 949.4.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

NON_HDL: Final = (0, 100, 130, 160, 190, 220)
TRIGLYCERIDES: Final = (
    7, 50, 57, 62, 67, 72, 76, 80, 84, 88, 93, 97, 101, 106, 111,
    116, 121, 127, 133, 139, 147, 155, 164, 174, 186, 202, 221, 248, 293, 400,
)
FACTORS: Final = (
    (3.5, 3.4, 3.3, 3.3, 3.2, 3.1),
    (4.0, 3.9, 3.7, 3.6, 3.6, 3.4),
    (4.3, 4.1, 4.0, 3.9, 3.8, 3.6),
    (4.5, 4.3, 4.1, 4.0, 3.9, 3.9),
    (4.7, 4.4, 4.3, 4.2, 4.1, 3.9),
    (4.8, 4.6, 4.4, 4.2, 4.2, 4.1),
    (4.9, 4.6, 4.5, 4.3, 4.3, 4.2),
    (5.0, 4.8, 4.6, 4.4, 4.3, 4.2),
    (5.1, 4.8, 4.6, 4.5, 4.4, 4.3),
    (5.2, 4.9, 4.7, 4.6, 4.4, 4.3),
    (5.3, 5.0, 4.8, 4.7, 4.5, 4.4),
    (5.4, 5.1, 4.8, 4.7, 4.5, 4.3),
    (5.5, 5.2, 5.0, 4.7, 4.6, 4.5),
    (5.6, 5.3, 5.0, 4.8, 4.6, 4.5),
    (5.7, 5.4, 5.1, 4.9, 4.7, 4.5),
    (5.8, 5.5, 5.2, 5.0, 4.8, 4.6),
    (6.0, 5.5, 5.3, 5.0, 4.8, 4.6),
    (6.1, 5.7, 5.3, 5.1, 4.9, 4.7),
    (6.2, 5.8, 5.4, 5.2, 5.0, 4.7),
    (6.3, 5.9, 5.6, 5.3, 5.0, 4.8),
    (6.5, 6.0, 5.7, 5.4, 5.1, 4.8),
    (6.7, 6.2, 5.8, 5.4, 5.2, 4.9),
    (6.8, 6.3, 5.9, 5.5, 5.3, 5.0),
    (7.0, 6.5, 6.0, 5.7, 5.4, 5.1),
    (7.3, 6.7, 6.2, 5.8, 5.5, 5.2),
    (7.6, 6.9, 6.4, 6.0, 5.6, 5.3),
    (8.0, 7.2, 6.6, 6.2, 5.9, 5.4),
    (8.5, 7.6, 7.0, 6.5, 6.1, 5.6),
    (9.5, 8.3, 7.5, 7.0, 6.5, 5.9),
    (11.9, 10.0, 8.8, 8.1, 7.5, 6.7),
)


def factor(triglycerides: float, non_hdl: float) -> float:
    """The factor of a cell; both in mg/dL; below the first limits those of the first cell."""
    row = bisect_right(TRIGLYCERIDES, round(triglycerides, 6)) - 1
    column = bisect_right(NON_HDL, round(non_hdl, 6)) - 1
    return FACTORS[max(row, 0)][max(column, 0)]
