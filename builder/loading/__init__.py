"""Files become one checked value: a curriculum or a cohort."""
