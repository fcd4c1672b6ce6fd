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
