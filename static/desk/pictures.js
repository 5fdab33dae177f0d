/* A collage's form: tiles are numbered as they are ticked, and the preview follows what is done. */
"use strict";

{
  const SEARCH_DELAY = 200;
  const PREVIEW_DELAY = 250;

  const later = (work, delay) => {
    let timer;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(work, delay);
    };
  };

  /* Returns what tells which pictures are ticked now, as [{ key, shape, name }] in order. */
  const beginPicker = (root, onChange) => {
    const list = root.querySelector("ul");
    const filter = root.querySelector("input[type=search]");
    const order = root.querySelector(".picker__order");
    let chosen = [];

    const asChosen = (box) => ({
      key: box.value,
      shape: box.dataset.shape,
      name: box.closest("label").textContent.trim(),
    });

    const hiddenInput = ({ key }) => {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name: root.dataset.name, value: key });
      return input;
    };

    const show = () => {
      list.querySelectorAll("input").forEach((box) => {
        /* The hidden fields, in order, are sent in place of the boxes. */
        box.removeAttribute("name");
        const place = chosen.findIndex(({ key }) => key === box.value);
        box.checked = place >= 0;
        box.closest(".tile").dataset.number = place >= 0 ? place + 1 : "";
      });
      const names = chosen.map(({ name }, index) => `${index + 1}. ${name}`).join(", ");
      order.textContent = chosen.length ? `${order.dataset.label} ${names}` : "";
      root.querySelectorAll("input[type=hidden]").forEach((input) => input.remove());
      root.append(...chosen.map(hiddenInput));
    };

    const search = async () => {
      const words = filter.value;
      const answer = await fetch(`${root.dataset.search}?${new URLSearchParams({ q: words })}`);
      /* Led elsewhere: to the page to sign in at. */
      if (!answer.ok || answer.redirected || words !== filter.value) return;
      list.innerHTML = await answer.text();
      show();
    };

    list.addEventListener("change", ({ target }) => {
      chosen = chosen.filter(({ key }) => key !== target.value);
      if (target.checked) chosen.push(asChosen(target));
      show();
      onChange();
    });
    filter.addEventListener("input", later(search, SEARCH_DELAY));
    filter.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
    root.querySelector(".picker__filter").hidden = false;
    chosen = root.dataset.chosen
      .split(",")
      .map((key) => list.querySelector(`input[value="${CSS.escape(key)}"]`))
      .filter(Boolean)
      .map(asChosen);
    show();
    return () => chosen;
  };

  const rowsOf = (form) => {
    const value = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value ?? "";
    return [...form.querySelectorAll("#collageimage_set-group tr.form-row:not(.empty-form)")]
      .filter((row) => value(row, "image") && !row.querySelector("[name$=-DELETE]:checked"))
      .map((row) => ({
        key: value(row, "image"),
        shape: value(row, "shape"),
        /* A row without a number comes last when it is saved. */
        position: Number(value(row, "position")) || Number.MAX_SAFE_INTEGER,
      }))
      .sort((one, other) => one.position - other.position);
  };

  const fit = (frame) => {
    const page = frame.contentDocument?.documentElement;
    if (!page) return;
    const last = frame.dataset.until && page.querySelector(frame.dataset.until);
    const height = last ? last.getBoundingClientRect().bottom : page.querySelector("main").scrollHeight + 32;
    frame.style.height = `${Math.ceil(height)}px`;
    frame.parentElement.style.setProperty("--frame-height", `${Math.ceil(height)}px`);
  };

  const beginPreview = (root, form, picked) => {
    const frames = [...root.querySelectorAll("iframe")];
    const queryNow = () =>
      new URLSearchParams(
        [...rowsOf(form), ...picked()].map(({ key, shape }) => ["row", `${key}-${shape}`]),
      ).toString();
    let shown = queryNow();

    const follow = later(() => {
      const query = queryNow();
      if (query === shown) return;
      shown = query;
      /* Replaced, so that the button back still leads out of the form. */
      frames.forEach((frame) => frame.contentWindow.location.replace(`${root.dataset.appearance}?${query}`));
    }, PREVIEW_DELAY);

    frames.forEach((frame) => {
      frame.addEventListener("load", () => fit(frame));
      fit(frame);
    });
    /* The package that orders by drag and the one that chooses pictures tell only jQuery, or no one. */
    django.jQuery(form).on("change input click keyup pointerup dragend drop", follow);
    document.addEventListener("formset:removed", follow);
    return follow;
  };

  window.addEventListener("load", () => {
    const picker = document.querySelector("[data-picker]");
    const appearance = document.querySelector("[data-appearance]");
    let follow = () => {};
    const picked = picker ? beginPicker(picker, () => follow()) : () => [];
    const form = document.querySelector("#collage_form");
    if (appearance && form) follow = beginPreview(appearance, form, picked);
  });
}
