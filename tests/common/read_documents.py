"""Reads documents with other programs' eyes and prints what they hold as JSON. Without these programs it says SKIPPED."""
import io, json, re, sys, subprocess, zipfile, os, csv, copy

try:
    import docx, openpyxl, pptx, pypdf
    from lxml import etree
    import openxml_audit  # noqa: F401
except ImportError as error:
    print("SKIPPED", error)
    sys.exit(0)

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def findings(path):
    """What an auditor of the format finds, and what it does not look for: repeated ids, colours that are none, spans that leave the grid."""
    tool = os.path.join(os.path.dirname(sys.executable), "openxml-audit")
    out = subprocess.run([tool, "-o", "json", "-m", "0", path], capture_output=True, text=True).stdout
    found = [str(error) for checked in json.loads(out) for error in checked["errors"]]
    archive = zipfile.ZipFile(path)
    names = archive.namelist()
    found += [f"twice in the archive: {n}" for n in set(names) if names.count(n) > 1]
    for name in names:
        if not name.endswith((".xml", ".rels")):
            continue
        tree = etree.fromstring(archive.read(name))
        if re.match(r"ppt/slides/[^/]+\.xml$", name):
            ids = [e.get("id") for e in tree.iter(P + "cNvPr")]
            if len(ids) != len(set(ids)):
                found.append(f"{name}: repeated ids")
        found += [f"{name}: colour {e.get('val')}" for e in tree.iter(A + "srgbClr") if not re.fullmatch("[0-9A-Fa-f]{6}", e.get("val"))]
        found += [f"{name}: negative size" for e in tree.iter(A + "ext") if (e.get("cx") or "0").startswith("-")]
        for table in tree.iter(A + "tbl"):
            grid = len(table.find(A + "tblGrid"))
            for row in table.iter(A + "tr"):
                cells = [cell for cell in row if cell.tag == A + "tc"]
                if len(cells) != grid:
                    found.append(f"{name}: {len(cells)} cells in a grid of {grid}")
                for at, cell in enumerate(cells):
                    span = int(cell.get("gridSpan", "1"))
                    if span > 1 and (at + span > grid or any(cells[at + k].get("hMerge") != "1" for k in range(1, span))):
                        found.append(f"{name}: a span of {span} at {at}")
        if name.endswith(".rels"):
            folder = os.path.dirname(os.path.dirname(name))
            for relation in tree:
                if relation.get("TargetMode") == "External":
                    found.append(f"{name}: something outside: {relation.get('Target')}")
                elif os.path.normpath(os.path.join(folder, relation.get("Target"))).replace(os.sep, "/") not in names:
                    found.append(f"{name}: nothing at {relation.get('Target')}")
    return found


def slides(path):
    deck = pptx.Presentation(path)
    made = []
    for slide in deck.slides:
        one = {"title": "", "texts": [], "shapes": [], "charts": [], "tables": [], "notes": slide.notes_slide.notes_text_frame.text, "layout": slide.slide_layout.name, "pictures": 0}
        def walk(shapes):
            for shape in shapes:
                kind = str(shape.shape_type)
                if "GROUP" in kind:
                    walk(shape.shapes)
                elif getattr(shape, "has_chart", False) and shape.has_chart:
                    chart = shape.chart
                    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
                    one["charts"].append({
                        "categories": [str(c) for c in chart.plots[0].categories],
                        "kind": str(chart.chart_type),
                        "floor": chart.value_axis.minimum_scale,
                        "series": [{"name": s.name, "values": list(s.values)} for s in chart.plots[0].series],
                        "book": [[cell.value for cell in row] for row in book.iter_rows()],
                    })
                elif getattr(shape, "has_table", False) and shape.has_table:
                    one["tables"].append([[cell.text for cell in row.cells] for row in shape.table.rows])
                elif "FREEFORM" in kind or "AUTO_SHAPE" in kind:
                    alt = shape._element.nvSpPr.cNvPr.get("descr") or ""
                    if alt:
                        one["shapes"].append(alt)
                        fill = shape._element.spPr.find(A + "solidFill")
                        one.setdefault("fills", {})[alt] = fill[0].get("val") if fill is not None else ""
                elif "PICTURE" in kind:
                    one["pictures"] += 1
                if shape.has_text_frame if hasattr(shape, "has_text_frame") else False:
                    one["texts"].append(shape.text_frame.text)
                    # In points: a text without a size of its own has that of its layout.
                    for paragraph in shape.text_frame.paragraphs:
                        for run in paragraph.runs:
                            if run.font.size is not None:
                                one.setdefault("sizes", []).append(run.font.size.pt)
        walk(slide.shapes)
        if slide.shapes.title is not None:
            one["title"] = slide.shapes.title.text_frame.text
        made.append(one)
    return {"width": deck.slide_width, "height": deck.slide_height, "slides": made}


def letter(path):
    document = docx.Document(path)
    tables = []
    for table in document.tables:
        heads = sum(1 for row in table.rows if row._tr.trPr is not None and row._tr.trPr.find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tblHeader") is not None)
        tables.append({"heads": heads, "rows": [[cell.text for cell in row.cells] for row in table.rows]})
    blanks = sum(1 for p in document.paragraphs for r in p.runs if r.font.highlight_color is not None)
    return {
        "paragraphs": [p.text for p in document.paragraphs],
        "heads": [p.text for section in document.sections for p in section.header.paragraphs],
        "tables": tables,
        "blanks": blanks,
        "lying": [section.orientation == 1 for section in document.sections],
    }


def pages(path):
    reader = pypdf.PdfReader(path)
    root = reader.trailer["/Root"]
    alts = []
    def walk(node):
        node = node.get_object()
        if isinstance(node, dict):
            if "/Alt" in node:
                alts.append(str(node["/Alt"]))
            kids = node.get("/K")
            for kid in (kids if isinstance(kids, list) else [kids] if kids is not None else []):
                if not isinstance(kid, int):
                    walk(kid)
    walk(root["/StructTreeRoot"])
    images = sum(len(page.images) for page in reader.pages)
    return {"text": [page.extract_text() for page in reader.pages], "title": reader.metadata.title, "language": str(root.get("/Lang")),
            "marked": bool(root["/MarkInfo"]["/Marked"]), "outline": len(reader.outline), "alts": alts, "images": images}


def book(path):
    formulas, values = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    made = {}
    for sheet in formulas.worksheets:
        own = values[sheet.title]
        made[sheet.title] = {
            "rows": [[None if c.value is None else (c.value.isoformat() if hasattr(c.value, "isoformat") else c.value) for c in row] for row in own.iter_rows()],
            "formulas": {c.coordinate: c.value for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=")},
            "results": {c.coordinate: own[c.coordinate].value for row in sheet.iter_rows() for c in row if isinstance(c.value, str) and c.value.startswith("=")},
            "rules": {str(where.sqref): [rule.formula[0] for rule in rules] for where, rules in sheet.conditional_formatting._cf_rules.items()},
            "colours": {str(where.sqref): [rule.dxf.fill.bgColor.rgb for rule in rules] for where, rules in sheet.conditional_formatting._cf_rules.items()},
            "filter": sheet.auto_filter.ref, "frozen": sheet.freeze_panes, "repeated": sheet.print_title_rows, "charts": len(sheet._charts),
        }
    return made


def form(path):
    """A letter of an office's own: names in braces over several runs, a control, a merge field, a row and a line to be repeated."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls
    w = nsdecls("w")
    letter = docx.Document()
    letter.sections[0].header.paragraphs[0].text = "{{Đơn vị}} – mẫu riêng"
    line = letter.add_paragraph("Kỳ từ {{t")
    line.add_run("u_n").bold = True
    line.add_run("gày}} đến {{den_ngay}}, {{dien_tich_nhiem}} ha; mưa {{luong_mua}} mm; {{khong_co}}")
    line = letter.add_paragraph("Có nguy cơ: ")
    line._p.append(parse_xml(f'<w:sdt {w}><w:sdtPr><w:tag w:val="lien_ket_nguy_co"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Bấm để nhập</w:t></w:r></w:sdtContent></w:sdt>'))
    line = letter.add_paragraph("Nguồn: ")
    for inside in ['<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> MERGEFIELD nguon </w:instrText>',
                   '<w:fldChar w:fldCharType="separate"/>', "<w:t>«nguon»</w:t>", '<w:fldChar w:fldCharType="end"/>']:
        line._p.append(parse_xml(f"<w:r {w}>{inside}</w:r>"))
    letter.add_paragraph("{{tinh_hinh}}")
    letter.add_paragraph("Loại {{svgh.tt}}: {{svgh.ten}}", style="List Bullet")
    table = letter.add_table(2, 3)
    for row, cells in zip(table.rows, [["Tên", "Tổng (ha)", "Năm trước"], ["{{svgh.ten}}", "{{svgh.tong}}", "{{svgh.nam_truoc}}"]]):
        for cell, words in zip(row.cells, cells):
            cell.text = words
    letter.add_paragraph("{{phu_luc}}")
    letter.save(path)


def broken(path):
    """Findings on copies broken on purpose: each must have some."""
    source = zipfile.ZipFile(path)
    def with_change(change):
        target = path + ".broken.pptx"
        with zipfile.ZipFile(target, "w") as out:
            for name in source.namelist():
                out.writestr(name, change(name, source.read(name)))
        found = findings(target)
        os.remove(target)
        return found
    on_slide = lambda name: name == "ppt/slides/slide3.xml"
    return {
        "colour": with_change(lambda n, b: b.replace(b'val="212529"', b'val="xyz"', 1) if on_slide(n) else b),
        "ids": with_change(lambda n, b: re.sub(rb'<p:cNvPr id="(\d+)"', b'<p:cNvPr id="7"', b) if on_slide(n) else b),
        "schema": with_change(lambda n, b: b.replace(b"<p:cSld>", b"<p:cSld><p:wrong/>", 1) if on_slide(n) else b),
        "relation": with_change(lambda n, b: b.replace(b"notesSlide3.xml", b"notesSlide999.xml") if n.endswith("slide3.xml.rels") and "slides/_rels" in n else b),
    }


out = {}
folder, wanted, checked = sys.argv[1], sys.argv[2].split(","), sys.argv[3] == "checked"
for name in wanted:
    path = os.path.join(folder, name)
    if name == "stock":
        # The deck that Office has shipped for years, 4:3, with a slide of its own.
        stock = pptx.Presentation()
        stock.slides.add_slide(stock.slide_layouts[0]).shapes.title.text = "NOT OURS"
        stock.save(os.path.join(folder, "stock.pptx"))
        small = pptx.Presentation()
        small.slide_width, small.slide_height = 9144000, 5143500
        small.save(os.path.join(folder, "small.pptx"))
        continue
    if name == "form":
        form(os.path.join(folder, "mau.docx"))
        continue
    if name == "broken":
        out[name] = broken(os.path.join(folder, "slides.pptx"))
        continue
    if not os.path.exists(path):
        continue
    read = {".pptx": slides, ".docx": letter, ".pdf": pages, ".xlsx": book}[os.path.splitext(name)[1]]
    out[name] = {"findings": findings(path) if checked and not name.endswith(".pdf") else [], "content": read(path)}
print(json.dumps(out, ensure_ascii=False))
