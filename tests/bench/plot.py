"""Lines over two logarithmic axes, as SVG."""

from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 860, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 60, 260, 40, 40
_COLORS = (
    *("#4053d3", "#ddb310", "#b51d14", "#00beff", "#fb49b0", "#00b25d"),
    *("#8a6d3b", "#cacaca", "#7a5cff", "#555555", "#000000"),
)


def plot(title, lines):
    """The SVG of lines by name: points (x, y), both above 0."""
    points = [point for line in lines.values() for point in line]
    (low_x, high_x), (low_y, high_y) = (
        (floor(log10(min(values))), ceil(log10(max(values))))
        for values in zip(*points, strict=True)
    )

    def place(x, y):
        across = (log10(x) - low_x) / max(1, high_x - low_x)
        up = (log10(y) - low_y) / max(1, high_y - low_y)
        return (
            round(_LEFT + across * (_WIDTH - _LEFT - _RIGHT), 1),
            round(_HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM), 1),
        )

    parts = [_text(_LEFT, 20, title, "start", weight="bold")]
    for power in range(low_x, high_x + 1):
        x, y = place(10**power, 10**low_y)
        parts += [_line(x, _TOP, x, y), _text(x, y + 18, f"{10**power:,}")]
    for power in range(low_y, high_y + 1):
        x, y = place(10**low_x, 10**power)
        parts += [
            _line(x, y, _WIDTH - _RIGHT, y),
            _text(x - 6, y + 4, f"{10**power:,g}", "end"),
        ]
    for number, (name, line) in enumerate(lines.items()):
        color = _COLORS[number % len(_COLORS)]
        places = [place(*point) for point in line]
        joined = " ".join(f"{x},{y}" for x, y in places)
        parts.append(
            f'<polyline points="{joined}" fill="none" stroke="{color}" '
            'stroke-width="2"/>'
        )
        parts += [
            f'<circle cx="{x}" cy="{y}" r="3" fill="{color}"/>' for x, y in places
        ]
        y = _TOP + 18 * number
        x = _WIDTH - _RIGHT + 16
        parts.append(f'<rect x="{x}" y="{y}" width="12" height="12" fill="{color}"/>')
        parts.append(_text(x + 18, y + 11, name, "start"))
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>\n{body}\n</svg>\n'
    )


def _line(x1, y1, x2, y2):
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#ddd"/>'


def _text(x, y, text, anchor="middle", weight="normal"):
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(text)}</text>"
    )
