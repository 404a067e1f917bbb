"""What a telephone reads from a sheet that was printed and is held before its camera."""

from __future__ import annotations

import pypdfium2 as pdfium
import zxingcpp


def codes_read(content: bytes, page: int, dots: int = 200, *, black: bool = False) -> list[str]:
    """The texts of the codes on a page, drawn with `dots` per inch in grey, or in black and white alone. A negative
    page counts from the end.
    """
    document = pdfium.PdfDocument(content)
    picture = document[page % len(document)].render(scale=dots / 72, grayscale=True).to_pil()
    if black:
        picture = picture.convert("1").convert("L")
    return [
        code.text
        for code in zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    ]
