"""Prints what NumPy prints for random arrays, one JSON object a line.

    python printed_numpy.py SEED COUNT

`text` is the printout; `shape` and `values` are what was printed, `shape` null for a scalar;
`half_units` is how far each printed number may be from the value, null where it is exact;
`shown` is the number of fractional digits, and `precision` that of the print options.
"""

import json
import random
import re
import sys
from decimal import Decimal

import numpy as np

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]\d+)?|[+-]?nan|[+-]?inf")


def magnitudes(rng, size):
    """Floats that make NumPy choose one notation or the other."""
    kind = rng.randrange(9)
    normal = np.random.default_rng(rng.getrandbits(32)).standard_normal(size)
    if kind == 0:
        return normal
    if kind == 1:
        return normal * 10.0 ** rng.randint(-12, 12)
    if kind == 2:
        powers = [10.0 ** rng.randint(-3, 2) for _ in range(size)]
        return normal * np.array(powers)
    if kind == 3:
        powers = [10.0 ** rng.randint(-300, 300) for _ in range(size)]
        return normal * np.array(powers)
    if kind == 4:
        return np.round(normal * 100)
    if kind == 5:
        return np.round(normal, rng.randint(0, 6))
    if kind == 6:
        return np.where(normal > 0, normal, 0.0)
    if kind == 7:
        specials = [np.nan, np.inf, -np.inf, -0.0, 0.0, 5e-324, 1e16, 0.1, 1 / 3]
        return np.array([rng.choice([x, *specials]) for x in normal], dtype=float)
    return np.abs(normal) / max(np.abs(normal).sum(), 1e-9)


def array(rng):
    shape = tuple(rng.randint(1, 5) for _ in range(rng.randint(0, 3)))
    if shape and rng.random() < 0.05:
        shape = (*shape[:-1], 0)
    size = int(np.prod(shape))
    kind = rng.random()
    if kind < 0.1:
        dtype = rng.choice([np.int8, np.uint8, np.int32, np.int64])
        low, high = (0, 255) if dtype is np.uint8 else (-128, 127)
        if dtype is np.int64:
            low, high = -(2**63), 2**63 - 1
        return np.array([rng.randint(low, high) for _ in range(size)], dtype).reshape(shape)
    if kind < 0.15:
        return np.array([rng.random() < 0.5 for _ in range(size)], bool).reshape(shape)
    return magnitudes(rng, size).reshape(shape)


def half_units(text):
    """How many fractional digits a text of floats shows, and the half unit of each number."""
    bare = re.sub(r"(dtype|shape)=.*", "", text).replace("float64", "")
    tokens = NUMBER.findall(bare)
    finite = [token for token in tokens if "n" not in token]
    if not finite:
        return None, None
    shown = max(len(token.partition("e")[0].partition(".")[2]) for token in finite)
    units = []
    for token in tokens:
        mantissa, notation, exponent = token.partition("e")
        exact = "n" in token or (notation and float(mantissa) == 0)
        unit = Decimal(5).scaleb(int(exponent or 0) - shown - 1)
        units.append(repr(0.0 if exact else float(unit)))
    return shown, units


def main():
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    for _ in range(count):
        precision = rng.randint(3, 17)
        x = array(rng)
        scalar = x.ndim == 0 and rng.random() < 0.7
        with np.printoptions(
            precision=precision,
            suppress=rng.random() < 0.3,
            floatmode=rng.choice(["maxprec", "maxprec", "maxprec_equal", "fixed", "unique"]),
            sign=rng.choice(["-", "-", "-", "+", " "]),
            linewidth=rng.choice([20, 40, 75, 75, 120]),
            threshold=sys.maxsize,
        ):
            printed = x[()] if scalar else x
            form = rng.choice([str, repr])
            text = form(printed)
        # `str` shows neither a 0-d array as one, nor the shape of an empty one.
        shape = list(x.shape)
        if form is str:
            shape = None if x.ndim == 0 else [0] if x.size == 0 else shape
        elif scalar:
            shape = None
        floats = x.dtype == float and x.size > 0
        shown, units = half_units(text) if floats else (None, None)
        line = {
            "text": text,
            "dtype": x.dtype.kind,
            "shape": shape,
            "values": [repr(value) for value in x.ravel().tolist()],
            "shown": shown,
            "half_units": units,
            "precision": precision,
        }
        print(json.dumps(line))


main()
