"""Small PDFs to print."""

from __future__ import annotations

import io

from reportlab.pdfgen.canvas import Canvas


def paper(*sizes: tuple[float, float], padding: int = 0) -> bytes:
    """A page for each size in points, with its number on it; `padding` bytes make it heavy."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    for number, size in enumerate(sizes, 1):
        canvas.setPageSize(size)
        canvas.rect(10, 10, size[0] - 20, size[1] - 20)
        canvas.drawString(20, 20, f"Hoja {number}")
        canvas.showPage()
    canvas.save()
    return target.getvalue() + b"%" + b"x" * padding + b"\n"
