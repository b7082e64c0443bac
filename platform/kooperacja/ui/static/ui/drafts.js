/* Keeps a form on the server while it is typed; without this file one sent late is kept all the same. */
(() => {
  "use strict";

  const PAUSE_MS = 2000;
  const FAILED = "Szkicu nie udało się zapisać. Zapisz formularz, gdy połączenie wróci.";

  function typedIn(form) {
    const data = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      const field = form.elements.namedItem(name);
      if (typeof value === "string" && !(field && field.type === "password")) data.append(name, value);
    }
    return data.toString();
  }

  function watch(form, url) {
    const status = document.createElement("p");
    status.className = "k-draft-status";
    status.setAttribute("role", "status");
    form.append(status);
    let kept = typedIn(form);
    let timer = 0;
    let sending = null;

    async function keep(isLeaving) {
      window.clearTimeout(timer);
      const typed = typedIn(form);
      if (typed === kept || form.dataset.sent) return;
      if (sending) sending.abort();
      const own = sending = new AbortController();
      try {
        const answer = await fetch(url, {
          method: "POST",
          headers: { "Content-Type": "application/x-www-form-urlencoded" },
          body: typed,
          redirect: "manual",
          keepalive: isLeaving,
          signal: own.signal,
        });
        const isTold = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
        if (answer.ok) kept = typed;
        status.textContent = isTold ? await answer.text() : FAILED;
      } catch {
        if (!own.signal.aborted) status.textContent = FAILED;
      }
    }

    function soon() {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => keep(false), PAUSE_MS);
    }

    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    // What is sent needs no draft, and one that came after it would bring back what is saved.
    form.addEventListener("submit", () => {
      window.clearTimeout(timer);
      if (sending) sending.abort();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keep(true);
    });
  }

  document.querySelectorAll("input[data-keep-at]").forEach((slip) => watch(slip.form, slip.dataset.keepAt));
})();
