"""Explorers in a running kernel: their widgets, under ipywidgets 8 and under 7.7.1, which Colab has."""

import asyncio
import base64
import gc
import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import explore_draws
import ipywidgets
import nbformat
import numpy as np
import pytest
from filelock import FileLock
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from PIL import Image

from nnlib.explore import explore, show
from nnlib.explore import live as transport
from nnlib.explore.live import KEPT_FRAMES
from nnlib.figures.style import style

HERE = Path(__file__).parent
VIEW = "application/vnd.jupyter.widget-view+json"
RATES = [0.01, 0.1, 1.0, 1.1]


@pytest.fixture(autouse=True)
def live(monkeypatch):
    monkeypatch.delenv("NNLIB_STATIC", raising=False)


# The widgets, in this process -----------------------------------------------------------------------


def explore_curve():
    return explore(
        explore_draws.curve,
        default={"activation": "tanh"},
        epoch=[0, 5, 10],
        activation=["relu", "tanh"],
        bias=[-1.0, 0.5],
        noise=[False, True],
    )


def png_size(data):
    assert bytes(data[:4]) == b"\x89PNG"
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def pixels(data):
    return np.asarray(Image.open(BytesIO(data)).convert("RGB")).astype(int)


def test_the_bundle_carries_the_widget_and_a_picture_for_those_without():
    made = explore_curve()
    data, metadata = made._repr_mimebundle_()
    assert set(data) == {VIEW, "image/png", "text/plain"}
    assert data[VIEW] == {"version_major": 2, "version_minor": 0, "model_id": made.live.widget.model_id}
    assert data["text/plain"] == 'tanh "f" after 0 epochs, bias -1.0: 0 < 0.964 & rising.'
    assert base64.b64decode(data["image/png"]) == made.live.image.value
    assert metadata == {"image/png": {"width": 518, "height": 307}}
    assert png_size(made.live.image.value) == (2 * 518, 2 * 307)


def test_the_picture_is_small_and_shows_the_figures_colours_on_white():
    picture = base64.b64decode(
        show(explore_draws.descent, learning_rate=0.1)._repr_mimebundle_()[0]["image/png"]
    )
    assert len(picture) < 25_000
    with style():
        figure, _ = explore_draws.descent(learning_rate=0.1)
        canvas = FigureCanvasAgg(figure)
        figure.set(dpi=2 * 96, facecolor="white")
        canvas.draw()
    exact = np.asarray(canvas.buffer_rgba())[..., :3].astype(int)
    shown = pixels(picture)
    assert shown[0, 0].tolist() == [255, 255, 255]
    assert np.abs(shown - exact).mean() < 0.1
    assert np.abs(shown - exact).max() < 64


def test_the_controls_are_labelled_and_stop_at_the_values_only():
    controls = explore_curve().live.controls
    kinds = [type(control).__name__ for control in controls.values()]
    assert kinds == ["SelectionSlider", "Dropdown", "SelectionSlider", "Checkbox"]
    assert [c.description for c in controls.values()] == ["epoch", "activation", "bias b", "noise"]
    assert list(controls["bias"].options) == [("−1", -1.0), ("0.5", 0.5)]
    assert list(controls["activation"].options) == [("ReLU", "relu"), ("tanh", "tanh")]
    assert [c.value for c in controls.values()] == [0, "tanh", -1.0, False]


@pytest.mark.parametrize(
    ("name", "value"), [("epoch", 10), ("activation", "relu"), ("bias", 0.5), ("noise", True)]
)
def test_every_control_redraws_image_and_caption(name, value):
    made = explore_curve().live
    image, caption = made.image.value, made.caption.value
    made.controls[name].value = value
    assert made.image.value != image
    assert made.caption.value != caption
    values = {"epoch": 0, "activation": "tanh", "bias": -1.0, "noise": False} | {name: value}
    data, _ = show(explore_draws.curve, **values)._repr_mimebundle_()
    # What a notebook stores has 256 colours; what a reader moves has all of them.
    stored, moved = pixels(base64.b64decode(data["image/png"])), pixels(made.image.value)
    assert np.abs(stored - moved).mean() < 0.1
    assert "&lt;" in made.caption.value
    assert "&amp;" in made.caption.value


def test_a_counted_control_has_buttons_for_one_step_and_one_to_play():
    made = explore_curve().live
    slider = made.controls["epoch"]
    play, back, _, on = made.widget.children[1].children[0].children
    assert (play.min, play.max, play.value) == (0, len(slider.options) - 1, slider.index)
    links = [thing for thing in gc.get_objects() if isinstance(thing, ipywidgets.widgets.widget_link.Link)]
    assert ((play, "value"), (slider, "index")) in [(link.source, link.target) for link in links]
    assert (back.tooltip, on.tooltip) == ("previous epoch", "next epoch")
    seen = []
    for button in (on, on, on, back, back, back):
        button.click()
        seen.append(slider.value)
    assert seen == [5, 10, 10, 5, 0, 0]


def test_an_error_in_draw_is_shown_and_the_next_frame_is_drawn():
    made = explore(explore_draws.fails, frame=range(6)).live
    picture = made.image.value
    made.controls["frame"].value = 3
    assert "<strong>fails(frame=3) could not be drawn; the picture is still the one before.</strong>" in (
        made.caption.value
    )
    assert "RuntimeError: no frame &lt;3&gt;" in made.caption.value
    assert "explore_draws.py" in made.caption.value, "the traceback, for who wrote the function"
    assert made.image.value == picture
    made.controls["frame"].value = 4
    assert made.caption.value == "<p>frame 4</p>"


def test_an_error_in_the_default_frame_is_the_cells_error():
    made = explore(explore_draws.fails, default={"frame": 3}, frame=range(6))
    with pytest.raises(RuntimeError, match="no frame <3>"):
        made._repr_mimebundle_()


def test_frames_drawn_lately_are_not_drawn_again():
    calls = []

    def draw(x):
        calls.append(x)
        return Figure(figsize=(1, 1)), str(x)

    slider = explore(draw, x=range(KEPT_FRAMES + 2)).live.controls["x"]
    for value in (1, 0, 1, 2):
        slider.value = value
    assert calls == [0, 1, 2]
    for value in range(3, KEPT_FRAMES + 2):
        slider.value = value
    slider.value = 1
    assert calls[-1] == 1, "the oldest was let go"
    slider.value = 0
    assert calls[-1] == 1, "the stored one stays"


def test_garbage_is_collected_after_the_picture_was_sent():
    seen = []

    def draw(x):
        seen.append(gc.isenabled())
        return Figure(figsize=(1, 1)), str(x)

    live = explore(draw, x=range(3)).live
    live.image.observe(lambda change: seen.append(gc.isenabled()), names="value")
    seen.clear()
    live.controls["x"].value = 1
    assert seen == [False, False]
    assert gc.isenabled()


def run(coroutine):
    """In an event loop of its own: the browser's tests may have left one running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def read_at_leisure(draw, *moves, **choices):
    """Move the control x, look, move on: in an event loop, as in a kernel."""

    async def reading():
        live = explore(draw, **choices).live
        for value in moves:
            live.controls["x"].value = value
            await asyncio.sleep(0.5)

    run(reading())


def test_an_explorer_that_was_slow_draws_ahead_the_nearest_first(monkeypatch):
    monkeypatch.setattr(transport, "LOOK_SECONDS", 0)
    calls = []

    def draw(x, kind):
        calls.append((x, kind))
        time.sleep(2 * transport.SLOW_SECONDS if x == 1 and kind == "a" else 0)
        return Figure(figsize=(1, 1)), f"{x} {kind}"

    read_at_leisure(draw, 1, x=range(4), kind=["a", "b"])
    assert calls == [(0, "a"), (1, "a"), (2, "a"), (1, "b"), (3, "a")]
    calls.clear()
    read_at_leisure(draw, 1, 2, x=range(4), kind=["a", "b"])
    assert calls == [(0, "a"), (1, "a"), (2, "a"), (1, "b"), (3, "a"), (2, "b")]


def test_an_explorer_that_starts_slowly_draws_ahead_before_it_is_moved_unless_another_follows(monkeypatch):
    monkeypatch.setattr(transport, "READ_SECONDS", 0.1)
    calls = []

    def slow(x, number):
        calls.append((number, x))
        time.sleep(3 * transport.SLOW_SECONDS if x == 0 else 0)
        return Figure(figsize=(1, 1)), str(x)

    async def reading():
        for number in (1, 2):
            explore(slow, x=range(3), number=[number, number + 10], default={"number": number}).live.bundle()
        await asyncio.sleep(1)

    run(reading())
    assert calls == [(1, 0), (2, 0), (2, 1), (12, 0), (2, 2)]


def test_a_quick_explorer_draws_nothing_that_was_not_asked_for(monkeypatch):
    monkeypatch.setattr(transport, "LOOK_SECONDS", 0)
    monkeypatch.setattr(transport, "READ_SECONDS", 0)
    monkeypatch.setattr(transport, "SLOW_SECONDS", 60)
    calls = []

    def draw(x):
        calls.append(x)
        return Figure(figsize=(1, 1)), str(x)

    read_at_leisure(draw, 1, x=range(4))
    assert calls == [0, 1]


def test_a_frame_that_fails_ahead_is_told_when_the_reader_goes_there(monkeypatch):
    monkeypatch.setattr(transport, "LOOK_SECONDS", 0)
    monkeypatch.setattr(transport, "SLOW_SECONDS", 0)

    async def reading():
        live = explore(explore_draws.fails, frame=range(6)).live
        live.controls["frame"].value = 2
        await asyncio.sleep(0.5)
        assert live.caption.value == "<p>frame 2</p>"
        live.controls["frame"].value = 3
        assert "could not be drawn" in live.caption.value

    run(reading())


def figures_alive():
    gc.collect()
    return sum(isinstance(thing, Figure) for thing in gc.get_objects())


def test_200_redraws_leave_no_figure_behind():
    slider = explore(explore_draws.where, frame=range(201)).live.controls["frame"]
    before = figures_alive()
    for frame in range(1, 201):
        slider.value = frame
    assert figures_alive() <= before


def test_a_draw_function_may_use_pyplot_and_nothing_stays_open():
    from matplotlib import pyplot

    def draw(x):
        figure, axes = pyplot.subplots(figsize=(2, 1))
        axes.plot([0, x])
        return figure, f"x = {x}"

    slider = explore(draw, x=[1, 2, 3]).live.controls["x"]
    slider.value = 3
    assert pyplot.get_fignums() == []


def test_show_is_a_picture_and_its_caption():
    data, metadata = show(explore_draws.descent, learning_rate=0.1)._repr_mimebundle_()
    assert set(data) == {"image/png", "text/plain"}
    assert data["text/plain"] == "η = 0.1: after 12 steps w = 0.5649."
    assert png_size(base64.b64decode(data["image/png"])) == (1036, 614)
    assert metadata["image/png"]["width"] == 518


# A notebook stored under one version, run under the other ---------------------------------------------


@pytest.fixture(scope="session")
def ipywidgets7(pytestconfig):
    """A folder with ipywidgets 7.7.1, which stands before the installed version 8 on a kernel's path."""
    lock = HERE / "ipywidgets7.lock"
    folder = Path(pytestconfig.cache.mkdir("ipywidgets7"))
    with FileLock(folder / "busy"):
        stamp = folder / "installed"
        if not stamp.exists() or stamp.read_text() != lock.read_text():
            uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or shutil.which("uv")
            if uv is None:
                pytest.fail("uv, which installs ipywidgets 7.7.1 for this test, was not found", pytrace=False)
            shutil.rmtree(folder / "packages", ignore_errors=True)
            where = ["--python", sys.executable, "--target", folder / "packages"]
            what = ["--no-deps", "--require-hashes", "-r", lock]
            done = subprocess.run([uv, "pip", "install", *where, *what], capture_output=True, text=True)
            if done.returncode:
                pytest.fail(f"ipywidgets 7.7.1 could not be installed:\n{done.stderr}", pytrace=False)
            stamp.write_text(lock.read_text())
    return folder / "packages"


@pytest.fixture(params=["7.7.1", "8"])
def version(request):
    return request.param


def environment(version, request):
    """The environment of a kernel with that version of ipywidgets."""
    path = [str(HERE)]
    if version == "7.7.1":
        path.insert(0, str(request.getfixturevalue("ipywidgets7")))
    return os.environ | {"PYTHONPATH": os.pathsep.join(path)}


def notebook():
    cells = [
        "import ipywidgets\nprint(ipywidgets.__version__)",
        "import explore_draws\nfrom nnlib.explore import explore, show",
        "made = explore(explore_draws.curve, default=dict(activation='tanh'), epoch=[0, 5, 10],\n"
        "    activation=['relu', 'tanh'], bias=[-1.0, 0.5], noise=[False, True])\nmade",
        "made.live.controls['epoch'].value = 10\nmade.live.controls['noise'].value = True\n"
        "print(made.live.caption.value)\nprint(len(made.live.image.value) > 5000)",
        "made.live.widget.children[1].children[0].children[1].click()\nprint(made.live.caption.value)",
        "explore(explore_draws.descent, learning_rate=[0.01, 0.1, 1.0, 1.1])",
        "show(explore_draws.descent, learning_rate=1.1)",
    ]
    made = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    made.cells[0].metadata["tags"] = ["nbval-ignore-output"]  # the version is what differs
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return made


def stored(path, environment):
    """The notebook, run in that environment and written with its outputs."""
    made = notebook()
    client = NotebookClient(made, timeout=120, store_widget_state=False)
    with client.setup_kernel(env=environment):
        for number, cell in enumerate(made.cells):
            client.execute_cell(cell, number)
    nbformat.write(made, path)
    return made


def strict_nbval(path, environment):
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", "-c", os.devnull]
    return subprocess.run(
        [*command, "--rootdir", str(path.parent), str(path)],
        env=environment,
        capture_output=True,
        text=True,
        cwd=path.parent,
    )


def outputs(cell, kind):
    return [output.data[kind] for output in cell.outputs if "data" in output and kind in output.data]


def test_a_notebook_stored_under_either_version_passes_under_the_other(version, request, tmp_path):
    path = tmp_path / "explorers.ipynb"
    made = stored(path, environment(version, request))

    installed = made.cells[0].outputs[0].text.strip()
    assert installed.startswith("7.7.1" if version == "7.7.1" else "8.")
    for cell in (made.cells[2], made.cells[5]):
        (output,) = cell.outputs
        assert set(output.data) == {VIEW, "image/png", "text/plain"}
    assert outputs(made.cells[2], "text/plain") == ['tanh "f" after 0 epochs, bias -1.0: 0 < 0.964 & rising.']
    assert "after 10 epochs" in made.cells[3].outputs[0].text
    assert "after 5 epochs" in made.cells[4].outputs[0].text
    assert outputs(made.cells[6], "text/plain") == ["η = 1.1: after 12 steps w = 0.0000."]

    other = environment("8" if version == "7.7.1" else "7.7.1", request)
    done = strict_nbval(path, other)
    assert done.returncode == 0, done.stdout
    assert "7 passed" in done.stdout

    made.cells[5].outputs[0].data["text/plain"] = "η = 0.01: after 12 steps w = 1.7729."  # it is 1.7728
    nbformat.write(made, path)
    done = strict_nbval(path, other)
    assert done.returncode == 1, done.stdout
    assert "1 failed, 6 passed" in done.stdout


def test_the_version_installed_here_is_8():
    assert ipywidgets.__version__.startswith("8.")


# The built book, in a kernel --------------------------------------------------------------------------


def test_the_static_page_is_the_only_output_and_progress_goes_to_the_terminal(capfd, tmp_path):
    made = new_notebook(
        cells=[
            new_code_cell("import explore_draws, sys\nfrom nnlib.explore import explore, frames"),
            new_code_cell("explore(explore_draws.slow, frame=range(45))"),
            new_code_cell(
                "import os\nfrom nnlib.explore import choices\nprint(frames._main_is_quiet())\n"
                "frames.ALONE_SECONDS = frames.WORTH_SECONDS = 0\n"
                "chosen = choices.read_choices(explore_draws.where, {'frame': range(40)})\n"
                "drawn = [f.caption for f in frames.draw_all(explore_draws.where, chosen, processes=2)]\n"
                "print([c.split(' by ')[0] for c in drawn] == [f'frame {i}' for i in range(40)])\n"
                "print({str(os.getpid())} < {c.split()[-1] for c in drawn})"
            ),
        ]
    )
    client = NotebookClient(made, timeout=120)
    with client.setup_kernel(env=environment("8", None) | {"NNLIB_STATIC": "1", "NNLIB_FRAME_CACHE": ""}):
        for number, cell in enumerate(made.cells):
            client.execute_cell(cell, number)
    (output,) = made.cells[1].outputs
    assert set(output.data) == {"text/html", "text/plain"}
    assert output.data["text/html"].startswith('<figure class="nn-explorer"')
    assert output.data["text/plain"] == "frame 0"
    assert re.search(r"drawing slow: +\d+%", capfd.readouterr().err)
    told = "".join(output.text for output in made.cells[2].outputs).split()
    assert told == ["True"] * 3, "a kernel can have other processes draw for it"


def test_a_kernel_draws_ahead_between_two_messages():
    code = (
        "import time; from matplotlib.figure import Figure; from nnlib import explore\n"
        "drawn = []\n"
        "def draw(x):\n"
        "    drawn.append(x); time.sleep(0.15)\n"
        "    return Figure(figsize=(1, 1)), str(x)\n"
        "explore(draw, x=[0, 1, 2, 3, 4])"
    )
    made = new_notebook(
        cells=[new_code_cell(code), new_code_cell("print(drawn)"), new_code_cell("print(drawn)")]
    )
    client = NotebookClient(made, timeout=120)
    with client.setup_kernel(env=environment("8", None)):
        client.execute_cell(made.cells[0], 0)
        states = client.widget_state.items()
        (slider,) = (name for name, state in states if state.get("_model_name") == "SelectionSliderModel")
        update = {"method": "update", "state": {"index": 2}, "buffer_paths": []}
        client.kc.shell_channel.send(client.kc.session.msg("comm_msg", {"comm_id": slider, "data": update}))
        client.execute_cell(made.cells[1], 1)
        time.sleep(3)
        client.execute_cell(made.cells[2], 2)
    asked, ahead = (json.loads(cell.outputs[0].text) for cell in made.cells[1:])
    assert asked in ([0, 2], [0, 2, 1]), "what the kernel is asked to do goes first"
    assert ahead[:4] == [0, 2, 1, 3]
