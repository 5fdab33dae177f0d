/* Shows how the record looks in a result list while it is being written. The site makes the results of
   what is typed, in its own templates; only how wide a title is can be known here alone. */
"use strict";

{
  const PAUSE = 300;
  // What engines give a title, in the size and the letters they set it in.
  const WIDTH = 600;
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = "20px Arial, 'Liberation Sans', sans-serif";
  const fits = (text) => pen.measureText(text).width <= WIDTH;

  /* The title as far as it fits, cut between two words. */
  const cut = (title) => {
    const words = title.split(" ");
    while (words.length > 1 && !fits(`${words.join(" ")}…`)) words.pop();
    return `${words.join(" ")}…`;
  };

  /* Cuts the titles below `root`, and lets the hint on each say whether it was. */
  const measure = (root) => {
    for (const title of root.querySelectorAll("[data-whole]")) {
      const { whole, hint } = title.dataset;
      const verdict = root.querySelector(`#${hint}_verdict`);
      const isWhole = fits(whole);
      title.textContent = isWhole ? whole : cut(whole);
      if (!isWhole) verdict.textContent = verdict.dataset.cut;
      else if (verdict.textContent === verdict.dataset.cut) verdict.textContent = verdict.dataset.good;
    }
  };

  /* What stands in the form's own fields, also in those that this editor may only read. */
  const typed = (form) => {
    const values = new URLSearchParams();
    for (const { name, value, type, checked } of form.elements) {
      const isRow = name.includes("-");
      const isChosen = checked || (type !== "checkbox" && type !== "radio");
      if (name && !isRow && isChosen && type !== "file") values.append(name, value);
    }
    return values.toString();
  };

  /* Only what differs is touched, so that a screen reader hears of nothing else. */
  const put = (answer) => {
    for (const fresh of answer.querySelectorAll(".search-result, .search-hint > [id]")) {
      const shown = document.getElementById(fresh.id);
      if (shown && shown.innerHTML !== fresh.innerHTML) shown.replaceChildren(...fresh.childNodes);
    }
  };

  const start = () => {
    const line = document.querySelector(".search-results__line");
    if (!line) return;
    measure(document);
    const form = line.closest("form");
    const fault = form.querySelector(".search-results__fault");
    let timer = 0;
    let shown = typed(form);
    let asking = new AbortController();

    const ask = async (body) => {
      asking.abort();
      asking = new AbortController();
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      const { signal } = asking;
      try {
        const response = await fetch(line.dataset.url, { method: "POST", body, headers, signal, redirect: "error" });
        if (response.status !== 200) throw new Error(response.statusText);
        const answer = new DOMParser().parseFromString(await response.text(), "text/html");
        measure(answer);
        put(answer);
        fault.textContent = "";
      } catch {
        if (signal.aborted) return;
        shown = ""; // What is typed next asks again.
        fault.textContent = fault.dataset.words;
      }
    };

    const look = () => {
      const now = typed(form);
      if (now === shown) return;
      shown = now;
      ask(now);
    };

    // On the document: menus and pickers hang outside the form and tell nobody of the change.
    for (const sign of ["input", "change", "keyup", "pointerup", "drop"]) {
      document.addEventListener(
        sign,
        () => {
          clearTimeout(timer);
          timer = setTimeout(look, PAUSE);
        },
        true,
      );
    }
  };

  // The editors of longer texts have put the form in order by then.
  addEventListener("load", start);
}
