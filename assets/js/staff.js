// Keys of staff lists: j next row, k previous row, Enter opens, / goes to the search. Ignored while typing.
const rows = [...document.querySelectorAll("[data-module=zs-rows] tbody tr")].filter((row) => row.querySelector("a[href]"));
let at = -1;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "j") move(1, event);
  else if (event.key === "k") move(-1, event);
  else if (event.key === "/") {
    const box = document.querySelector("[data-search-key]");
    if (box) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  }
});

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function move(step, event) {
  if (rows.length === 0) return;
  event.preventDefault();
  if (at >= 0) rows[at].removeAttribute("data-focused");
  at = Math.min(Math.max(at + step, 0), rows.length - 1);
  rows[at].setAttribute("data-focused", "");
  rows[at].querySelector("a[href]").focus();
}
