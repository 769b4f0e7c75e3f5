"""Opens the Word document and the workbook of a briefing with other programs' libraries.

    python3 tests/read_documents.py RESULTS
"""

import csv
import pathlib
import sys

import docx
import openpyxl

results = pathlib.Path(sys.argv[1])

document = docx.Document(results / "briefing.docx")
# Paragraphs without a style of their own have none here.
headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
assert len(headings) == 13, headings
pictures = len(document.inline_shapes)
figures = len(list((results / "figures").glob("*.png")))
assert 0 < pictures <= figures, (pictures, figures)
rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
assert any(row[0].startswith("Picked their supporter") for row in rows), rows[0]

book = openpyxl.load_workbook(results / "briefing.xlsx", read_only=True)
sheet = list(book["The headline comparison"].iter_rows(values_only=True))
head = sheet[2]
picked = next(row for row in sheet if row[0] == "Picked their supporter")
with open(results / "differences.csv", newline="") as file:
    held = [
        row
        for row in csv.DictReader(file)
        if row["metric"] == "choice.picked" and row["group"] == "all" and row["period"] == "whole"
    ]
# Regimes stand in the order of the tables.
means = [value for title, value in zip(head, picked) if title and ":" not in title][3:]
for row, value in zip(held, means):
    assert abs(float(row["mean"]) * 100 - value) < 1e-12, (row["regime"], value)

print(f"{len(headings)} sections, {pictures} pictures, {len(book.sheetnames)} sheets: read")
