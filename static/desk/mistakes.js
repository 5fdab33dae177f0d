/* Leads from the list of what is wrong to the field itself, wherever it is hidden. */
"use strict";

{
  const reveal = (element) => {
    for (let box = element; box; box = box.parentElement) {
      if (box.hidden && box.matches(".errors, .language-cell, .fieldBox, .form-row")) box.hidden = false;
      if (box.tagName === "DETAILS") box.open = true;
    }
  };

  /* What takes the keyboard in place of a field that an editor or a picker has hidden. */
  const standIn = (field) => {
    const editor = field.closest(".prose-editor");
    if (editor) return editor.querySelector("[role=textbox]");
    if (field.matches(".select2-hidden-accessible"))
      return field.parentElement.querySelector(".select2-selection");
    return field;
  };

  const go = (event) => {
    const link = event.target.closest(".desk-mistakes a");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    reveal(field);
    const target = standIn(field);
    if (!target.matches("input, select, textarea, [contenteditable], [tabindex]")) target.tabIndex = -1;
    target.focus();
    target.scrollIntoView({ block: "center" });
  };

  const start = () => {
    const list = document.querySelector(".desk-mistakes");
    if (list) {
      document.querySelectorAll(".errors, .errorlist").forEach(reveal);
      list.addEventListener("click", go);
    }
    // What stands on top after a refusal is what must be read first.
    const first = document.querySelector(".desk-note--conflict, .desk-restored, .desk-mistakes");
    if (first) first.focus();
  };

  addEventListener("load", start);
}
