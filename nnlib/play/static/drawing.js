// A drawing, brought to the form of the data. Those were made so, at NIST (Garris and others 1994) and by Alpaydin and Kaynak
// (1998): a digit was set upright, fitted into 20 x 32 dots in the middle of 32 x 32, its lines made about as thick as all
// others' are, and its black dots counted in blocks of 4 x 4. A drawing is a list of strokes, a stroke a list of points
// [x, y] from 0 to 1, y downwards.
(() => {
  "use strict";

  const SIDE = 32, WIDTH = 20;
  const INK = 308; // black dots of 1,024: the data's mean, which is about the same for every digit
  const PEN = 3; // dots across, where a drawing is taken as it is
  const segments = (strokes) => strokes.flatMap((stroke) => stroke.map((point, i) => [stroke[Math.max(0, i - 1)], point]));

  function upright(strokes) { // sheared, so that its ink leans to neither side
    let [length, x, y] = [0, 0, 0];
    const parts = segments(strokes).map(([[x1, y1], [x2, y2]]) => [Math.hypot(x2 - x1, y2 - y1), (x1 + x2) / 2, (y1 + y2) / 2]);
    for (const [l, px, py] of parts) [length, x, y] = [length + l, x + l * px, y + l * py];
    if (!length) return strokes;
    [x, y] = [x / length, y / length];
    let [both, high] = [0, 0];
    for (const [l, px, py] of parts) [both, high] = [both + l * (px - x) * (py - y), high + l * (py - y) ** 2];
    const lean = high ? Math.max(-1, Math.min(1, both / high)) : 0;
    return strokes.map((stroke) => stroke.map(([px, py]) => [px - lean * (py - y), py]));
  }

  function fitted(strokes, pen) { // in dots: as high as the frame, and no wider than the data's
    const all = strokes.flat(), ends = [0, 1].map((i) => [Math.min(...all.map((p) => p[i])), Math.max(...all.map((p) => p[i]))]);
    const [width, height] = ends.map(([low, high]) => Math.max(high - low, 1e-3)), [x, y] = ends.map(([low, high]) => (low + high) / 2);
    const up = (SIDE - pen) / Math.max(height, 0.35 * width), across = Math.min(up, Math.max(WIDTH - pen, 0.5) / width); // a dash is no digit
    return strokes.map((stroke) => stroke.map(([px, py]) => [SIDE / 2 + (px - x) * across, SIDE / 2 + (py - y) * up]));
  }

  function distances(strokes) { // from the middle of each dot to the nearest stroke
    const near = new Float64Array(SIDE * SIDE).fill(Infinity);
    for (const [[x, y], [x2, y2]] of segments(strokes)) {
      const dx = x2 - x, dy = y2 - y, square = dx * dx + dy * dy || 1;
      for (let k = 0; k < near.length; k++) {
        const px = (k % SIDE) + 0.5 - x, py = Math.floor(k / SIDE) + 0.5 - y, t = Math.max(0, Math.min(1, (px * dx + py * dy) / square));
        const d = (px - t * dx) ** 2 + (py - t * dy) ** 2;
        if (d < near[k]) near[k] = d;
      }
    }
    return near.map(Math.sqrt);
  }

  // 64 numbers from 0 (paper) to 16 (ink), row by row. Not fit: the drawing as it stands in its frame.
  function prepared(strokes, fit = true) {
    const X = new Float64Array(64);
    if (!strokes.length) return X;
    let pen = 2 * PEN, near;
    if (fit) {
      const straight = upright(strokes);
      for (let turn = 0; turn < 3; turn++) { // a wider pen leaves less room, which asks for another pen
        near = distances(fitted(straight, pen));
        const wide = 2 * Float64Array.from(near).sort()[INK - 1];
        pen = turn < 2 ? (pen + wide) / 2 : wide;
      }
    } else {
      near = distances(strokes.map((stroke) => stroke.map(([x, y]) => [SIDE * x, SIDE * y])));
      pen = PEN;
    }
    near.forEach((d, k) => (X[(k >> 7) * 8 + ((k % SIDE) >> 2)] += 2 * d <= pen ? 1 : 0));
    return X;
  }

  Object.assign(globalThis.nnplay, { prepared, SIDE, PEN });
})();
