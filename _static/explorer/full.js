// The whole screen for one explorer: for those who show it to a room.
(() => {
  "use strict";
  const nn = (globalThis.nnexplore ??= { parts: [] });

  nn.tools.push({
    name: "full",
    word: "Full screen",
    title: "Show this figure on the whole screen",
    order: 6,
    fits: ({ figure }) => document.fullscreenEnabled && figure.requestFullscreen,
    made({ figure }, button) {
      document.addEventListener("fullscreenchange", () => {
        button.textContent = document.fullscreenElement === figure ? "Leave full screen" : "Full screen";
      });
    },
    async use(explorer) {
      const { figure } = explorer;
      try {
        if (document.fullscreenElement === figure) await document.exitFullscreen();
        else await figure.requestFullscreen();
      } catch {
        explorer.say("This browser does not give the figure the whole screen here.");
      }
    },
  });
})();
