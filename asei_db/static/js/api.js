// Shows the API's documentation, in the page's colors.

const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const color = () => {
  const theme = root.dataset.theme ?? (system.matches ? "dark" : "light");
  root.classList.toggle("dark-mode", theme === "dark");
};
system.addEventListener("change", color);
color();

const place = document.getElementById("swagger-ui");

SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  deepLinking: true,
  syntaxHighlight: false, // its colors are too faint
  // A link inside of a button cannot be reached; the address follows the button anyhow.
  plugins: [
    {
      wrapComponents: {
        DeepLink: (_, { React }) => ({ text }) => React.createElement("span", null, text),
      },
    },
  ],
});

// Names what Swagger UI leaves without a name, and lets the keyboard scroll.
new MutationObserver(() => {
  for (const field of place.querySelectorAll("select:not([aria-label])")) {
    const row = field.closest("tr")?.querySelector(".parameter__name");
    field.ariaLabel = row?.textContent ?? (field.matches(".content-type") ? "Format" : "Example");
  }
  for (const part of place.querySelectorAll(":is(pre, .table-container):not([tabindex])")) {
    part.tabIndex = 0;
  }
}).observe(place, { childList: true, subtree: true });
