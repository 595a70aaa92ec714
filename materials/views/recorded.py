"""What nobody recorded of a material, in words."""

from asei_db.lib.templatetags.lists import in_sentence


def not_recorded(filterset, name):
    """That a value or finding is not recorded of the named materials, but of others.

    `name` is the parameter of what is recorded; "" unless both are asked for. One
    statement.
    """
    asked = filterset.form.cleaned_data
    codes, materials = asked.get(name), asked.get("material")
    if not codes or not materials:
        return ""
    labels = dict(filterset.form.fields[name].choices)
    what = " or ".join(in_sentence(labels[code]) for code in codes)
    of_whom = " or ".join(str(material) for material in materials)
    rows = filterset.queryset.filter(
        **{f"{name}__in": codes, "material__isnull": False}
    )
    number = rows.order_by().values("material").distinct().count()
    others = f"it is for {number} other film{'' if number == 1 else 's'}"
    return (
        f"No {what} is recorded for {of_whom}; "
        f"{others if number else 'nor is it for any other film'}."
    )
