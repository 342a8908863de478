// Keeps a picture beside the next one; on a phone, below it.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const urlOf = ({ svg }) => URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));

  async function keep(explorer, button) {
    const frame = await explorer.current();
    const kept = document.createElement("div");
    const image = explorer.image.cloneNode();
    const [of, caption] = [document.createElement("strong"), document.createElement("p")];
    kept.className = "nn-kept";
    kept.setAttribute("role", "group");
    kept.setAttribute("aria-label", "Kept for comparison");
    image.src = urlOf(frame);
    of.textContent = `Kept: ${explorer.inWords}.`;
    caption.append(of, ` ${frame.caption}`);
    kept.append(image, caption);
    explorer.caption.parentElement.before(kept);
    pressed(explorer, button, true);
    explorer.say("Kept. Move a control: the next picture stands beside this one.");
  }

  function letGo(explorer, button) {
    const kept = explorer.figure.querySelector(".nn-kept");
    URL.revokeObjectURL(kept.querySelector("img").src);
    kept.remove();
    pressed(explorer, button, false);
    explorer.say("");
  }

  function pressed({ figure }, button, is) {
    figure.classList.toggle("nn-comparing", is);
    button.setAttribute("aria-pressed", is);
  }

  nn.tools.push({
    name: "compare",
    word: "Compare",
    title: "Keep this picture beside the next one",
    order: 3,
    made: (_explorer, button) => button.setAttribute("aria-pressed", "false"),
    use(explorer, button) {
      const is = explorer.figure.classList.contains("nn-comparing");
      return is ? letGo(explorer, button) : keep(explorer, button).catch(() => explorer.say(nn.LOST));
    },
  });
})();
