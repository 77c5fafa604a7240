"""JSON of pages -> a .pptx by python-pptx alone: the same slides, tables and words, without any layout."""

import json
import sys
from pathlib import Path

from pptx import Presentation
from pptx.util import Inches

pages = json.loads(Path(sys.argv[1]).read_text("utf-8"))
presentation = Presentation()
presentation.slide_width, presentation.slide_height = Inches(13.333), Inches(7.5)
for page in pages:
    slide = presentation.slides.add_slide(presentation.slide_layouts[5 if page["table"] else 1])
    slide.shapes.title.text = page["title"]
    if page["table"]:
        rows = page["table"]
        shape = slide.shapes.add_table(len(rows), len(rows[0]), Inches(0.8), Inches(1.6), Inches(11.7), Inches(5))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                shape.table.cell(row, column).text = text
    else:
        slide.placeholders[1].text = "\n".join(page["lines"])
presentation.save(sys.argv[2])
