// The queue: select all, a range by Shift, and a bar that says how many are picked.

export function watchSelection(root) {
  const form = root.querySelector("form[data-bulk]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=ticket]")];
  const all = form.querySelector("[data-select-all]");
  const bar = form.querySelector(".bulk");
  const picked = form.querySelector(".picked");
  if (!all || !bar || !picked) return;
  all.closest("[hidden]")?.removeAttribute("hidden");
  let last = null;

  const update = () => {
    const count = boxes.filter((box) => box.checked).length;
    bar.hidden = count === 0;
    picked.textContent = picked.dataset.text.replace("#", String(count));
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };

  form.addEventListener("click", (event) => {
    const box = event.target;
    if (!boxes.includes(box)) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
    update();
  });
  form.addEventListener("change", update);
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    update();
  });
  form.addEventListener("arende:select", update);
  // A restored page keeps its ticks.
  window.addEventListener("pageshow", update);
  update();
}
