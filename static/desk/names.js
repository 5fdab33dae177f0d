/* Gives a name to what Django, its date fields, editor and pickers leave without one, so that a screen
   reader tells what is to be filled in: the words that stand beside or above it. */
"use strict";

{
  const words = (element) => (element ? element.textContent.trim().replace(/:$/, "") : "");

  /* The heading of the column that a cell of a table stands in. */
  const columnOf = (cell) => {
    const heads = cell.closest("table").querySelectorAll("thead th");
    const row = cell.parentElement;
    const place = [...row.children].indexOf(cell) - (row.children.length - heads.length);
    return words(heads[Math.max(place, 0)]);
  };

  const nameOf = (field) => {
    const own = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (own) return words(own);
    const cell = field.closest("td");
    if (cell) return columnOf(cell);
    const box = field.closest(".language-cell, .fieldBox, .form-row");
    const name = words(box && box.querySelector("label, legend, .label"));
    // A date field and a time field share a name, and each has a word before it.
    const before = field.previousSibling && words(field.previousSibling);
    return [name, before].filter(Boolean).join(", ");
  };

  const give = (element, name) => {
    if (!name || element.getAttribute("aria-label")) return;
    element.removeAttribute("aria-labelledby");
    element.setAttribute("aria-label", name);
  };

  const nameAll = () => {
    const fields = "input:not([type=hidden]), select, textarea";
    for (const field of document.querySelectorAll(`#content-main form :is(${fields})`)) {
      if (!field.labels?.length) give(field, nameOf(field));
    }
    for (const text of document.querySelectorAll(".prose-editor [role=textbox]")) {
      give(text, nameOf(text.closest(".prose-editor").querySelector("textarea") || text));
    }
    for (const select of document.querySelectorAll(".select2-hidden-accessible")) {
      const parts = ".select2-selection, .select2-selection__rendered, .select2-search__field";
      for (const part of select.parentElement.querySelectorAll(parts)) give(part, nameOf(select));
    }
  };

  // Pickers and editors come when they like, and make their parts anew.
  addEventListener("load", () => {
    let timer = 0;
    nameAll();
    new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(nameAll, 200);
    }).observe(document.getElementById("content-main"), { childList: true, subtree: true });
  });
}
