// The pictures that appear on the map where there is room for them: few at a time are fetched, recent ones are kept.
import { workThumbnail } from "./api.js";

const KEPT = 600, AT_ONCE = 6;

export class MapThumbs {
  /** `ready()` is called when a picture has come. */
  constructor(ready) {
    this.ready = ready;
    this.images = new Map();
    this.wanted = [];
    this.loading = 0;
  }

  /** Says which works are seen now, in order of importance; what is no longer seen is not fetched any more. */
  want(ids) {
    this.wanted = ids.filter((id) => !this.images.has(id));
    this.go();
  }

  /** The picture of a work if it is there. */
  get(id) {
    const image = this.images.get(id);
    if (!image?.naturalWidth) return null;
    this.images.delete(id);
    this.images.set(id, image);
    return image;
  }

  go() {
    while (this.loading < AT_ONCE && this.wanted.length) {
      const id = this.wanted.shift();
      const image = new Image();
      this.images.set(id, image);
      this.loading += 1;
      const done = () => {
        this.loading -= 1;
        this.ready();
        this.go();
      };
      image.onload = done;
      image.onerror = done;
      image.src = workThumbnail(id, 128);
      while (this.images.size > KEPT) this.images.delete(this.images.keys().next().value);
    }
  }
}

/** Draws pictures over the points: `places` are { id, x, y, colour } in pixels of the screen, each in a box of `side`. */
export function paintThumbs(context, places, side, thumbs) {
  for (const { id, x, y, colour } of places) {
    const image = thumbs.get(id);
    if (!image) continue;
    const scale = side / Math.max(image.naturalWidth, image.naturalHeight);
    const w = image.naturalWidth * scale, h = image.naturalHeight * scale;
    context.drawImage(image, x - w / 2, y - h / 2, w, h);
    if (!colour) continue;
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.strokeRect(x - w / 2 - 1, y - h / 2 - 1, w + 2, h + 2);
  }
}
