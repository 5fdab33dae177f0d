/* Says in words what allauth's scripts only tell the console: that no passkey was made or used. */
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const problem = document.getElementById("passkey-problem");
  // Hidden first, so that it is read aloud the second time too.
  problem.hidden = true;
  requestAnimationFrame(() => {
    problem.hidden = false;
  });
});
