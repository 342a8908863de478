"""How quickly networks train in the page: ``python benchmarks/play.py [nn.ts]``.

The engine by itself in V8: epochs a second of 2-8-8-1 with 400 points in batches of 10, beside nnlib in
CPython and, where its ``src/nn.ts`` is given, TensorFlow Playground's own engine in the same process. Then
the figure in Chromium, at the processor's speed and four times slower (with ``nn.ts``: four times slower than
the processor that the goals were set on, as that engine measures it): the time to the first picture, the gap
between frames while it trains, epochs a second; the memory of eight figures; the size of the script.
Times of the engines are the best of groups of some milliseconds, which other work on the machine hardly
touches, and the first picture's is the best of eight; those between frames are medians.
"""

from __future__ import annotations

import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from play_golden import NODE, sources  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

import nnlib  # noqa: E402
from nnlib.play.scripts import digits_data, digits_script, script, style  # noqa: E402
from tools import browser  # noqa: E402

POINTS, BATCH, RATE = 400, 10, 0.03
SLOWER = 4
REFERENCE = 0.57  # ms that TensorFlow Playground's engine took for an epoch where the goals were set
MORE = {"script": digits_script(), "data": digits_data()}
NETWORKS = {"2-8-8-1": {}, "6 x 8": {"layers": [8] * 6, "activation": "relu", "init": "he"}}

ENGINES = """
const { Random, Network, Training, points, matrices } = globalThis.nnplay;
const data = matrices(points("spiral", POINTS, 0.02, 0), 1);
const how = { optimizer: "sgd", learning_rate: RATE, batch_size: BATCH };
const network = { sizes: [2, 8, 8, 1], hidden: "tanh", output: "sigmoid", cost: "quadratic" };
const training = new Training(new Network(network, new Random(1)), data, how, new Random(0));
const epochs = { page: () => { while (!training.batch()); } };
if (theirs) { // as its own oneStep does it: a point after the other, the weights after each batch
  const names = "{ buildNetwork, forwardProp, backProp, updateWeights, Activations, Errors }";
  const nn = new Function(`${theirs}; return ${names};`)(), { TANH } = nn.Activations;
  const net = nn.buildNetwork([2, 8, 8, 1], TANH, TANH, null, ["x", "y"]);
  epochs.theirs = () => {
    for (let r = 0; r < POINTS; r++) {
      nn.forwardProp(net, [data.X[2 * r], data.X[2 * r + 1]]);
      nn.backProp(net, 2 * data.Y[r] - 1, nn.Errors.SQUARE);
      if ((r + 1) % BATCH === 0) nn.updateWeights(net, RATE, 0);
    }
  };
}
const best = {};
for (let round = 0; round < 60; round++) {
  for (const [name, epoch] of Object.entries(epochs)) { // in turns
    const begin = performance.now();
    for (let k = 0; k < 20; k++) epoch();
    best[name] = Math.min(best[name] ?? Infinity, (performance.now() - begin) / 20);
  }
}
console.log(JSON.stringify(best));
"""


def engines(theirs: Path | None) -> dict[str, float]:
    """Milliseconds an epoch."""
    code = f"const POINTS = {POINTS}, BATCH = {BATCH}, RATE = {RATE};\n"
    code += "let theirs = null;\n"
    if theirs:
        text = theirs.read_text(encoding="utf-8").replace("(<any>Math)", "(Math as any)")
        code += (
            f"theirs = require('module').stripTypeScriptTypes({json.dumps(text)}).replace(/export /g, '');\n"
        )
    with tempfile.NamedTemporaryFile("w", suffix=".cjs", encoding="utf-8") as file:
        file.write("\n".join([*sources(), code, ENGINES]))
        file.flush()
        done = subprocess.run([str(NODE), "--no-warnings", file.name], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    found: dict[str, float] = json.loads(done.stdout)
    X, labels = nnlib.play.points("spiral", POINTS, rng=0)
    net, Y = nnlib.Network([2, 8, 8, 1], "tanh", rng=1), labels[:, None].astype(float)
    times = []
    for _ in range(30):
        begin = time.process_time()
        nnlib.fit(net, X, Y, epochs=3, batch_size=BATCH, optimizer=nnlib.SGD(RATE), rng=0)
        times.append((time.process_time() - begin) / 3 * 1000)
    return found | {"nnlib in CPython": min(times)}


def figure(**preset: Any) -> str:
    os.environ["NNLIB_STATIC"] = "1"
    html: str = nnlib.play(**preset)._repr_mimebundle_()[0]["text/html"]
    return html


def open_page(chrome: Browser, figures: list[str], slower: int) -> Page:
    page = chrome.new_page(viewport={"width": 1280, "height": 900})
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    html = f"<!doctype html><style>{style()}</style><div style='width:46rem'>{''.join(figures)}</div>"
    page.goto("about:blank")
    page.set_content(html)
    return page


def first_picture(chrome: Browser, slower: int) -> float:
    """Milliseconds that the script takes until the figure is drawn, style and layout included."""
    times = []
    for _ in range(8):
        page = open_page(chrome, [figure()], slower)
        page.evaluate("performance.mark('begin')")
        page.add_script_tag(content=f"var began = performance.now();{script()};document.body.offsetHeight;")
        times.append(page.evaluate("performance.now() - began"))
        page.close()
    return min(times)


PLAY = """([speed, seconds]) => new Promise(done => {
    const {live} = document.querySelector('.nn-live'), gaps = [];
    live.settings.speed = speed;
    live.play();
    let before = performance.now();
    const begin = before;
    const look = now => {
        gaps.push(now - before);
        before = now;
        if (now - begin < 1000 * seconds) requestAnimationFrame(look);
        else done([gaps.slice(5), live.model.epoch / seconds]);
    };
    requestAnimationFrame(look);
})"""


def playing(chrome: Browser, preset: dict[str, Any], speed: int, slower: int) -> tuple[float, float]:
    """The median gap between frames in ms, and epochs a second."""
    page = open_page(chrome, [figure(**preset)], slower)
    page.add_script_tag(content=script())
    gaps, epochs = page.evaluate(PLAY, [speed, 5])
    page.close()
    return statistics.median(gaps), epochs


def heap(chrome: Browser, figures: int) -> float:
    """Megabytes of JavaScript's memory that so many figures take."""
    page = open_page(chrome, [figure() for _ in range(figures)], 1)
    page.add_script_tag(content=script())
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"] / 1e6
    page.close()
    return used


DIGITS = """() => {
    const {live} = document.querySelector('.nn-live'), {model} = live;
    let epoch = Infinity, frame = Infinity;
    for (let k = 0; k < 60; k++) {
        let begin = performance.now();
        while (!model.batch());
        epoch = Math.min(epoch, performance.now() - begin);
        begin = performance.now();
        model.measure();
        live.paint();
        frame = Math.min(frame, performance.now() - begin);
    }
    live.row = null;
    const around = Array.from({length: 60}, (_, i) => i / 9);
    const ring = around.map(t => [0.5 + 0.3 * Math.cos(t), 0.5 + 0.4 * Math.sin(t)]);
    live.strokes = [ring];
    let drawing = Infinity;
    for (let k = 0; k < 20; k++) {
        const begin = performance.now();
        live.see();
        live.paint();
        drawing = Math.min(drawing, performance.now() - begin);
    }
    return [epoch, frame, drawing];
}"""


def digits(chrome: Browser, slower: int) -> tuple[float, float, float]:
    """Milliseconds, at best: an epoch of the digits, its picture, and a stroke's growth until it is read."""
    page = open_page(chrome, [figure(data="digits")], slower)
    page.add_script_tag(content=f"{script()};{digits_data()};{digits_script()}")
    page.evaluate("document.querySelector('.nn-live').live.withData(() => {})")
    epoch, frame, drawing = page.evaluate(DIGITS)
    page.close()
    return epoch, frame, drawing


def main() -> None:
    theirs = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    found = engines(theirs)
    for name, each in found.items():
        print(f"{name:18} {each:.3f} ms an epoch, {1000 / each:,.0f} epochs a second")
    if theirs:
        print(
            f"that is {found['theirs'] / found['page']:.2f} times as many as TensorFlow Playground's engine"
        )
    size = {name: len(gzip.compress(text.encode())) for name, text in (("js", script()), ("css", style()))}
    more = {name: len(gzip.compress(text.encode())) / 1000 for name, text in MORE.items()}
    print(f"for digits: {more['script']:.1f} KB of script; data, when asked for: {more['data']:.1f} KB")
    print(f"compressed: {size['js'] / 1000:.1f} KB of script, {size['css'] / 1000:.1f} KB of style")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chrome = playwright.chromium.launch(executable_path=browser.find(), args=arguments)
        for slower in (1, SLOWER * min(1, REFERENCE / found.get("theirs", REFERENCE))):
            first = first_picture(chrome, slower)
            print(f"processor {slower:.1f} times slower: first picture {first:.0f} ms")
            epoch, frame, drawing = digits(chrome, slower)
            print(
                f"  digits: an epoch {epoch:.1f} ms, its picture {frame:.1f} ms, a drawing {drawing:.1f} ms"
            )
            for name, preset in NETWORKS.items():
                for speed, word in ((30, "30 epochs/s"), (-1, "at full speed")):
                    gap, epochs = playing(chrome, preset, speed, slower)
                    print(f"  {name}, {word}: a frame in {gap:.1f} ms, {epochs:,.0f} epochs a second")
        print(f"heap of eight figures: {heap(chrome, 8):.1f} MB")
        chrome.close()


if __name__ == "__main__":
    main()
