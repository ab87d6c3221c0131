"""Reports that are right, and others with one fault each, without which a check proves nothing."""

from . import good
from .faults import FAULTS


def write_reports(folder):
    """Writes the reports into folders of their own, and says which fault is in which of them."""
    reports = {"good": None, "real-good": None}
    good.write(folder / "good", good.FILES)
    without = {name: text for name, text in good.FILES.items() if name != "truth.json"}
    good.write(folder / "real-good", without)
    for number, fault in enumerate(FAULTS, start=1):
        name = f"fault-{number:03}"
        good.write(folder / name, fault.of(good.FILES))
        reports[name] = fault
    return reports
