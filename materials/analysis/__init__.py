"""What is computed from the values: one module an analysis, its rules in the docstring.

Pages, API, export and checks all ask here. What the analyses can be asked, and how
nonsense is refused, stands in `materials.questions`.
"""
