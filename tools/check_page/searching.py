"""Asking: with a picture of one's own, with a work, with words, with a colour."""
from . import daemon
from .run import ids, need, sabotaged, settled

PICTURE = daemon.ROOT / "samples" / "works" / "woodblock-wave-01.jpg"


@sabotaged(("pictures.js", "change((state) => likeOf(state, id))", "void 0"))
def upload(run):
    """A chosen picture is measured and its like is found"""
    with run.page() as page:
        settled(page, lambda: page.set_input_files("#picture-file", PICTURE), "the picture")
        need("like=picture" in page.url, f"the address doesn't say it: {page.url}")
        # The wall may have changed for another reason meanwhile.
        for _ in range(20):
            if ids(page)[0].startswith("woodblock-wave"):
                break
            page.wait_for_timeout(200)
        need(ids(page)[0].startswith("woodblock-wave"), f"nearest to a wave is {ids(page)[0]}")
        need(page.locator(".surface img").is_visible(), "the picture isn't shown beside the wall")
        return f"first {ids(page)[0]}"


@sabotaged(("pictures.js", 'addEventListener("drop"', 'addEventListener("nodrop"'))
def drop(run):
    """A picture that is dropped on the page is searched with"""
    with run.page() as page:
        data = list(PICTURE.read_bytes())
        settled(page, lambda: page.evaluate(
            """data => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([new Uint8Array(data)], "mine.jpg", { type: "image/jpeg" }));
              for (const kind of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
            }""", data), "the drop")
        need("like=picture" in page.url, page.url)


@sabotaged(("pictures.js", 'addEventListener("paste"', 'addEventListener("nopaste"'))
def paste(run):
    """A picture that is pasted is searched with"""
    with run.page() as page:
        data = list(PICTURE.read_bytes())
        settled(page, lambda: page.evaluate(
            """data => {
              const transfer = new DataTransfer();
              transfer.items.add(new File([new Uint8Array(data)], "mine.jpg", { type: "image/jpeg" }));
              document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }));
            }""", data), "the paste")
        need("like=picture" in page.url, page.url)


@sabotaged(("pictures.js", "complain(trouble(error))", "void 0"))
def refused(run):
    """A file that is no picture is refused with the daemon's reason"""
    with run.page() as page:
        page.set_input_files("#picture-file", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"not a picture"})
        page.wait_for_selector(".toast.bad:not([hidden])")
        text = page.inner_text(".toast")
        need(len(text) > 10, f"it only says {text!r}")
        return text


@sabotaged(("state.js", "like: [id], unlike: []", "like: [], unlike: []"))
def like(run):
    """Choosing a work shows its like"""
    with run.page("/?pick=style:Op+Art") as page:
        chosen = ids(page)[0]
        page.locator("li.tile a").first.click()
        page.wait_for_selector("li.tile .score:not(:empty)")
        need(f"like={chosen}" in page.url, page.url)
        found = ids(page)
        need(chosen not in found, "the work is in its own answer")
        scores = [float(text) for text in page.locator(".score").all_inner_texts()]
        need(scores == sorted(scores, reverse=True), f"not in order: {scores[:8]}")


@sabotaged(("main.js", "text: words.value.trim()", "text: \"\""))
def words(run):
    """Words find works"""
    with run.page() as page:
        def ask():
            page.fill("#words", "wave")
            page.press("#words", "Enter")
        _, after = settled(page, ask, "the words")
        need(any(id.startswith("woodblock-wave") for id in after[:5]), f"no wave among {after[:5]}")
        need("text=wave" in page.url, page.url)


@sabotaged(("tile.js", "colour, weight: 1 }].slice(-8)", "colour, weight: 1 }].slice(-8).slice(9)"))
def palette(run):
    """Choosing a colour of a work finds works that have it"""
    with run.page() as page:
        colour = page.locator("li.tile .palette button").first.evaluate("b => getComputedStyle(b).backgroundColor")
        settled(page, lambda: page.locator("li.tile .palette button").first.click(), "the colour")
        need("palette=" in page.url, page.url)
        need(page.locator(".swatches .swatch").count() == 1, "the rail doesn't show the colour")
        shown = page.locator(".swatches .swatch").evaluate("b => getComputedStyle(b).backgroundColor")
        need(shown == colour, f"{shown} was asked for, {colour} chosen")


CHECKS = [upload, drop, paste, refused, like, words, palette]
