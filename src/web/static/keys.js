// Single keys of the workspace; all can be switched off in the profile. A key is a second way: it
// presses or focuses something that is on the page and says so in aria-keyshortcuts.

const LEAD_MS = 1500;

/** Keys that lead to a place after `g`. */
const PLACES = { h: "a.brand", q: ".main-nav a[href='/workspace']", m: ".views a[data-view=mine]", r: ".main-nav a[href^='/workspace/reports']" };

export function listenForKeys(root) {
  if (!root.documentElement.classList.contains("with-keys")) return;
  let leadUntil = 0;

  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]");
    if (field) {
      if (event.key === "Escape") field.blur();
      return;
    }
    const leads = event.timeStamp < leadUntil;
    leadUntil = 0;
    if (!leads && event.key === "g") {
      leadUntil = event.timeStamp + LEAD_MS;
      return;
    }
    const done = leads ? follow(root, PLACES[event.key]) : act(root, event);
    if (done) event.preventDefault();
  });
}

function follow(root, selector) {
  const link = selector && root.querySelector(selector);
  link?.click();
  return Boolean(link);
}

function act(root, event) {
  switch (event.key) {
    case "/": return focus(root.getElementById("site-search"));
    case "j": case "ArrowDown": return event.shiftKey ? extend(root, 1) : step(root, 1, event.key);
    case "k": case "ArrowUp": return event.shiftKey ? extend(root, -1) : step(root, -1, event.key);
    case "x": return tick(root);
    case "o": return press(row(root)?.querySelector("th a"));
    case "Escape": return clear(root);
    default: return byName(root, event.key);
  }
}

/** The control on the page that names the key. */
function byName(root, key) {
  if (key.length !== 1) return false;
  const control = root.querySelector(`[aria-keyshortcuts="${CSS.escape(key)}"]`);
  if (!control) return false;
  if (control.matches("summary")) {
    const fold = control.closest("details");
    fold.open = true;
    return focus(fold.querySelector("textarea, select, input:not([type=hidden]), button") ?? control);
  }
  return control.matches("input, textarea, select") ? focus(control) : press(control);
}

function focus(control) {
  control?.focus();
  control?.scrollIntoView({ block: "nearest" });
  return Boolean(control);
}

function press(control) {
  control?.click();
  return Boolean(control);
}

/** The row that has the focus. */
function row(root) {
  return root.activeElement?.closest?.("tr") ?? null;
}

function step(root, by, key) {
  const links = [...root.querySelectorAll(".queue tbody th a")];
  if (links.length === 0) return false;
  const at = links.indexOf(row(root)?.querySelector("th a"));
  // Arrow keys scroll the page until a row has the focus.
  if (at < 0 && key.startsWith("Arrow")) return false;
  return focus(links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]);
}

function tick(root) {
  const box = row(root)?.querySelector("input[name=ticket]");
  if (!box || root.activeElement === box) return false;
  box.checked = !box.checked;
  box.form.dispatchEvent(new CustomEvent("arende:select"));
  return true;
}

function extend(root, by) {
  const box = row(root)?.querySelector("input[name=ticket]");
  if (!box) return false;
  box.checked = true;
  step(root, by, "j");
  const next = row(root)?.querySelector("input[name=ticket]");
  if (next) next.checked = true;
  box.form.dispatchEvent(new CustomEvent("arende:select"));
  return true;
}

function clear(root) {
  const ticked = root.querySelectorAll(".queue input:checked");
  for (const box of ticked) box.checked = false;
  root.querySelector("form[data-bulk]")?.dispatchEvent(new CustomEvent("arende:select"));
  return ticked.length > 0;
}
