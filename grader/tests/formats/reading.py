"""What a consumer has read in a report, and what must be true of it whatever the format."""

import re
from dataclasses import dataclass, field
from fractions import Fraction

# A word that hostile submissions put into all that they print. Texts may hold it, and nothing else.
MARK = "pwned"

# Control characters, and those that reverse or break the text around them.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


class Refused(Exception):
    """The consumer can do nothing with the report."""


@dataclass
class Reading:
    """What a consumer has read in a report."""

    # Every text that it shows.
    shown: list[str] = field(default_factory=list)
    # Every text that does more than stand there: names of tags, link targets, headings, commands.
    markup: list[str] = field(default_factory=list)
    # What is wrong with the report by the rules of this format.
    problems: list[str] = field(default_factory=list)
    # The points that it counts, out of how many, and the smallest step of its points.
    score: Fraction | None = None
    points: Fraction | None = None
    step: Fraction = Fraction(1, 100)
    # Whether its points may be others than the course's, as where they must be whole numbers.
    rescaled: bool = False
    # How many tests it counts as passed, and how many as not passed.
    passed: int | None = None
    failed: int | None = None

    def expect(self, holds, problem):
        """Keeps the problem unless all is well."""
        if not holds:
            self.problems.append(problem)


def problems(reading, truth):
    """All that is wrong with a reading; without the truth, what can be seen without it."""
    yield from reading.problems
    for text in reading.shown:
        if found := UNPRINTABLE.search(text):
            around = text[max(0, found.start() - 20) : found.end() + 20]
            yield f"control character {found[0]!r} in {around!r}"
    for text in reading.markup:
        if MARK in text.lower():
            yield f"foreign text is markup: {text[:80]!r}"
    if reading.score is not None and not 0 <= reading.score <= reading.points:
        yield f"{float(reading.score)} points are not between 0 and {float(reading.points)}"
    if truth:
        yield from wrong_texts(reading, truth)
        yield from wrong_points(reading, truth)
        for outcome in ("passed", "failed"):
            count = getattr(reading, outcome)
            if count not in (None, truth[outcome]):
                yield f"{count} tests {outcome}, not {truth[outcome]}"


def wrong_texts(reading, truth):
    """Texts that are not shown, and those that are and must not be."""
    shown = spaced(" ".join(reading.shown))
    for text in truth["texts"]:
        if spaced(text) not in shown:
            yield f"not shown: {text!r}"
    everything = shown + spaced(" ".join(reading.markup))
    for text in truth["forbidden"]:
        if spaced(text) in everything:
            yield f"shown: {text!r}"


def spaced(text):
    """With single spaces: a format may break and indent lines as it likes."""
    return " ".join(text.split())


def wrong_points(reading, truth):
    """Points that are not those of the report, as nearly as the format can say them."""
    if reading.score is None:
        return
    score, points = Fraction(truth["score"]), Fraction(truth["points"])
    read = f"{float(reading.score)} of {float(reading.points)} points"
    if not reading.rescaled and abs(reading.points - points) >= reading.step:
        yield f"{read}, not of {float(points)}"
    elif abs(reading.score - score * reading.points / points) >= reading.step:
        yield f"{read}, not {float(score)} of {float(points)}"
    if (reading.score == reading.points) != (score == points):
        yield f"{read} for {score} of {points}: only all is all"
