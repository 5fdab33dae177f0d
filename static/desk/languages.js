/* Shows one translation beside the source, and remembers which. Without it all languages are shown. */
"use strict";

{
  const KEY = "desk-language";
  const ALL = "alle";

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage is shut off: the choice lasts as long as the page.
    }
  };

  const remember = (language) => {
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // As above.
    }
  };

  const start = () => {
    const choice = document.querySelector(".language-choice");
    if (!choice) return;
    const links = [...choice.querySelectorAll("a[data-language]")];
    const languages = links.map((link) => link.dataset.language);
    const inAddress = new URLSearchParams(location.search).get("til");
    let shown = [inAddress, remembered(), languages[0]].find((code) => languages.includes(code));

    const show = () => {
      for (const link of links) {
        if (link.dataset.language === shown) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      for (const cell of document.querySelectorAll(".language-cell")) {
        const isChosen = shown === ALL || cell.dataset.language === shown;
        // What must be mended is never hidden.
        cell.hidden = !(isChosen || "source" in cell.dataset || cell.classList.contains("errors"));
      }
    };

    choice.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-language]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault(); // Loading the page anew would lose what has been typed.
      shown = link.dataset.language;
      remember(shown);
      history.replaceState(history.state, "", link.getAttribute("href"));
      show();
    });
    document.addEventListener("formset:added", show);
    show();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
