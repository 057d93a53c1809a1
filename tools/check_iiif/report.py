"""What was looked at and what is wrong."""
import traceback


class Missing(Exception):
    """A package or a picture that the check needs is not there."""


class Report:
    def __init__(self):
        self.looked, self.faults, self.left_out = 0, [], []

    def expect(self, holds, what, found=""):
        """One thing that must hold."""
        self.looked += 1
        if not holds:
            self.faults.append(f"{what}: {found}" if found != "" else what)
            print(f"  WRONG {self.faults[-1]}"[:600], flush=True)
        return bool(holds)

    def equal(self, seen, wanted, what):
        return self.expect(seen == wanted, what, f"{seen!r} instead of {wanted!r}")

    def say(self, text):
        print(f"  {text}", flush=True)

    def run(self, check, *arguments):
        title = (check.__doc__ or check.__name__).splitlines()[0]
        before, began = self.looked, len(self.faults)
        print(title, flush=True)
        try:
            check(self, *arguments)
        except Missing as reason:
            self.left_out.append(f"{title} {reason}")
            self.say(f"left out: {reason}")
        except Exception:
            self.expect(False, title, traceback.format_exc(limit=4))
        self.say(f"{self.looked - before} looked at, {len(self.faults) - began} wrong")

    def finish(self):
        print(f"{self.looked} looked at, {len(self.faults)} wrong, {len(self.left_out)} left out")
        return 1 if self.faults else 2 if self.left_out else 0
