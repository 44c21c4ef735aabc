// Forms: no double sending, characters left, Ctrl+Enter, focus on what went wrong.

/** A second press within a form's sending does nothing; the server's single-use key is the real guard. */
export function guardForms(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sending) {
        event.preventDefault();
        return;
      }
      form.dataset.sending = "yes";
      const button = event.submitter;
      if (button) {
        button.setAttribute("aria-disabled", "true");
        if (button.dataset.busy) {
          button.dataset.words = button.textContent;
          button.textContent = button.dataset.busy;
        }
      }
    });
  }
  // A page that comes back from the browser's memory must be usable again.
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-sending]")) {
      delete form.dataset.sending;
      for (const button of form.querySelectorAll("[aria-disabled=true]")) {
        button.removeAttribute("aria-disabled");
        if (button.dataset.words) button.textContent = button.dataset.words;
      }
    }
  });
}

/** Says how many characters are left: seen at once, spoken when the keys have rested. */
export function countCharacters(root) {
  for (const area of root.querySelectorAll("textarea[data-limit]")) {
    const shown = root.getElementById(`${area.id}-limit`);
    if (!shown) continue;
    const limit = Number(area.dataset.limit);
    const spoken = root.createElement("p");
    spoken.className = "visually-hidden";
    spoken.setAttribute("aria-live", "polite");
    shown.after(spoken);
    const numbers = new Intl.NumberFormat(root.documentElement.lang);
    let rest;
    const count = () => {
      const left = limit - [...area.value].length;
      // Until it matters the limit itself is shown, without a running number.
      if (left > limit * 0.5) return;
      const words = left < 0 ? area.dataset.over : area.dataset.text;
      shown.textContent = words.replace("#", numbers.format(Math.abs(left)));
      shown.classList.toggle("counter-over", left < 0);
      clearTimeout(rest);
      rest = setTimeout(() => { spoken.textContent = shown.textContent; }, 700);
    };
    area.addEventListener("input", count);
    count();
  }
}

/** Ctrl+Enter sends by the first button, Ctrl+Shift+Enter by the one that names that key. */
export function sendByKey(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest("form[data-guard]");
    if (!form) return;
    const button = event.shiftKey
      ? form.querySelector("button[aria-keyshortcuts='Control+Shift+Enter']")
      : form.querySelector("button[type=submit]");
    if (!button) return;
    event.preventDefault();
    form.requestSubmit(button);
  });
}

/** A refused form opens at its summary; its links lead to the question, not only to the box. */
export function focusErrors(root) {
  const summary = root.getElementById("error-summary");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && root.getElementById(link.hash.slice(1));
    if (!control) return;
    event.preventDefault();
    const fold = control.closest("details");
    if (fold) fold.open = true;
    const question = control.closest("fieldset")?.querySelector("legend")
      ?? root.querySelector(`label[for='${CSS.escape(control.id)}']`);
    (question ?? control).scrollIntoView();
    control.focus({ preventScroll: true });
  });
}
