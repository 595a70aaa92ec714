// Keeps the filter form of a list and the address of the page in step.

const form = document.querySelector("form.filters");

// An empty field asks for nothing: it stays out of the address.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  for (const [name, value] of [...detail.formData]) {
    if (value === "") {
      detail.formData.delete(name);
    }
  }
});

// A link in the table (a header, a chip) changes the query beside the form.
document.addEventListener("htmx:pushedIntoHistory", ({ detail }) => {
  const query = new URL(detail.path, location).searchParams;
  // Not `form.elements`: a field of that name hides the property.
  for (const field of form.querySelectorAll("[name]")) {
    if (field === document.activeElement) {
      continue;
    }
    const values = query.getAll(field.name);
    if ("range" in field.dataset && !values.length && hasEnds(query, field.name)) {
      continue; // it shows what the address has in other parameters
    }
    if ("another" in field.dataset) {
      field.value = values.filter((value) => !boxOf(field.name, value)).join(", ");
      continue;
    }
    if (field.type === "radio") {
      field.checked = field.value === (values[0] ?? "");
    } else if (field.type === "checkbox") {
      const given = values.flatMap((value) => value.split(","));
      field.checked = given.includes(field.value);
    } else {
      field.value = values.join(", ");
    }
  }
});

function boxOf(name, value) {
  return form.querySelector(
    `[type="checkbox"][name="${name}"][value="${CSS.escape(value)}"]`,
  );
}

function hasEnds(query, name) {
  return query.has(`${name}_min`) || query.has(`${name}_max`);
}

// What the answer says of a field, its controls say too.
document.addEventListener("htmx:afterSettle", () => {
  for (const error of form.querySelectorAll(".field-error")) {
    for (const control of form.querySelectorAll(`[aria-describedby~="${error.id}"]`)) {
      control.ariaInvalid = error.textContent.trim() ? "true" : null;
    }
  }
});

// On phones, what is asked for closes the sheet of filters over its results.
form.addEventListener("submit", () => {
  if (matchMedia("(width < 48rem)").matches) {
    form.querySelector(".unfolds").open = false;
  }
});

// Whoever turned a page goes on reading above its rows.
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.requestConfig.elt.matches(".pagination a")) {
    document.getElementById("count").focus({ preventScroll: true });
  }
});

// What cannot be swapped in is shown as a page of its own.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, ({ detail }) => {
    location.assign(detail.pathInfo.finalRequestPath);
  });
}
