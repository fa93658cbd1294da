"""How many values a JSON text holds, told before it is parsed: parsed, they can take a hundred times its memory."""


def has_more_values(text: bytes, limit: int) -> bool:
    """Whether ``text``, if it is JSON, is sure to hold more than ``limit`` values, those inside others counted too.

    Where it is false there are at most about twice as many. Commas and brackets inside of texts do not count.
    """
    if _separators(text) <= limit:
        return False
    without_escapes = text.replace(b"\\\\", b"").replace(b'\\"', b"")
    if without_escapes.count(b'"') > 4 * limit:  # a value has at most one text as its key, and is one itself
        return True
    return _separators(b"".join(without_escapes.split(b'"')[::2])) > limit


def _separators(text: bytes) -> int:
    """A number that is smaller than that of the values: of what follows a comma, or of lists and objects."""
    return max(text.count(b","), text.count(b"[") + text.count(b"{") - 1)
