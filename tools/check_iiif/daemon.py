"""A daemon to look at: the one at a URL, or one started for the occasion."""
import contextlib
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from . import http, squares

ROOT = pathlib.Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def at(options):
    if options.url:
        yield options.url
        return
    work = pathlib.Path(tempfile.mkdtemp(prefix="check-iiif-"))
    process = None
    try:
        watched = work / "watched"
        shutil.copytree(options.images or ROOT / "samples", watched)
        squares.write(watched / squares.NAME)
        (work / "home").mkdir(mode=0o700)
        # Without CORS a service is of level 0, however much it does.
        (work / "home" / "morelli.toml").write_text('[server]\ncors = ["*"]\n')
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(work / "log", "wb") as log:
            process = subprocess.Popen(
                [options.morelli.resolve(), "watch", watched, "--home", work / "home", "--listen", f"127.0.0.1:{port}"],
                stdout=log, stderr=log)
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, work / "log")
        yield url
    finally:
        if process is not None:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(work, ignore_errors=True)


def _wait(url, process, log):
    """Until everything is measured and searchable."""
    site, end = http.Site(url), time.monotonic() + 300
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            status = site.get("/v1/status").json()
            queue = status["queue"]
            idle = not (queue["waiting"] or queue["measuring"] or status["building"])
            if idle and status["works"] and site.file_named(squares.NAME):
                return
        except (OSError, ValueError, KeyError):
            pass
        time.sleep(0.5)
    raise SystemExit("the daemon did not get ready:\n" + log.read_text(errors="replace")[-3000:])
