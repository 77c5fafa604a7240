"""JSON of pages -> a PDF by Typst alone: the same pages, tables and words, without any layout."""

import sys
from pathlib import Path

import typst

TEMPLATE = """
#set page(width: 960pt, height: 540pt, margin: 56pt)
#set text(font: "Carlito", size: 18pt)
#set document(title: "Floor")
#for (index, page) in json(bytes(sys.inputs.pages)).enumerate() {
  if index > 0 { pagebreak() }
  heading(page.title)
  if page.table != none {
    table(columns: page.table.first().len(), table.header(..page.table.first()), ..page.table.slice(1).flatten())
  } else {
    list(..page.lines)
  }
}
"""

fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sys.argv[3]])
data = Path(sys.argv[1]).read_text("utf-8")
pdf = typst.compile(TEMPLATE.encode(), font_paths=fonts, sys_inputs={"pages": data}, pdf_standards=["ua-1"])
Path(sys.argv[2]).write_bytes(pdf)
