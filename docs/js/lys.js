// The reader's choice of light. It runs before the page is drawn, so that nothing flashes; without it, and until
// somebody has chosen, the page follows the system. Nothing is stored before a choice.
(() => {
  const NAME = "lys";
  const CHOICES = ["auto", "light", "dark"];
  const WORDS = { auto: "Lys: som på din enhed", light: "Lys: dag", dark: "Lys: nat" };
  const root = document.documentElement;
  let chosen = "auto";
  try {
    chosen = localStorage.getItem(NAME) || "auto";
  } catch {
    // storage is closed: the choice lasts as long as the page
  }
  const show = () => {
    if (chosen === "auto") delete root.dataset.lys;
    else root.dataset.lys = chosen;
  };
  show();
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-lys]:not(html)");
    if (!button) return;
    const say = () => (button.textContent = WORDS[chosen] || WORDS.auto);
    say();
    button.parentElement.hidden = false;
    button.addEventListener("click", () => {
      chosen = CHOICES[(CHOICES.indexOf(chosen) + 1) % CHOICES.length];
      try {
        if (chosen === "auto") localStorage.removeItem(NAME);
        else localStorage.setItem(NAME, chosen);
      } catch {
        // as above
      }
      show();
      say();
    });
  });
})();
