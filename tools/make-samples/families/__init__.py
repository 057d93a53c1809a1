"""One style family a module; each has ARTISTS, DATES, MEDIUM, LABEL, SUBJECTS and `paint`."""

FAMILIES = (
    "colour_field", "neoplastic_grid", "pointillism", "woodblock_wave", "op_art", "impression",
    "stained_glass", "ink_wash", "cut_paper", "constructivist_poster", "nocturne", "engraving",
)
