// Keeps a picture beside the next one; on a phone, below it.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  const urlOf = ({ svg }) => URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));

  async function keep(explorer, button) {
    const asked = {};
    pressed(explorer, button, asked);
    const frame = await explorer.current();
    if (explorer.comparing !== asked) return; // pressed again meanwhile
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
    explorer.figure.classList.add("nn-comparing");
    explorer.say("Kept. Move a control: the next picture stands beside this one.");
  }

  function letGo(explorer, button) {
    const kept = explorer.figure.querySelector(".nn-kept");
    if (kept) URL.revokeObjectURL(kept.querySelector("img").src);
    kept?.remove();
    explorer.figure.classList.remove("nn-comparing");
    pressed(explorer, button, null);
    explorer.say("");
  }

  function pressed(explorer, button, asked) { // by an object of its own: pressing is quicker than a picture may be
    explorer.comparing = asked;
    button.setAttribute("aria-pressed", asked !== null);
  }

  nn.tools.push({
    name: "compare",
    word: "Compare",
    title: "Keep this picture beside the next one",
    order: 3,
    made: (explorer, button) => pressed(explorer, button, null),
    use(explorer, button) {
      if (explorer.comparing) return letGo(explorer, button);
      return keep(explorer, button).catch(() => {
        letGo(explorer, button);
        explorer.say(nn.LOST);
      });
    },
  });
})();
