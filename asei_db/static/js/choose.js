// Keeps the ticked cycling tests while one filters, turns pages and comes back.

const KEY = "compared-tests";
const MOST = 8;

const read = () => JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
const write = (chosen) => sessionStorage.setItem(KEY, JSON.stringify(chosen));
const boxes = () => [...document.querySelectorAll(".pick input[name=test]")];

// Ticks what was chosen, and says how many are.
function show(message) {
  const chosen = read();
  for (const box of boxes()) {
    box.checked = chosen.includes(box.value);
  }
  for (const place of document.querySelectorAll(".choose")) {
    place.classList.toggle("chosen", chosen.length > 0);
    place.querySelector("[role=status]").textContent =
      message ?? (chosen.length ? `${chosen.length} of ${MOST} chosen` : "2 to 8 tests");
    place.querySelector("[data-clear]").hidden = !chosen.length;
  }
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches(".pick input[name=test]")) {
    return;
  }
  const others = read().filter((slug) => slug !== target.value);
  if (target.checked && others.length === MOST) {
    show(`No more than ${MOST} can be compared`);
    return;
  }
  write(target.checked ? [...others, target.value] : others);
  show();
});

document.addEventListener("click", ({ target }) => {
  if (target.matches("[data-clear]")) {
    write([]);
    show();
  } else if (target.matches("[data-leave-out]")) {
    write(read().filter((slug) => slug !== target.dataset.leaveOut));
  }
});

// Tests that were ticked on other pages are sent along.
document.addEventListener("formdata", ({ target, formData }) => {
  if (target.querySelector(".choose")) {
    formData.delete("test");
    read().forEach((slug) => formData.append("test", slug));
  }
});

document.addEventListener("htmx:afterSettle", () => show());
addEventListener("pageshow", () => show());
show();
