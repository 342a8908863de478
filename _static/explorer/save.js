// Saves the picture that stands there, with its caption and where it comes from, on white: as SVG, or as PNG for those
// who have no use for one.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const PNG_SCALE = 3; // pixels of the PNG for each on the page
  const MARGIN = 12; // all lengths in points, the unit of the pictures
  const CAPTION = { size: 10.5, line: 14.5, color: "#1b2733" };
  const SOURCE = { size: 8, line: 12, color: "#5b6875" };

  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  // Lines of words that are no wider than so many points.
  function wrapped(text, width, font) {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = font;
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines.filter(Boolean);
  }

  // The page's title, and its address where others can go to it.
  function source(explorer) {
    const { protocol, hostname, origin, pathname } = location;
    const open = protocol.startsWith("http") && !/^(localhost|127\.|\[)/.test(hostname);
    return [document.title, ...(open ? [origin + pathname + nn.linkOf(explorer)] : [])];
  }

  async function composed(explorer) {
    const frame = await explorer.current();
    const [width, height] = nn.sizeOf(frame.svg);
    const inner = frame.svg.replace(/<metadata>.*?<\/metadata>\n?/, "").replace(/<svg [^>]*>/, (tag) =>
      tag.replace(/ (width|height)="[^"]*"/g, "").replace("<svg", `<svg width="${width}" height="${height}"`),
    );
    const family = getComputedStyle(document.body).fontFamily.replaceAll('"', "'");
    const texts = [];
    let y = height + 4;
    const write = (text, { size, line, color }) => {
      for (const words of wrapped(text, width - 2 * MARGIN, `${size}px ${family}`)) {
        y += line;
        texts.push(`<text x="${MARGIN}" y="${y}" font-size="${size}" fill="${color}">${escaped(words)}</text>`);
      }
    };
    write(frame.caption, CAPTION);
    y += 4;
    for (const text of source(explorer)) write(text, SOURCE);
    y += MARGIN;
    const size = { width: width * nn.PIXELS_A_POINT, height: y * nn.PIXELS_A_POINT };
    const svg =
      `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="0 0 ${width} ${y}">\n` +
      `<title>${escaped(frame.caption)}</title>\n<rect width="${width}" height="${y}" fill="#ffffff"/>\n${inner}\n` +
      `<g font-family="${family}">\n${texts.join("\n")}\n</g>\n</svg>\n`;
    return { ...size, blob: new Blob([svg], { type: "image/svg+xml" }) };
  }

  async function painted({ width, height, blob }) {
    const image = new Image();
    image.src = URL.createObjectURL(blob);
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * PNG_SCALE), Math.round(height * PNG_SCALE)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(image.src);
    return new Promise((done) => canvas.toBlob(done, "image/png"));
  }

  async function save(explorer, kind) {
    const picture = await composed(explorer);
    const blob = kind === "svg" ? picture.blob : await painted(picture);
    const setting = Object.entries(explorer.setting).map(([name, value]) => `_${name}-${value}`);
    const link = document.createElement("a");
    link.download = `${[explorer.id, ...setting].join("").replace(/[^\w.-]+/g, "-")}.${kind}`;
    link.href = URL.createObjectURL(blob);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    explorer.say(`Saved as ${link.download}.`);
  }

  for (const [place, kind] of ["svg", "png"].entries()) {
    nn.tools.push({
      name: kind,
      word: `Save |${kind.toUpperCase()}`,
      title: `Save this picture with its caption, as ${kind.toUpperCase()}`,
      order: 4 + place,
      use: (explorer) => save(explorer, kind).catch(() => explorer.say(`The picture could not be saved as ${kind.toUpperCase()}.`)),
    });
  }
})();
