// One picture, looked at closely: the thumbnail first, then tiles of the IIIF Image API as sharp as the screen can show.

const TILE = 512, KEPT = 160;

/**
 * A canvas with a picture. `source` is { file, width, height, preview } (file null: there is only the preview). What is seen
 * is said by a view { x, y, zoom } that panes can share: the picture's point in the middle of the pane, in parts of its
 * width and height, and how many times larger than whole.
 */
export class DeepZoom {
  constructor(canvas, source) {
    Object.assign(this, { canvas, source, view: { x: 0.5, y: 0.5, zoom: 1 } });
    this.tiles = new Map();
    this.preview = new Image();
    this.preview.onload = () => {
      if (!source.width) [source.width, source.height] = [this.preview.naturalWidth, this.preview.naturalHeight];
      this.redraw();
    };
    this.preview.src = source.preview;
    this.observer = new ResizeObserver(() => this.redraw());
    this.observer.observe(canvas);
  }

  close() {
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
    for (const tile of this.tiles.values()) tile.src = "";
  }

  /** Screen pixels to a pixel of the picture when it is seen whole. */
  get fit() {
    const { clientWidth, clientHeight } = this.canvas;
    return Math.min(clientWidth / this.source.width, clientHeight / this.source.height) || 1;
  }

  /** No more than eight screen pixels to one of the picture, but always twice what "whole" is. */
  get most() {
    return Math.max(2, 8 / this.fit);
  }

  show(view) {
    this.view = view;
    this.redraw();
  }

  /** The view moved by pixels of the screen. */
  moved(dx, dy) {
    const scale = this.fit * this.view.zoom;
    return this.held({ ...this.view, x: this.view.x - dx / scale / this.source.width, y: this.view.y - dy / scale / this.source.height });
  }

  /** The view magnified about a point of the pane. */
  zoomed(factor, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2) {
    const zoom = Math.min(this.most, Math.max(1, this.view.zoom * factor));
    const dx = x - this.canvas.clientWidth / 2, dy = y - this.canvas.clientHeight / 2;
    const shift = (1 / (this.fit * this.view.zoom) - 1 / (this.fit * zoom));
    return this.held({ zoom, x: this.view.x + (dx * shift) / this.source.width, y: this.view.y + (dy * shift) / this.source.height });
  }

  /** The middle of the pane stays on the picture. */
  held = (view) => (view.zoom <= 1.0001 ? { x: 0.5, y: 0.5, zoom: 1 }
    : { ...view, x: Math.min(1, Math.max(0, view.x)), y: Math.min(1, Math.max(0, view.y)) });

  redraw() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  draw() {
    const { canvas, source, view } = this;
    const ratio = devicePixelRatio || 1;
    const wide = canvas.clientWidth, high = canvas.clientHeight;
    if (!wide || !source.width) return;
    if (canvas.width !== Math.round(wide * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(wide * ratio);
      canvas.height = Math.round(high * ratio);
    }
    const context = canvas.getContext("2d");
    const scale = this.fit * view.zoom;
    const left = wide / 2 - view.x * source.width * scale, top = high / 2 - view.y * source.height * scale;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    context.imageSmoothingQuality = "high";
    context.imageSmoothingEnabled = scale * ratio < 3;
    if (this.preview.naturalWidth) context.drawImage(this.preview, left, top, source.width * scale, source.height * scale);
    this.drawTiles(context, { scale, left, top, wide, high, ratio });
  }

  drawTiles(context, { scale, left, top, wide, high, ratio }) {
    const { source } = this;
    // The preview does until a pixel of it would be seen larger than one of the screen; of a small picture it has all.
    const has = this.preview.naturalWidth / source.width;
    if (!source.file || has >= 1 || scale * ratio <= has * 1.05) return;
    const reduction = 2 ** Math.max(0, Math.floor(Math.log2(1 / (scale * ratio))));
    const side = TILE * reduction;
    const first = (start) => Math.max(0, Math.floor(-start / scale / side));
    const last = (start, room, size) => Math.min(Math.ceil(size / side), Math.ceil((room - start) / scale / side));
    for (let row = first(top); row < last(top, high, source.height); row += 1) {
      for (let column = first(left); column < last(left, wide, source.width); column += 1) {
        const x = column * side, y = row * side;
        const w = Math.min(side, source.width - x), h = Math.min(side, source.height - y);
        const tile = this.tile(x, y, w, h, reduction);
        if (tile.naturalWidth) context.drawImage(tile, left + x * scale, top + y * scale, w * scale, h * scale);
      }
    }
  }

  tile(x, y, w, h, reduction) {
    const size = `${Math.ceil(w / reduction)},${Math.ceil(h / reduction)}`;
    const address = `/iiif/image/3/${this.source.file}/${x},${y},${w},${h}/${size}/0/default.jpg`;
    let tile = this.tiles.get(address);
    if (tile) this.tiles.delete(address);
    else {
      tile = new Image();
      tile.onload = () => this.redraw();
      tile.src = address;
    }
    this.tiles.set(address, tile);
    if (this.tiles.size > KEPT) this.tiles.delete(this.tiles.keys().next().value);
    return tile;
  }
}
