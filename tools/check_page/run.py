"""One run: the daemon, the browser, and the account of what was checked."""
import contextlib
import pathlib
import shutil
import sys
import tempfile
import time

from playwright.sync_api import Error, sync_playwright

from . import daemon

#: Software drawing: build machines have no graphics card.
ARGUMENTS = ["--no-sandbox", "--enable-unsafe-swiftshader", "--use-angle=swiftshader"]


class Wrong(AssertionError):
    """Something that is not as it must be, in a sentence."""


class LeftOut(Exception):
    """Why a check can't be made here."""


class Run:
    def __init__(self, options):
        self.options = options
        self.faults, self.checked = [], 0
        self.sabotage = None
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="morelli-page-"))
        self.daemon = None
        self.notes = []

    def __enter__(self):
        if self.options.url:
            self.url = self.options.url.rstrip("/")
        else:
            program = self.options.morelli or daemon.newest_build()
            if not program or not program.exists():
                sys.exit("no program: build it, or say --morelli PROGRAM")
            self.daemon = daemon.Daemon(program.resolve(), self.work)
            self.url = self.daemon.url
            try:
                self.daemon.wait()
            except BaseException:
                self.__exit__()
                raise
        self.player = sync_playwright().start()
        self.browser = self.player.chromium.launch(executable_path=self.options.chromium, args=ARGUMENTS)
        if self.options.screenshots:
            self.options.screenshots.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_):
        if hasattr(self, "browser"):
            self.browser.close()
            self.player.stop()
        if self.daemon:
            self.daemon.stop()
        if self.options.keep:
            print(f"kept: {self.work}")
        else:
            shutil.rmtree(self.work, ignore_errors=True)

    @contextlib.contextmanager
    def page(self, path="/", *, width=1280, height=860, dark=False, phone=False, locale="en-GB", ready="li.tile", before=None):
        """A page in a context of its own, waited for until `ready` is there; script errors and CSP reports are faults."""
        context = self.browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": width, "height": height}, locale=locale,
            color_scheme="dark" if dark else "light", has_touch=phone, is_mobile=phone, reduced_motion="reduce",
            device_scale_factor=2 if phone else 1)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("console", lambda line: "Content Security Policy" in line.text and page.errors.append(line.text))
        if self.sabotage:
            self.break_page(page)
        if before:
            before(page)
        try:
            page.goto(self.url + path)
            if ready:
                page.wait_for_selector(ready)
            yield page
            if page.errors:
                raise Wrong("the page's scripts failed: " + "; ".join(page.errors)[:500])
        finally:
            context.close()

    def break_page(self, page):
        """Serves one file of the page with a change in it: for the judges."""
        name, old, new = self.sabotage

        def broken(route):
            answer = route.fetch()
            text = answer.text()
            if old not in text:
                self.stale = True
            route.fulfill(response=answer, body=text.replace(old, new))

        page.route(f"**/{name}" if name != "/" else f"{self.url}/", broken)

    def say(self, ok, text):
        print(("  ok    " if ok else "  WRONG ") + text, flush=True)
        self.checked += 1
        if not ok:
            self.faults.append(text)

    def attempt(self, check):
        try:
            return None, check(self)
        except (Wrong, Error, AssertionError, KeyError, ValueError, TypeError, IndexError, OSError) as wrong:
            return f"{type(wrong).__name__}: {str(wrong).splitlines()[0][:400] if str(wrong) else ''}", None

    def check(self, check):
        start = time.monotonic()
        words = check.__doc__.strip().splitlines()[0].rstrip(".")
        try:
            wrong, note = self.attempt(check)
        except LeftOut as reason:
            print(f"  --    {words}: left out, {reason}", flush=True)
            return
        if wrong:
            self.say(False, f"{words}: {wrong}")
        else:
            self.say(True, f"{words}{f' ({note})' if note else ''} [{time.monotonic() - start:.1f} s]")

    def judge(self, check):
        """A check has to see each of its sabotages."""
        for sabotage in getattr(check, "sabotages", []):
            self.sabotage, self.stale = sabotage, False
            try:
                wrong, _ = self.attempt(check)
            except LeftOut:
                continue
            finally:
                self.sabotage = None
            if self.stale:
                wrong = None
                print(f"  {sabotage[0]} doesn't have {sabotage[1]!r}: nothing was broken")
            words = check.__doc__.strip().splitlines()[0].rstrip(".")
            self.say(wrong is not None, f"{words} — sees {sabotage[0]} with {sabotage[2][:60]!r}: {wrong or 'NOTHING SEEN'}")

    def shot(self, page, name):
        if self.options.screenshots:
            page.wait_for_timeout(500)
            page.screenshot(path=self.options.screenshots / f"{name}.png")

    def close_account(self):
        print(f"\n{self.checked} checks, {len(self.faults)} wrong.")
        for fault in self.faults:
            print(f"- {fault}")
        return 1 if self.faults else 0


def sabotaged(*changes):
    """Says how the page is broken so that the check under it must see it: (file, text, other text)."""
    def mark(check):
        check.sabotages = changes
        return check
    return mark


def need(condition, text):
    if not condition:
        raise Wrong(text)


def ids(page):
    """The works on the wall in their order, by the addresses of their pictures' links."""
    return page.eval_on_selector_all(
        "li.tile", "tiles => tiles.map(t => new URL(t.querySelector('a').href).searchParams.getAll('like').at(-1))")


def calm(page):
    """The order of the wall once it doesn't change by itself any more: works may still be coming in."""
    last = ids(page)
    for _ in range(20):
        page.wait_for_timeout(300)
        now = ids(page)
        if now == last:
            break
        last = now
    return last


def settled(page, change, what):
    """Does something that must change the order of the wall; returns the order before and after."""
    before = calm(page)
    change()
    try:
        page.wait_for_function(
            "before => { const now = [...document.querySelectorAll('li.tile')].map(t =>"
            " new URL(t.querySelector('a').href).searchParams.getAll('like').at(-1));"
            " return now.length > 0 && JSON.stringify(now) !== JSON.stringify(before); }", arg=before, timeout=8_000)
    except Error as error:
        raise Wrong(f"{what} changes nothing on the wall") from error
    return before, calm(page)
