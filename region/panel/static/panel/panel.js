/* The panel asks every few seconds what changed; not while nobody looks, and quietly if it fails. */
(() => {
  "use strict";

  const isPoll = (event) => event.target.matches && event.target.matches("[data-poll]");

  function say(text) {
    const line = document.getElementById("panel-zmieniono");
    if (line && line.textContent !== text) line.textContent = text;
  }

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (isPoll(event) && document.hidden) event.preventDefault();
  });

  document.addEventListener("visibilitychange", () => {
    const poll = document.querySelector("[data-poll]");
    if (poll && !document.hidden) window.htmx.trigger(poll, "odswiez");
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (isPoll(event) && event.detail.xhr.status >= 400) {
      event.detail.shouldSwap = false;
      say("Serwer chwilowo nie odpowiada. Liczby mogą być nieaktualne.");
    }
  });

  // Before the page's own listener, which would announce the same failure every few seconds.
  document.addEventListener("htmx:sendError", (event) => {
    if (!isPoll(event)) return;
    event.stopPropagation();
    say("Nie ma połączenia z serwerem. Liczby mogą być nieaktualne.");
  }, true);
})();
