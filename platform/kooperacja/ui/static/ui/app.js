/* What a page gains with JavaScript; every flow works without this file. */
(() => {
  "use strict";

  const RESET_AFTER_MS = 8000;

  function announce(text) {
    const status = document.getElementById("ogloszenia");
    if (!status || !text) return;
    status.textContent = "";
    // A screen reader hears the same sentence twice only if it left the page in between.
    window.setTimeout(() => { status.textContent = text; }, 60);
  }

  function release(form) {
    delete form.dataset.sent;
    form.querySelectorAll("[type=submit][aria-disabled]").forEach((button) => {
      button.removeAttribute("aria-disabled");
    });
  }

  // A second click sends nothing. Buttons stay enabled, since a disabled one loses its value.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "1";
    form.querySelectorAll("[type=submit]").forEach((button) => {
      button.setAttribute("aria-disabled", "true");
    });
    // An answer that is a file leaves this page standing.
    window.setTimeout(() => release(form), RESET_AFTER_MS);
  }, true);

  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form");
    if (form) release(form);
  });

  function moveFocus(target) {
    const wanted = target.querySelector(".k-error-summary, [autofocus], [data-focus]");
    if (wanted) wanted.focus();
    else if (document.activeElement === document.body) {
      if (!target.hasAttribute("tabindex")) target.setAttribute("tabindex", "-1");
      target.focus({ preventScroll: true });
    }
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const target = event.detail.elt;
    // What refreshes itself (a poll) must not pull the reader away.
    if (target.closest("[data-quiet]")) return;
    moveFocus(target);
    const speaker = target.matches("[data-announce]") ? target : target.querySelector("[data-announce]");
    if (speaker) announce(speaker.dataset.announce);
  });

  document.addEventListener("htmx:sendError", () => {
    announce("Nie ma połączenia z serwerem. Sprawdź sieć i spróbuj ponownie.");
  });

  // A whole page that lacks the wanted part (a sign-in, say) is gone to, not put into the part.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target } = event.detail;
    const isPage = xhr.status < 400 && /^\s*<!doctype html/i.test(xhr.response);
    if (!isPage || !target.id || xhr.response.includes(`id="${target.id}"`)) return;
    event.detail.shouldSwap = false;
    window.location.assign(xhr.responseURL);
  });

  // On a phone the menu opens where one is; without this it is a place one jumps to (:target).
  const menu = document.getElementById("menu");
  const toggles = menu ? menu.querySelectorAll(".k-menu-open, .k-menu-close") : [];
  function openMenu(isOpen) {
    menu.classList.toggle("k-menu-is-open", isOpen);
    toggles.forEach((toggle) => toggle.setAttribute("aria-expanded", String(isOpen)));
    toggles[isOpen ? 1 : 0].focus();
  }
  toggles.forEach((toggle, at) => {
    toggle.setAttribute("role", "button");
    toggle.setAttribute("aria-expanded", "false");
    toggle.addEventListener("click", (event) => {
      event.preventDefault();
      openMenu(at === 0);
    });
    toggle.addEventListener("keydown", (event) => {
      if (event.key === " ") toggle.click();
      if (event.key === " ") event.preventDefault();
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu && menu.classList.contains("k-menu-is-open")) openMenu(false);
  });
})();
