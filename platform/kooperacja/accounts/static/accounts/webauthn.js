/* Passkeys. A form says by data-passkey what the browser shall do (create or get), and by
   data-options what the server asks; without JavaScript the button is not shown. */
(() => {
  "use strict";

  if (!window.PublicKeyCredential) return;

  const FAILED = "Nie udało się użyć klucza. Spróbuj ponownie albo wybierz inny sposób.";

  function bytes(text) {
    const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  }

  function text(buffer) {
    if (!buffer) return null;
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function decoded(options) {
    const key = structuredClone(options.publicKey);
    key.challenge = bytes(key.challenge);
    if (key.user) key.user.id = bytes(key.user.id);
    for (const name of ["allowCredentials", "excludeCredentials"]) {
      (key[name] || []).forEach((credential) => { credential.id = bytes(credential.id); });
    }
    return { publicKey: key };
  }

  function encoded(credential) {
    const answer = credential.response;
    const response = { clientDataJSON: text(answer.clientDataJSON) };
    if (answer.attestationObject) {
      response.attestationObject = text(answer.attestationObject);
      response.transports = answer.getTransports ? answer.getTransports() : [];
    } else {
      response.authenticatorData = text(answer.authenticatorData);
      response.signature = text(answer.signature);
      response.userHandle = text(answer.userHandle);
    }
    return {
      id: credential.id,
      rawId: text(credential.rawId),
      type: credential.type,
      authenticatorAttachment: credential.authenticatorAttachment || null,
      clientExtensionResults: credential.getClientExtensionResults(),
      response,
    };
  }

  async function question(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).request_options;
  }

  async function use(form) {
    const options = decoded(await question(form));
    const credential = form.dataset.passkey === "create"
      ? await navigator.credentials.create(options)
      : await navigator.credentials.get(options);
    form.elements.credential.value = JSON.stringify(encoded(credential));
    form.submit();
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      use(form).catch(() => {
        delete form.dataset.sent;
        form.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
        form.querySelector("[data-passkey-error]").textContent = FAILED;
      });
    });
  });
})();
