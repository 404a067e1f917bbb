"""Pictures from outside, decoded in memory: the two kinds that cameras and scanners make, and never a huge one."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from migrant_office.errors import UserError
from migrant_office.i18n import N_
from migrant_office.models.attachment import JPEG, PNG

MOST_PIXELS = 50_000_000  # 200 MB decoded; a telephone's largest picture has 48 million
FORMATS = {JPEG: b"jpeg", PNG: b"png"}


class NoPicture(UserError):
    """Bytes that cannot be shown as the picture they say they are."""

    def __init__(self) -> None:
        super().__init__(N_("This picture cannot be shown. It is kept as it is."))


class HugePicture(UserError):
    """A picture that would fill the memory, perhaps made to."""

    def __init__(self) -> None:
        super().__init__(N_("This picture is too large to be shown. It is kept as it is."))


def decoded(data: bytes, kind: str, box: QSize) -> QImage:
    """The picture, turned as its camera said, no larger than `box`. Not for the window's thread.

    The format is the one that the bytes were found to be, never guessed again. Raises `NoPicture`, `HugePicture`.
    """
    if kind not in FORMATS:
        raise NoPicture
    held = QByteArray(data)  # the buffer does not hold it
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(FORMATS[kind]))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise NoPicture
    if size.width() * size.height() > MOST_PIXELS:
        raise HugePicture
    if size.width() > box.width() or size.height() > box.height():
        fitted = size.scaled(box, Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitted.expandedTo(QSize(1, 1)))
    image = reader.read()
    if image.isNull():
        raise NoPicture
    return image


def png_of(image: QImage) -> bytes:
    """A pasted picture as a file. Raises `HugePicture`, `NoPicture`; not for the window's thread."""
    if image.width() * image.height() > MOST_PIXELS:
        raise HugePicture
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub knows no device
        raise NoPicture
    return bytes(buffer.data().data())
