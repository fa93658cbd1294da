"""Pictures of pages, small enough to live beside the text that shows them."""

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import Locator, Page

# `make screenshots` names the folder of the documentation here.
VARIABLE = "SCREENSHOTS"
COLOURS = 128
# What JupyterLab has above and below a notebook.
MARGIN_PX = 200


class Screenshots:
    """Takes pictures into one folder."""

    def __init__(self, otherwise: Path) -> None:
        """otherwise: the folder if the environment names none."""
        self._folder = Path(os.environ.get(VARIABLE, otherwise))
        self._folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, seen: Page | Locator) -> None:
        """Store what is seen as ``name``.png."""
        png = seen.screenshot(animations="disabled") if isinstance(seen, Page) else _whole(seen)
        picture = Image.open(io.BytesIO(png)).convert("RGB")
        small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(self._folder / f"{name}.png", optimize=True)


def _whole(part: Locator) -> bytes:
    """A picture of a part of a page in a window that holds all of it: JupyterLab scrolls what is higher."""
    page = part.page
    size, box = page.viewport_size, part.bounding_box()
    assert size is not None
    assert box is not None
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(box["height"]) + MARGIN_PX)})
    try:
        return part.screenshot(animations="disabled")
    finally:
        page.set_viewport_size(size)
