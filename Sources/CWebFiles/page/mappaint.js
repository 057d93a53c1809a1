// Points on a canvas: by WebGL, a hundred thousand a frame; without it by hand, which does for some ten thousand.

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
  const gl = canvas.getContext("webgl", { antialias: false, alpha: true, powerPreference: "high-performance" });
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
  let xs = [], ys = [], rgba = [];
  return {
    name: "2D",
    set(...places) {
      [xs, ys] = places;
    },
    colour(bytes) {
      rgba = bytes;
    },
    draw({ x, y, scale, size }) {
      const ratio = devicePixelRatio || 1, { width, height } = canvas, s = scale * ratio, side = Math.max(2, size * ratio * 0.85);
      context.clearRect(0, 0, width, height);
      for (let i = 0; i < xs.length; i += 1) {
        const px = (xs[i] - x) * s + width / 2, py = (ys[i] - y) * s + height / 2;
        if (px < -side || py < -side || px > width + side || py > height + side || !rgba.length) continue;
        context.fillStyle = `rgba(${rgba[4 * i]},${rgba[4 * i + 1]},${rgba[4 * i + 2]},${rgba[4 * i + 3] / 255})`;
        context.fillRect(px - side / 2, py - side / 2, side, side);
      }
    },
  };
}
