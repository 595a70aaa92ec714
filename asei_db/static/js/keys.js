// The key "/" leads to the search, unless that was switched off on the page of help.

const SWITCHED_OFF = "no-search-key";
const TYPED_IN = "input, select, textarea, [contenteditable]";

document.addEventListener("keydown", (event) => {
  const field = document.querySelector("[role=search] [type=search]");
  if (
    event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey ||
    !field || event.target.closest?.(TYPED_IN) || localStorage.getItem(SWITCHED_OFF)
  ) {
    return;
  }
  event.preventDefault();
  field.focus();
  field.select();
});

const choice = document.getElementById("search-key");
if (choice) {
  choice.checked = !localStorage.getItem(SWITCHED_OFF);
  choice.addEventListener("change", () => {
    if (choice.checked) {
      localStorage.removeItem(SWITCHED_OFF);
    } else {
      localStorage.setItem(SWITCHED_OFF, "true");
    }
  });
}
