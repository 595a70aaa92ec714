// Copies the line beside a button.

document.addEventListener("click", async ({ target }) => {
  if (!target.matches("[data-copy]")) {
    return;
  }
  await navigator.clipboard.writeText(target.previousElementSibling.textContent);
  target.textContent = "Copied";
});
