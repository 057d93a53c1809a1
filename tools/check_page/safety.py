"""Whatever stands in a catalogue is text; nothing comes from elsewhere."""
from . import daemon
from .run import need, sabotaged


@sabotaged(("dom.js", "else if (child != null && child !== false) element.append(child);",
            "else if (typeof child === \"string\") element.insertAdjacentHTML(\"beforeend\", child); else if (child != null && child !== false) element.append(child);"))
def hostile(run):
    """A title that is markup is shown as text, everywhere, and runs nowhere"""
    id = daemon.HOSTILE_ID
    paths = ["/?filter=id+%3D+" + id, f"/?like={id}&work={id}", f"/?like={id}&unlike=op-art-01", f"/?compare={id}&compare=op-art-01&look=true",
             "/?view=duplicates", "/?text=%3Cimg+src%3Dx+onerror%3D%22window.pwned%3D1%22%3E", "/?filter=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E",
             "/?pick=%3Cimg+src%3Dx%3E:%3Cimg+src%3Dx+onerror%3D%22window.pwned%3D1%22%3E", "/?colour=%3Cb%3E&view=map",
             "/?view=you&user=%3Cimg+src%3Dx+onerror%3D%22window.pwned%3D1%22%3E", f"/?view=you&filter=id+%3D+{id}"]
    for path in paths:
        with run.page(path, ready="main h1") as page:
            page.wait_for_timeout(900)
            need(not page.evaluate("window.pwned"), f"it ran: {path}")
            need(page.locator("img[src='x'], [onerror]").count() == 0, f"it became markup: {path}")
            if path == paths[0]:
                text = page.inner_text("li.tile .title")
                need(text == daemon.HOSTILE_TITLE, f"the title is shown as {text!r}")
    return f"{len(paths)} views"


@sabotaged(("/", "<body>", "<body onload=\"window.inline=1\">"))
def policy(run):
    """The content security policy is sent and holds: nothing inline, nothing from elsewhere"""
    with run.page() as page:
        answer = page.context.request.get(run.url + "/")
        policy = answer.headers.get("content-security-policy", "")
        need("default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy, policy or "none is sent")
        html = page.content() if run.sabotage else answer.text()
        for bad in (" style=", " onload=", " onclick=", "<style", "javascript:"):
            need(bad not in html.split("<main")[0], f"{bad} in the HTML")
        elsewhere = page.evaluate("performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin) && !/^(data|blob):/.test(n))")
        need(not elsewhere, f"fetched from elsewhere: {elsewhere[:3]}")
        run_inline = page.evaluate("""() => { const s = document.createElement("script"); s.textContent = "window.inline = 1"; document.head.append(s); return window.inline; }""")
        need(not run_inline, "an inline script ran")
        page.errors = [e for e in page.errors if "inline script" not in e and "script-src" not in e]
    return policy[:60] + " …"


@sabotaged(("session.js", "if (!session.keys_required) return;", "return;"))
def sign_in(run):
    """Where a key is wanted the page asks for it, says when it is wrong, and goes on when it is right"""
    state = {"in": False}

    def keyed(page):
        def session(route):
            if route.request.method == "POST":
                state["in"] = route.request.post_data_json["key"] == "good"
                return route.fulfill(status=204) if state["in"] else route.fulfill(
                    status=401, content_type="application/problem+json", body='{"title":"Unauthorized","status":401,"detail":"unknown key"}')
            return route.fulfill(json={"keys_required": True, "scopes": ["read"] if state["in"] else []})
        page.route("**/v1/session", session)

    with run.page(ready="dialog[open] #key", before=keyed) as page:
        need(page.locator("li.tile").count() == 0, "works are shown without a key")
        page.fill("#key", "bad")
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog .problem:not([hidden])")
        page.fill("#key", "good")
        page.keyboard.press("Enter")
        page.wait_for_selector("li.tile")
        need(page.locator("#sign-out").is_visible(), "there is no way out")
        need("good" not in page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + location.href"), "the key is kept")


CHECKS = [hostile, policy, sign_in]
