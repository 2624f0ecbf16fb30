"""Whether an image can be read to its end. Runs apart (apart.py), under limits."""

from io import BytesIO

from PIL import Image, UnidentifiedImageError

from inzage.consents.form_files.unfit import JPEG, PNG, Unfit, Why

FORMATS = {PNG: ("PNG",), JPEG: ("JPEG",)}
MOST_PIXELS = 60_000_000


def look_at(data: bytes, content_type: str) -> None:
    """Read the whole image, as what its first bytes say it is and as nothing else; Unfit where that fails."""
    try:
        with Image.open(BytesIO(data), formats=FORMATS[content_type]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Unfit(Why.TOO_COMPLEX)
            image.load()
    except Image.DecompressionBombError:
        raise Unfit(Why.TOO_COMPLEX) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise Unfit(Why.DAMAGED) from None
