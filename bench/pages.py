"""A .pptx -> JSON of its pages: the title of each, and its first table, or its lines."""

import json
import sys
from pathlib import Path

from pptx import Presentation

pages = []
for slide in Presentation(sys.argv[1]).slides:
    title = slide.shapes.title
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame and shape != title]
    table = [[cell.text for cell in row.cells] for row in tables[0].rows] if tables else None
    lines = [paragraph.text for frame in frames for paragraph in frame.paragraphs if paragraph.text]
    pages.append({"title": title.text_frame.text, "lines": lines, "table": table})
Path(sys.argv[2]).write_text(json.dumps(pages), "utf-8")
