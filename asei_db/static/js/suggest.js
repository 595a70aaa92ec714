// Suggests records while something is typed into a search box: an ARIA combobox.
// Without this script the box is a plain form.

const WAIT = 150; // ms after the last letter
const answers = new Map();

async function ask(address, text) {
  const url = `${address}?${new URLSearchParams({ q: text })}`;
  if (!answers.has(url)) {
    const response = await fetch(url);
    if (!response.ok) {
      return "";
    }
    answers.set(url, await response.text());
  }
  return answers.get(url);
}

function suggest(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("aria-live", "polite");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");
  input.autocomplete = "off";

  let timer;
  let asked = "";

  const options = () => [...list.children];
  const active = () => list.querySelector("[aria-selected=true]");

  function choose(option) {
    active()?.setAttribute("aria-selected", "false");
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(timer);
    asked = "";
    choose(null);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    status.textContent = "";
  }

  async function open() {
    const text = input.value.trim();
    if (!text) {
      close();
      return;
    }
    asked = text;
    const html = await ask(input.dataset.suggestions, text).catch(() => "");
    if (asked !== text) {
      return; // something else was typed meanwhile
    }
    list.innerHTML = html;
    options().forEach((option, number) => {
      option.id = `${list.id}-${number}`;
    });
    const count = options().length;
    choose(null);
    list.hidden = !count;
    input.setAttribute("aria-expanded", String(Boolean(count)));
    status.textContent = count === 1 ? "1 suggestion" : `${count} suggestions`;
  }

  function move(step) {
    const all = options();
    const at = all.indexOf(active());
    // One step beyond either end is the box itself.
    const next = (at + 1 + step + all.length + 1) % (all.length + 1);
    choose(all[next - 1] ?? null);
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(open, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) {
      return;
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) {
        open();
      } else {
        move(event.key === "ArrowDown" ? 1 : -1);
      }
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the text stays
      close();
    } else if (event.key === "Enter" && active()) {
      event.preventDefault();
      location.assign(active().dataset.address);
    }
  });
  input.addEventListener("blur", close);
  // Before the box loses the focus, which closes the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      location.assign(option.dataset.address);
    }
  });
}

document.querySelectorAll("input[data-suggestions]").forEach(suggest);
