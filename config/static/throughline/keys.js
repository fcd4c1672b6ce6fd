// "/" goes to the search, from every page.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.getElementById("nav-filter");
  if (search) {
    event.preventDefault();
    search.focus();
  }
});

// A form that is open in its place on a page is where one goes on.
window.addEventListener("load", () => document.querySelector("#part [autofocus]")?.focus());

// What select2 puts in the place of a field is called as the field is, from the moment it stands there.
new MutationObserver(() => {
  for (const box of document.querySelectorAll(".select2-selection__rendered:not([aria-label])")) {
    const field = box.id.replace(/^select2-/, "").replace(/-container$/, "");
    const label = document.querySelector(`label[for="${CSS.escape(field)}"]`);
    if (label) box.setAttribute("aria-label", label.textContent.trim());
  }
}).observe(document.documentElement, { childList: true, subtree: true });
