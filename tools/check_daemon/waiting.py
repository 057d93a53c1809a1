"""What the checks of the resources scenario share."""
import time

from . import catalogue, pictures


def until(condition, within):
    end = time.monotonic() + within
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def equal(run, home, folder, what, within=20, refused=()):
    seconds, faults = catalogue.wait_equal(home, [folder], within, refused)
    for fault in faults[:5]:
        run.fault(f"{what}: {fault}")
    return seconds


def fill(folder, name, count, seed):
    for number in range(count):
        (folder / f"{name}{number}.png").write_bytes(pictures.png(f"{seed} {name} {number}"))
