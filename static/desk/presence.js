/* Tells who else has the page open, for as long as it is looked at. */
"use strict";

{
  const BEAT = 30_000;

  const start = () => {
    const line = document.querySelector(".desk-presence");
    if (!line) return;
    const { url, signedOut } = line.dataset;
    const token = line.closest("form").elements.csrfmiddlewaretoken.value;

    const message = (words) => {
      const data = new FormData();
      data.set("csrfmiddlewaretoken", token);
      for (const word of words) data.set(word, "1");
      return data;
    };

    const say = (text) => {
      // Said again, it would be read aloud again.
      if (line.textContent.trim() !== text) line.textContent = text;
    };

    const beat = async () => {
      if (document.visibilityState !== "visible") return;
      try {
        const answer = await fetch(url, { method: "POST", body: message([]) });
        if (answer.redirected || answer.status === 403) say(signedOut);
        else if (answer.ok) say((await answer.json()).text);
      } catch {
        // The server is away; the next beat asks again.
      }
    };

    setInterval(beat, BEAT);
    document.addEventListener("visibilitychange", beat);
    addEventListener("pageshow", beat);
    addEventListener("pagehide", () => navigator.sendBeacon(url, message(["leaving"])));
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
}
