/* Keeps in this browser what is typed in a form until the server has said that it is saved.
   When the form is opened anew it is offered back. Files and passwords are not kept. */
"use strict";

{
  const PREFIX = "desk-kept/";
  const MAX_AGE = 30 * 24 * 60 * 60 * 1000;
  const PAUSE = 500;
  // What a form says of itself and not what is typed in it.
  const ITS_OWN = new Set(["csrfmiddlewaretoken", "sheet", "seen"]);

  /* The newest first. Empty where storage is shut off. */
  const copies = () => {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => JSON.parse(localStorage.getItem(key)))
        .sort((one, other) => other.at - one.at);
    } catch {
      return [];
    }
  };

  const forget = (sheet) => {
    try {
      localStorage.removeItem(PREFIX + sheet);
    } catch {
      // Nothing is kept either.
    }
  };

  const forgetWhatIsSavedOrOld = () => {
    const saved = document.querySelector("meta[name=saved-sheets]");
    if (saved) saved.content.split(" ").forEach(forget);
    for (const copy of copies()) if (Date.now() - copy.at > MAX_AGE) forget(copy.sheet);
  };

  const isPassword = (form, name) => form.querySelector(`[name="${CSS.escape(name)}"][type=password]`);

  const valuesOf = (form) =>
    [...new FormData(form)].filter(
      ([name, value]) =>
        typeof value === "string" &&
        name !== "csrfmiddlewaretoken" &&
        !name.includes("__prefix__") &&
        !isPassword(form, name),
    );

  const filesOf = (form) =>
    [...new FormData(form)].filter(([, value]) => value instanceof File && value.name).map(([name]) => name);

  const typed = (values) => JSON.stringify(values.filter(([name]) => !ITS_OWN.has(name)));

  const keepWhileTyping = (form, { value: sheet, dataset: { user } }) => {
    let kept = typed(valuesOf(form));
    let timer = 0;
    let isSending = false;

    /* Returns whether everything typed is safe. */
    const keep = () => {
      clearTimeout(timer);
      timer = 0;
      const values = valuesOf(form);
      const now = typed(values);
      if (now === kept) return true;
      const copy = { sheet, user, path: location.pathname, at: Date.now(), values, files: filesOf(form) };
      try {
        localStorage.setItem(PREFIX + sheet, JSON.stringify(copy));
      } catch {
        return false;
      }
      kept = now;
      return true;
    };
    const keepSoon = () => {
      timer ||= setTimeout(keep, PAUSE);
    };

    // On the document: menus and pickers hang outside the form and tell nobody of the change.
    const signs = ["input", "change", "keyup", "pointerup", "drop", "formset:added", "formset:removed"];
    for (const sign of signs) document.addEventListener(sign, keepSoon, true);
    addEventListener("pagehide", keep);
    addEventListener("pageshow", () => {
      isSending = false;
    });
    document.addEventListener("visibilitychange", keep);
    form.addEventListener("submit", () => {
      keep();
      isSending = true;
    });
    addEventListener("beforeunload", (event) => {
      if (!keep() && !isSending) event.preventDefault();
    });
  };

  /* Sends the copy to the server, which answers with the form holding it, unsaved. */
  const bringBack = (form, copy) => {
    const carrier = document.createElement("form");
    carrier.method = "post";
    carrier.hidden = true;
    const add = (name, value) => {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      carrier.append(field);
    };
    add("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    add("_restore", "1");
    for (const [name, value] of copy.values) add(name, value);
    for (const name of copy.files) add("_files", name);
    document.body.append(carrier);
    carrier.submit();
  };

  const moment = (time) =>
    new Intl.DateTimeFormat(document.documentElement.lang, {
      day: "numeric",
      month: "long",
      hour: "2-digit",
      minute: "2-digit",
    }).format(time);

  const offer = (form, template, { value: sheet, dataset: { user } }) => {
    const now = typed(valuesOf(form));
    for (const copy of copies()) {
      const isOurs = copy.user === user && copy.path === location.pathname;
      if (!isOurs || copy.sheet === sheet || typed(copy.values) === now) continue;
      const note = template.content.cloneNode(true).firstElementChild;
      note.querySelector("time").textContent = moment(copy.at);
      note.querySelector("time").dateTime = new Date(copy.at).toISOString();
      note.querySelector("[data-bring-back]").addEventListener("click", () => bringBack(form, copy));
      note.querySelector("[data-forget]").addEventListener("click", () => {
        forget(copy.sheet);
        note.remove();
      });
      template.before(note);
    }
  };

  const start = () => {
    forgetWhatIsSavedOrOld();
    const template = document.getElementById("desk-kept");
    const form = template && template.closest("form");
    if (!form) return;
    offer(form, template, form.elements.sheet);
    keepWhileTyping(form, form.elements.sheet);
  };

  // Editors and pickers have put the form in order by then.
  addEventListener("load", start);
}
