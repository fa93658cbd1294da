"""What students are called on the page: by their names, or by numbers that tell nothing of them."""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.report.safe_text import NAME_LIMIT, one_line

_WORDS = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"\w+(?:[.'’-]\w+)*")
_LONG_NUMBERS = re.compile(r"\d{5,}")
_SHOWN_CHARACTERS = 80
# Shorter parts of a name are in every text.
_SHORTEST_PART = 2


@dataclass(frozen=True)
class Names:
    """How a class is called. shown: by the student's place in the class. hidden: the words that no text may hold."""

    shown: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    are_numbers: bool = False

    def order(self) -> list[int]:
        """The places in the order of the names, or of the numbers."""
        places = range(len(self.shown))
        return sorted(places, key=lambda place: int(self.shown[place])) if self.are_numbers else list(places)

    def may_stand(self, text: str) -> bool:
        """Whether a text tells of nobody: it holds no student's name, nor a part of one, and no path."""
        return not self.are_numbers or ("/" not in text and self.hidden.isdisjoint(_parts(text)))

    def may_be_shown(self, code: str) -> bool:
        """Whether code holds no student's name, nor a part of one."""
        return not self.are_numbers or self.hidden.isdisjoint(_parts(code))


def as_they_are(students: Sequence[str]) -> Names:
    """Students by their names."""
    return Names(tuple(one_line(student, _SHOWN_CHARACTERS) for student in students))


def numbered(students: Sequence[str], key: bytes) -> Names:
    """Students by numbers from 1: the same until the class changes, and in no order that their names have.

    The order is that of a keyed digest of the names (HMAC, RFC 2104); ``key`` is 256 random bits that nobody can guess.
    One more student moves the numbers of those after.
    """
    digests = {
        place: hmac.new(key, name.encode("utf-8", "surrogateescape"), hashlib.sha256).digest()
        for place, name in enumerate(students)
    }
    numbers = {place: number for number, place in enumerate(sorted(digests, key=lambda place: digests[place]), 1)}
    hidden = frozenset(part for student in students for part in _parts_of_name(student[:NAME_LIMIT]))
    return Names(tuple(str(numbers[place]) for place in range(len(students))), hidden, are_numbers=True)


def _parts_of_name(name: str) -> set[str]:
    """The parts of a name, and all of it as one word."""
    return _parts(name) | _parts("".join(_WORDS.findall(unicodedata.normalize("NFKC", name))))


def _parts(text: str) -> set[str]:
    """The words of a text as they are compared: without regard to capitals and to how Unicode writes them (NFKC).

    Words that underscores, points, hyphens or capitals part count one by one and as one; so do long numbers in a word.
    """
    text = unicodedata.normalize("NFKC", text)
    words = _WORDS.findall(text)
    apart = [part for word in words for part in re.findall(r"[A-Z]?[^\WA-Z_]+|[A-Z]+", word)]
    joined = ["".join(_WORDS.findall(run)) for run in _JOINED.findall(text)]
    return {
        word.casefold()
        for word in (*words, *apart, *joined, *_LONG_NUMBERS.findall(text))
        if len(word) >= _SHORTEST_PART
    }
