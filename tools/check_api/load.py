"""load: GET /v1/similar?like=ID at 1, 8 and 32 connections, and what the server adds to the search.

With --home a home of any size, which is only asked (its daemon watches an empty folder); otherwise the samples. The client is wrk
(one thread, LuaJIT), whose script takes ids in turn and, at one connection, reads `took_ms` out of each answer: the server's own
overhead is the median over HTTP less the median of `took_ms`, of the same answers. Nothing timed is asserted.
"""
import re
import shutil
import subprocess
import time

from check_daemon.base import Skipped, load

from . import catalogue_of
from .document import quoted
from .service import Service, museum

SCRIPT = """
local ids = {{}}
for line in io.lines("{ids}") do ids[#ids + 1] = line end
local at = {seed}
function request()
  at = at % #ids + 1
  return wrk.format("GET", "/v1/similar?like=" .. ids[at] .. "&k={k}")
end
local threads = {{}}
function setup(thread) table.insert(threads, thread) end
function init() times = "" ; wrong = 0 end
{response}
function done(summary, latency, requests)
  local times, wrong = {{}}, 0
  for _, thread in ipairs(threads) do
    for time in string.gmatch(thread:get("times") or "", "[%d.]+") do times[#times + 1] = tonumber(time) end
    wrong = wrong + (thread:get("wrong") or 0)
  end
  table.sort(times)
  local took = #times > 0 and times[math.ceil(#times / 2)] or -1
  print(string.format("FIGURES %d %d %d %d %d %f %d %d", latency:percentile(50), latency:percentile(99), latency.max, summary.requests, summary.duration, took, wrong,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout))
end
"""
READS = """
function response(status, headers, body)
  if status ~= 200 then wrong = wrong + 1 end
  times = times .. (string.match(body, '"took_ms" ?: ?([%d.]+)') or "") .. " "
end
"""


def check(run):
    if not shutil.which("wrk"):
        raise Skipped("no wrk (Debian: wrk) to ask with")
    if run.options.home:
        home, roots = run.options.home.resolve(), [run.folder("empty")]
    else:
        roots, home = museum(run)
    service = Service(run, home, roots).start(within=120)
    total = service.json("/v1/artworks?limit=1")["total"]
    ids = run.work / "ids"
    ids.write_text("".join(quoted(id) + "\n" for id in catalogue_of.ids(service, 2000)))
    # It is made once for a home, on a processor of its own.
    began = time.monotonic()
    while service.json("/v1/map", timeout=120)["state"] == "building" and time.monotonic() - began < 1800:
        time.sleep(2)
    if time.monotonic() - began > 5:
        run.row("waited for the map", f"{time.monotonic() - began:.0f} s")
    seconds = run.options.seconds or run.size(2, 6, 20)
    run.row("works", f"{total:,}")
    run.row(
        "client",
        "wrk " + next(iter(re.findall(r"wrk (\S+)",
                                      subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout)), "?") +
        f", one thread, keep-alive, {seconds:g} s each")
    for k in (10, 20, 100) if not run.short else (20, ):
        for connections in (1, 8, 32):
            ask(run, service, ids, connections, 1, k)
            p50, p99, most, rate, took, wrong = ask(run, service, ids, connections, seconds, k)
            more = f"; of it `took_ms` {took:.2f} ms, so the server's own {p50 - took:.2f} ms" if took >= 0 else ""
            run.row(f"k = {k}, {connections} connections",
                    f"p50 {p50:.2f} ms, p99 {p99:.2f} ms, longest {most:.0f} ms, {rate:,.0f} a second{more}")
            run.expect(not wrong, f"{connections} connections: {wrong} requests failed")
    figures = service.figures()
    run.row("memory", f"{figures['rss'] >> 10} MiB, most {figures['peak'] >> 10} MiB")
    run.row("machine", load())
    run.expect(service.alive, f"the daemon died: {service.tail()}")
    service.stop()


def ask(run, service, ids, connections, seconds, k):
    script = run.work / "ask.lua"
    script.write_text(SCRIPT.format(ids=ids, seed=run.seed, k=k, response=READS if connections == 1 else ""))
    done = subprocess.run([
        "wrk", "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s", "-s",
        str(script), f"http://{service.host}"
    ],
                          capture_output=True,
                          text=True)
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+) (-?[\d.]+) (\d+) (\d+)", done.stdout)
    if not found:
        raise AssertionError(f"wrk: {done.stdout[-300:]} {done.stderr[-300:]}")
    p50, p99, most, requests, duration, took, wrong, errors = (float(x) for x in found.groups())
    return p50 / 1000, p99 / 1000, most / 1000, requests / (duration / 1e6), took, int(wrong + errors)
