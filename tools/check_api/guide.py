"""The commands of docs/api.md, run as they stand there."""
import re
import shutil
import subprocess

from check_daemon import pictures
from check_daemon.base import ROOT


def run_guide(run, service, values):
    """Every `curl` of the guide that asks a daemon on loopback must be answered with success."""
    if not shutil.which("curl"):
        run.skip("no curl: the guide's commands are not run")
        return
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    place = run.folder("guide")
    (place / "photo.jpg").write_bytes(pictures.samples(".jpg")[0])
    done = 0
    for block in re.findall(r"```sh\n(.*?)```", text, re.S):
        for line in re.sub(r"\\\n\s*", "", block).splitlines():
            if not line.startswith("curl") or "KEY" in line or "curl -N" in line:
                continue
            line = line.replace("http://127.0.0.1:8420", f"http://{service.host}").replace("TOKEN", values["token"])
            line = re.sub(r"(image/3/)\d+", rf"\g<1>{values['file']}", line)
            asked = subprocess.run(["bash", "-c", line.replace("curl ", "curl --fail-with-body ", 1)],
                                   capture_output=True, cwd=place, timeout=60)
            done += 1
            run.expect(asked.returncode == 0 and (asked.stdout or "-o " in line or "> " in line or "DELETE" in line),
                       f"the guide's `{line}` ends with {asked.returncode}: {asked.stdout[:200]!r} {asked.stderr[-200:]!r}")
    run.expect(done > 10, f"the guide has {done} commands")
    run.row("commands of docs/api.md, run", done)
