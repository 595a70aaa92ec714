// Draws the plot of a page in the page's colors, from the JSON beside its place.

const COLORS = {
  axis_label_text_color: "--ink",
  axis_line_color: "--rule-strong",
  grid_line_color: "--rule",
  inactive_fill_color: "--paper",
  label_text_color: "--ink",
  major_label_text_color: "--muted",
  major_tick_line_color: "--rule-strong",
  minor_tick_line_color: "--rule-strong",
  outline_line_color: "--rule",
};

// The site's policy forbids the inline <style> elements with which Bokeh styles its
// shadow roots. Those that it makes while it loads serve nothing here; later ones
// become style sheets made by a script, which the policy allows.
async function load(address) {
  const { append } = ShadowRoot.prototype;
  ShadowRoot.prototype.append = function (...nodes) {
    append.apply(this, nodes.filter((node) => !(node instanceof HTMLStyleElement)));
  };
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    Object.assign(script, { src: address, onload: resolve, onerror: reject });
    document.head.append(script);
  });
  delete ShadowRoot.prototype.append;

  const sheets = Bokeh.require("core/dom").InlineStyleSheet.prototype;
  const update = sheets._update;
  sheets._update = function (css) {
    update.call(this, css);
    this.sheet?.replaceSync(css);
  };
  sheets.install = function (root) {
    this.uninstall();
    this.root = root;
    this.sheet ??= new CSSStyleSheet();
    this.sheet.replaceSync(this.css);
    root.adoptedStyleSheets.push(this.sheet);
  };
  sheets.uninstall = sheets.remove = function () {
    if (this.root) {
      const others = this.root.adoptedStyleSheets.filter((one) => one !== this.sheet);
      this.root.adoptedStyleSheets = others;
    }
  };
}

function paint(plot) {
  const style = getComputedStyle(document.documentElement);
  for (const model of plot.references()) {
    for (const [name, variable] of Object.entries(COLORS)) {
      if (name in model.properties) {
        model[name] = style.getPropertyValue(variable);
      }
    }
  }
}

const place = document.querySelector("[data-plot]");
const item = JSON.parse(document.getElementById(place.dataset.plot).textContent);
await load(place.dataset.bokeh);
place.replaceChildren();
const views = await Bokeh.embed.embed_item(item, place);
const plot = views.roots[0].model;
paint(plot);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(plot));
