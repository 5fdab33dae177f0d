/* A picture's focal point: clicked on the picture, moved by arrow keys, or written as numbers. */
"use strict";

{
  const STEP = 0.01;
  const LONG_STEP = 0.1;
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const clamp = (value, highest) => Math.max(0, Math.min(value, highest));

  /* As Python rounds: a half goes to the even neighbour. */
  const round = (value) => {
    const floor = Math.floor(value);
    if (value - floor !== 0.5) return Math.round(value);
    return floor % 2 === 0 ? floor : floor + 1;
  };

  /* The same arithmetic as `crop_box` in pages/renditions.py. */
  const cropBox = ([width, height], ratio, [x, y]) => {
    const boxWidth = Math.min(width, Math.max(1, round(height * ratio)));
    const boxHeight = Math.min(height, Math.max(1, round(width / ratio)));
    const left = clamp(round(x * width - boxWidth / 2), width - boxWidth);
    const top = clamp(round(y * height - boxHeight / 2), height - boxHeight);
    return [left, top, left + boxWidth, top + boxHeight];
  };

  const showCrop = (crop, source, [width, height], point) => {
    const [left, top, right, bottom] = cropBox([width, height], Number(crop.dataset.ratio), point);
    const picture = crop.querySelector("img");
    if (picture.src !== source) picture.src = source;
    crop.classList.add("focal__crop--live");
    crop.dataset.box = [left, top, right, bottom].join(",");
    picture.style.width = `${(width / (right - left)) * 100}%`;
    picture.style.height = `${(height / (bottom - top)) * 100}%`;
    picture.style.left = `${(-left / (right - left)) * 100}%`;
    picture.style.top = `${(-top / (bottom - top)) * 100}%`;
  };

  const begin = (root) => {
    const fields = ["focal_x", "focal_y"].map((name) => document.getElementById(`id_${name}`));
    const file = document.getElementById("id_original");
    const stage = root.querySelector(".focal__stage");
    const picture = root.querySelector("[data-picture]");
    const marker = root.querySelector(".focal__marker");
    const notice = root.querySelector(".focal__notice");
    const before = root.querySelector(".focal__before");
    const stored = picture.getAttribute("src");
    let chosen = null;

    const point = () => fields.map((field) => clamp(Number(field.value.replace(",", ".")) || 0, 1));

    /* The stored picture's own pixels: what is shown of it may be smaller. */
    const size = () =>
      chosen || !Number(root.dataset.width)
        ? [picture.naturalWidth, picture.naturalHeight]
        : [Number(root.dataset.width), Number(root.dataset.height)];

    const show = () => {
      if (!picture.naturalWidth) return;
      const [x, y] = point();
      marker.style.left = `${x * 100}%`;
      marker.style.top = `${y * 100}%`;
      root.querySelector("output").textContent = root.dataset.words
        .replace("{x}", Math.round(x * 100))
        .replace("{y}", Math.round(y * 100));
      root.querySelectorAll("[data-ratio]").forEach((crop) => {
        showCrop(crop, picture.src, size(), [x, y]);
      });
    };

    const setPoint = (values) => {
      fields.forEach((field, axis) => {
        field.value = String(Math.round(clamp(values[axis], 1) * 1000) / 1000);
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      show();
    };

    const pointAt = (event) => {
      const box = stage.getBoundingClientRect();
      setPoint([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height]);
    };

    const reveal = (isShown) => {
      [marker, root.querySelector(".focal__hint")].forEach((part) => (part.hidden = !isShown));
      root.querySelector(".focal__now").hidden = !isShown;
      root.querySelector(".focal__crops").hidden = !isShown;
    };

    const compare = (isNew) => {
      before.hidden = !(isNew && stored);
      root.querySelector(".focal__now figcaption").hidden = !isNew;
    };

    const say = (name) => {
      notice.textContent = name ? root.querySelector(`[data-${name}]`).content.textContent : "";
    };

    const choose = () => {
      if (chosen) URL.revokeObjectURL(chosen);
      chosen = file.files[0] ? URL.createObjectURL(file.files[0]) : null;
      if (chosen || stored) picture.src = chosen ?? stored;
      say(chosen && stored ? "notice" : "");
      compare(Boolean(chosen));
      reveal(Boolean(chosen || stored));
    };

    picture.addEventListener("load", show);
    picture.addEventListener("error", () => {
      reveal(false);
      say("broken");
    });
    file?.addEventListener("change", choose);
    fields.forEach((field) => field.addEventListener("input", show));
    stage.addEventListener("click", (event) => event.target !== marker && pointAt(event));
    marker.addEventListener("pointerdown", (event) => marker.setPointerCapture(event.pointerId));
    marker.addEventListener("pointermove", (event) => {
      if (marker.hasPointerCapture(event.pointerId)) pointAt(event);
    });
    marker.addEventListener("keydown", (event) => {
      const move = MOVES[event.key];
      if (!move) return;
      event.preventDefault();
      const step = event.shiftKey ? LONG_STEP : STEP;
      setPoint(point().map((value, axis) => value + move[axis] * step));
    });
    /* A browser that goes back may keep the chosen file. */
    choose();
    show();
  };

  document.addEventListener("DOMContentLoaded", () => {
    const root = document.querySelector("[data-focal]");
    if (root && document.getElementById("id_focal_x")) begin(root);
  });
}
