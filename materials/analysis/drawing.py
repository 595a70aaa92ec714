"""The document from which Bokeh's script draws a plot of cycling tests.

It is written here, as Bokeh's Python package would serialize it, because that takes a
third of a second to import and a tenth of one for each plot. Only what differs from
Bokeh's defaults is named. A test has the package read what is written.
"""

from functools import cache
from importlib.metadata import version
from itertools import count, groupby

HEIGHT, LEGEND_ROW_HEIGHT = 380, 22  # pixels
_GAP = {"type": "number", "value": "nan"}  # JSON has no NaN
_COLUMNS = ("x", "first", "low", "high", "test", "at", "printed", "source")
_ARROWS = {"at_least": "triangle", "at_most": "inverted_triangle"}


def drawing(series, *, value, x_label, y_label, is_counted):
    """What `Bokeh.embed.embed_item` draws of some `Series` of a plot.

    `value` is what the marks are of, in words; on an axis that `is_counted`, all ticks
    are whole. The same each time for the same series.
    """
    document = _Document()
    model = document.model
    drawn = [(one, document.renderers(one)) for one in series]
    whole = {"min_interval": 1, "num_minor_ticks": 0} if is_counted else {}
    ticker = model("BasicTicker", **whole)
    x_axis = model("LinearAxis", axis_label=x_label, ticker=ticker, **_UPRIGHT)
    y_axis = model("LinearAxis", axis_label=y_label, **_UPRIGHT)
    items = [
        model(
            "LegendItem",
            label=_value(one.name),
            renderers=[_reference(renderer) for renderer in renderers],
        )
        for one, renderers in drawn
    ]
    hover = model(
        "HoverTool",
        renderers=[_reference(one) for _, renderers in drawn for one in renderers],
        tooltips=[
            ["Test", "@test"],
            ["At", "@at"],
            [value, "@printed"],
            ["Source", "@source"],
        ],
    )
    legend = model(
        "Legend",
        items=items,
        click_policy="hide",
        background_fill_color=None,
        border_line_color=None,
        label_text_font_size="12px",
        location="left",
        padding=0,
        spacing=2,
    )
    tools = ("PanTool", "BoxZoomTool", "WheelZoomTool", "ResetTool", "SaveTool")
    figure = model(
        "Figure",
        sizing_mode="stretch_width",
        height=HEIGHT + LEGEND_ROW_HEIGHT * len(series),
        x_range=model("DataRange1d", start=0, range_padding=0.12),
        y_range=model("DataRange1d", default_span=10, range_padding=0.12),
        renderers=[renderer for _, renderers in drawn for renderer in renderers],
        left=[y_axis],
        below=[x_axis, legend],
        center=[
            model("Grid", axis=_reference(x_axis)),
            model("Grid", axis=_reference(y_axis), dimension=1),
        ],
        toolbar=model(
            "Toolbar",
            tools=[*map(model, tools), hover],
            active_drag=None,  # a finger on the plot scrolls the page
            logo=None,
        ),
        toolbar_location="above",
        background_fill_color=None,
        border_fill_color=None,
    )
    return {
        "root_id": figure["id"],
        "doc": {
            "title": "",
            "roots": [figure],
            "config": model("DocumentConfig"),
            "version": _version(),
        },
        "version": _version(),
    }


class _Document:
    """Makes the models of one document, whose ids count from its first."""

    def __init__(self):
        self.numbers = count(1)

    def model(self, name, **attributes):
        """A model as JSON."""
        return {
            "type": "object",
            "name": name,
            "id": f"p{next(self.numbers)}",
            "attributes": attributes,
        }

    def renderers(self, series):
        """Those of the marks of a `Series`, each kind drawn as what it is stated as."""
        color, is_bare = series.color, series.is_bare
        look = {"line_color": _value(color), "line_width": _value(2)}
        found = []
        joined = []
        for _, of_test in groupby(series.marks, key=lambda mark: mark.test):
            values = [mark for mark in of_test if mark.kind == "value"]
            if len(values) > 1:
                joined += [*values, None]
        if joined:
            # One for all tests, with gaps: each renderer takes Bokeh's script long.
            found.append(
                self.renderer(
                    joined[:-1],
                    "Line",
                    x=_field("x"),
                    y=_field("low"),
                    line_color=color,
                    line_dash=[6] if is_bare else [],
                )
            )
        for kind in ("value", "range", "at_least", "at_most", "average"):
            marks = [mark for mark in series.marks if mark.kind == kind]
            if not marks:
                continue
            if kind == "range":
                bar = {
                    "x0": _field("x"),
                    "y0": _field("low"),
                    "x1": _field("x"),
                    "y1": _field("high"),
                    "line_color": _value(color),
                    "line_width": _value(5),
                    "line_alpha": _value(0.5 if is_bare else 1),
                }
                found.append(self.renderer(marks, "Segment", **bar))
            elif kind == "average":
                # Over all its cycles; of a range a band, of one value a line.
                band = {
                    "left": _field("first"),
                    "right": _field("x"),
                    "bottom": _field("low"),
                    "top": _field("high"),
                    "fill_color": _value(color),
                    "fill_alpha": _value(0.15),
                    "line_dash": _value("dotted" if is_bare else "solid"),
                }
                found.append(self.renderer(marks, "Quad", **band, **look))
            else:
                # An arrow has no fill, and points away from the bound that is known.
                is_hollow = is_bare or kind in _ARROWS
                marker = _ARROWS.get(kind, series.marker)
                point = {
                    "x": _field("x"),
                    "y": _field("low"),
                    "size": _value(11),
                    "fill_color": _value(None if is_hollow else color),
                } | ({} if marker == "circle" else {"marker": _value(marker)})
                found.append(self.renderer(marks, "Scatter", **point, **look))
        return found

    def renderer(self, marks, glyph, **look):
        """One kind of glyph for some marks; None among them is a gap in a line."""
        rows = [
            (mark.x, mark.first, *mark.bounds, *mark.words)
            if mark
            else (*[_GAP] * 4, *[""] * 4)
            for mark in marks
        ]
        columns = [list(column) for column in zip(*rows, strict=True)]
        data = {
            "type": "map",
            "entries": [list(pair) for pair in zip(_COLUMNS, columns, strict=True)],
        }
        return self.model(
            "GlyphRenderer",
            data_source=self.model("ColumnDataSource", data=data),
            glyph=self.model(glyph, **look),
        )


_UPRIGHT = {"axis_label_text_font_style": "normal"}


def _reference(model):
    return {"id": model["id"]}


def _value(value):
    return {"type": "value", "value": value}


def _field(name):
    return {"type": "field", "field": name}


@cache
def _version():
    return version("bokeh")
