// Points on a canvas: by WebGL where there is a graphics card, a hundred thousand a frame; else by hand into the picture's
// bytes, which is faster than a graphics card that is imitated in software.

const VERTEX = `
attribute vec2 place;
attribute vec4 colour;
uniform vec2 scale, shift;
uniform mediump float size;
varying vec4 ink;
void main() {
  gl_Position = vec4(place * scale + shift, 0.0, 1.0);
  gl_PointSize = size * (colour.a > 0.95 ? 1.0 : 0.75);
  ink = colour;
}`;

const FRAGMENT = `
precision mediump float;
varying vec4 ink;
uniform mediump float size;
void main() {
  float edge = 1.0 - smoothstep(1.0 - 3.0 / size, 1.0, 2.0 * length(gl_PointCoord - 0.5));
  gl_FragColor = vec4(ink.rgb, 1.0) * (ink.a * edge);
}`;

/**
 * A painter with `set(xs, ys)`, `colour(rgba bytes)` and `draw({ x, y, scale, size })`: x, y the map's place in the middle,
 * `scale` screen pixels to its whole side, `size` of a point in screen pixels.
 */
export function pointPainter(canvas) {
  const gl = canvas.getContext("webgl", { antialias: false, failIfMajorPerformanceCaveat: true, powerPreference: "high-performance" });
  return gl ? webglPainter(canvas, gl) : plainPainter(canvas);
}

function webglPainter(canvas, gl) {
  let program, places, colours, count = 0, kept = {};
  const uniform = {};

  function build() {
    program = gl.createProgram();
    for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.bindAttribLocation(program, 0, "place");
    gl.bindAttribLocation(program, 1, "colour");
    gl.linkProgram(program);
    gl.useProgram(program);
    for (const name of ["scale", "shift", "size"]) uniform[name] = gl.getUniformLocation(program, name);
    [places, colours] = [gl.createBuffer(), gl.createBuffer()];
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  function upload(buffer, data, index, size, kind, normalised) {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(index);
    gl.vertexAttribPointer(index, size, kind, normalised, 0, 0);
  }

  const painter = {
    name: "WebGL",
    set(xs, ys) {
      count = xs.length;
      const both = new Float32Array(count * 2);
      for (let i = 0; i < count; i += 1) [both[2 * i], both[2 * i + 1]] = [xs[i], ys[i]];
      kept.places = both;
      upload(places, both, 0, 2, gl.FLOAT, false);
    },
    colour(rgba) {
      kept.colours = rgba;
      upload(colours, rgba, 1, 4, gl.UNSIGNED_BYTE, true);
    },
    draw({ x, y, scale, size }) {
      const ratio = devicePixelRatio || 1;
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      if (!count || !kept.colours) return;
      const sx = (2 * scale * ratio) / canvas.width, sy = (-2 * scale * ratio) / canvas.height;
      gl.uniform2f(uniform.scale, sx, sy);
      gl.uniform2f(uniform.shift, -x * sx, -y * sy);
      gl.uniform1f(uniform.size, Math.max(2, size * ratio));
      gl.drawArrays(gl.POINTS, 0, count);
    },
  };
  build();
  // A browser may take the context away (another tab, a driver): all is given to it again.
  canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
  canvas.addEventListener("webglcontextrestored", () => {
    build();
    if (kept.places) upload(places, kept.places, 0, 2, gl.FLOAT, false);
    if (kept.colours) upload(colours, kept.colours, 1, 4, gl.UNSIGNED_BYTE, true);
    canvas.dispatchEvent(new Event("repaint"));
  });
  return painter;
}

function plainPainter(canvas) {
  const context = canvas.getContext("2d");
  let xs = [], ys = [], colours = null, picture = null, pixels = null;
  return {
    name: "2D",
    /** Pictures can be drawn over the points here, where there is no need of a second canvas. */
    context,
    set(...places) {
      [xs, ys] = places;
    },
    /** Colours as the picture has them, four bytes in a word. */
    colour(rgba) {
      colours = new Uint32Array(rgba.slice().buffer);
    },
    draw({ x, y, scale, size }) {
      const ratio = devicePixelRatio || 1, { width, height } = canvas;
      if (picture?.width !== width || picture?.height !== height) {
        picture = context.createImageData(width, height);
        pixels = new Uint32Array(picture.data.buffer);
      }
      pixels.fill(0);
      const s = scale * ratio, side = Math.max(2, Math.round(size * ratio * 0.8)), half = side >> 1;
      const left = width / 2 - x * s - half, top = height / 2 - y * s - half;
      for (let i = 0; colours && i < xs.length; i += 1) {
        const px = Math.round(left + xs[i] * s), py = Math.round(top + ys[i] * s);
        if (px < 0 || py < 0 || px + side > width || py + side > height) continue;
        const colour = colours[i];
        // Corners are left out of larger points: round enough.
        const round = side > 4 ? 1 : 0;
        for (let row = 0; row < side; row += 1) {
          const inset = row === 0 || row === side - 1 ? round : 0;
          const start = (py + row) * width + px;
          pixels.fill(colour, start + inset, start + side - inset);
        }
      }
      context.putImageData(picture, 0, 0);
    },
  };
}
