"""The program under test: the daemon, the commands, and questions to its socket."""
import http.client
import json
import os
import signal
import socket
import subprocess
import time

from .base import Skipped


class OverSocket(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self.path))


class Daemon:
    """`morelli watch` over some folders; its output goes to a log that all starts share."""

    def __init__(self, run, roots, home, *, prefix=(), arguments=(), name="daemon"):
        self.run, self.roots, self.home = run, [str(root) for root in roots], home
        self.prefix, self.arguments = list(prefix), list(arguments)
        self.log = run.work / f"{name}.log"
        self.process = None
        self.starts = 0
        run.daemons.append(self)

    def start(self, wait=True, environment=None, within=20):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [*self.prefix, str(self.run.morelli), "watch", *self.roots, "--home", str(self.home), *self.arguments],
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, cwd=self.run.work,
                env={**os.environ, **(environment or {})}, start_new_session=True)
        self.starts += 1
        if wait:
            self.wait_ready(within)
        return self

    def wait_ready(self, within=20):
        end = time.monotonic() + within
        while time.monotonic() < end:
            if not self.alive:
                raise AssertionError(f"the daemon ended with {self.process.returncode}: {self.tail()}")
            if self.status() is not None:
                return
            time.sleep(0.02)
        raise AssertionError(f"the daemon doesn't answer after {within} s: {self.tail()}")

    @property
    def pid(self):
        """Of the daemon itself, where a prefix such as strace stands before it."""
        if not self.prefix:
            return self.process.pid
        state = self.status()
        return state["process"] if state else self.process.pid

    @property
    def alive(self):
        return self.process is not None and self.process.poll() is None

    def workers(self):
        """The processes that decode."""
        try:
            threads = os.listdir(f"/proc/{self.pid}/task")
            return [int(child) for thread in threads
                    for child in open(f"/proc/{self.pid}/task/{thread}/children").read().split()]
        except OSError:
            return []

    def signal(self, number):
        os.kill(self.pid, number)

    def kill(self):
        """At once, as a crash would; its workers are waited for, and killed where they stay."""
        if self.process is None:
            return []
        workers = self.workers() if self.alive else []
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGCONT)
            self.process.kill()
        self.process.wait()
        left = gone(workers, 3)
        for worker in left:
            try:
                os.kill(worker, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return left

    def stop(self, within=30):
        """As the service manager does. Returns the seconds that it took."""
        began = time.monotonic()
        self.signal(signal.SIGTERM)
        try:
            self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.run.fault(f"the daemon still runs {within} s after SIGTERM: {self.tail()}")
            self.kill()
        return time.monotonic() - began

    def tail(self, lines=4):
        try:
            return " / ".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""

    def said(self, text, since=0):
        return text in self.log.read_text(errors="replace")[since:]

    # Questions to its socket.

    def ask(self, method, path, body=None, timeout=30):
        """(status, document); raises OSError where nobody answers."""
        connection = OverSocket(self.home / "daemon.sock", timeout)
        try:
            connection.request(method, path, None if body is None else json.dumps(body),
                               {"Content-Type": "application/json"})
            response = connection.getresponse()
            data = response.read()
            if response.getheader("Content-Type", "").startswith("text/plain"):
                return response.status, data.decode()
            return response.status, json.loads(data or b"null")
        except http.client.HTTPException as problem:
            raise OSError(str(problem)) from problem
        finally:
            connection.close()

    def status(self, timeout=10):
        try:
            code, document = self.ask("GET", "/v1/status", timeout=timeout)
            return document if code == 200 else None
        except (OSError, ValueError):
            return None

    def findable(self, count=1000, colour="#808080", timeout=30):
        """The files of the works that answer: all, where there are no more than `count`."""
        code, answer = self.ask("POST", "/v1/answers", {
            "terms": {"weights": {}, "count": count, "diversity": 0, "facets": [], "palette": f"{colour}:1"},
            "like": [], "unlike": []}, timeout)
        if code != 200:
            raise AssertionError(f"the daemon answers {code}: {answer}")
        return {result["file"]: result for result in answer["results"]}

    # What the process uses.

    def figures(self):
        """Resident KiB, threads, descriptors; None once it is gone."""
        try:
            status = dict(line.split(":\t", 1) for line in open(f"/proc/{self.pid}/status") if ":\t" in line)
            return {"rss": int(status["VmRSS"].split()[0]), "peak": int(status["VmHWM"].split()[0]),
                    "threads": int(status["Threads"]), "descriptors": len(os.listdir(f"/proc/{self.pid}/fd"))}
        except (OSError, KeyError):
            return None

    def processor_seconds(self):
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def gone(processes, within):
    """Those that are still there after so many seconds."""
    end = time.monotonic() + within
    while True:
        processes = [p for p in processes if os.path.exists(f"/proc/{p}") and not _is_zombie(p)]
        if not processes or time.monotonic() > end:
            return processes
        time.sleep(0.02)


def _is_zombie(process):
    try:
        return open(f"/proc/{process}/stat").read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def command(run, home, *arguments, timeout=120, prefix=()):
    """Runs one command of the program on a home."""
    return subprocess.run(
        [*prefix, str(run.morelli), *map(str, arguments), "--home", str(home)], capture_output=True, text=True,
        errors="replace", timeout=timeout, stdin=subprocess.DEVNULL, cwd=run.work)


def as_nobody(run, *owned):
    """A prefix that runs a program as a user without rights; gives that user these folders."""
    if os.geteuid() != 0:
        return []
    for path in owned:
        os.chown(path, 65534, 65534)
    import shutil
    if not shutil.which("setpriv"):
        raise Skipped("no setpriv to be an ordinary user with")
    return ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
