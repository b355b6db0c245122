// The desk by keyboard: what markup alone cannot do. Every key does what a link or a button on the page does, and all of them can be switched off.
const name = "desk-keys";
const panel = document.querySelector("[data-keys]");
const on = panel?.querySelector("[data-keys-on]");

const rows = () => [...document.querySelectorAll("[data-row] a")];

const move = step => {
  const all = rows();
  const at = all.indexOf(document.activeElement?.closest("[data-row]")?.querySelector("a"));
  all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
};

// The button of the row that has the focus; on a page without rows the only one.
const take = () => (rows().length === 0 ? document : document.activeElement?.closest("[data-row]"))?.querySelector("[data-key=a]")?.click();

const choose = verdict => {
  const choice = document.querySelector(`input[type=radio][value=${verdict}]`);
  choice?.click();
  choice?.focus();
};

const show = () => {
  panel.open = !panel.open;
  if (panel.open)
    panel.querySelector("summary").focus();
};

const keys = { j: () => move(1), k: () => move(-1), a: take, u: () => choose("Upheld"), d: () => choose("Dismissed"), "?": show };

const isTyping = target => target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

if (panel) {
  panel.hidden = false;
  on.checked = localStorage.getItem(name) !== "off";
  on.addEventListener("change", () => localStorage.setItem(name, on.checked ? "on" : "off"));
  document.addEventListener("keydown", pressed => {
    const isPlain = !pressed.ctrlKey && !pressed.altKey && !pressed.metaKey && !pressed.isComposing;
    if (!on.checked || !isPlain || isTyping(pressed.target) || !Object.hasOwn(keys, pressed.key))
      return;
    pressed.preventDefault();
    keys[pressed.key]();
  });
}
