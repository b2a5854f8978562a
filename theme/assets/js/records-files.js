/**
 * What is filtered as a file: CSV, and a workbook of one sheet. A workbook is a zip of a few XML
 * files; the browser itself can deflate, so what is left to write is little. Rows are asked for in
 * pieces and packed as they come; between two pieces the page can breathe.
 *
 * @typedef {{title: string, type: string, kind: string}} Column
 */
(() => {
  "use strict";

  const PIECE = 2000;
  const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
  const NUMBER = /^-?[0-9]+(\.[0-9]+)?$/;
  const LONGEST = 32767; // characters in one cell of a workbook

  /** No spreadsheet takes it for a formula. @param {string} text */
  const harmless = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

  /** @param {string} text */
  const csvCell = (text) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

  /** @param {Column[]} columns @param {number} count @param {(row: number) => string[]} cells @returns {Promise<Blob>} */
  async function csv(columns, count, cells) {
    const line = (texts) => `${texts.map((text) => csvCell(harmless(text))).join(",")}\r\n`;
    const parts = ["\ufeff", line(columns.map((column) => column.title))];
    for (let row = 0; row < count; row += 1) {
      parts.push(line(cells(row)));
      if (row % PIECE === PIECE - 1) await breathe();
    }
    return new Blob(parts, { type: "text/csv;charset=utf-8" });
  }

  const breathe = () => new Promise((done) => { setTimeout(done); });

  /* ---------- the sheet ---------- */

  const MARKS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  /** Characters that XML cannot hold are left out. @param {string} text */
  const xml = (text) => text.slice(0, LONGEST).replace(/[&<>"]/g, (mark) => MARKS[mark])
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");

  /** `A`, `Z`, `AA`. @param {number} column */
  const letters = (column) => (column < 26 ? "" : letters(Math.floor(column / 26) - 1)) + String.fromCharCode(65 + column % 26);

  const DAY = 86400000;
  const EPOCH = Date.UTC(1899, 11, 30);
  /** Days since the epoch of spreadsheets. @param {string} text */
  const serial = (text) => (Date.parse(`${text}T00:00:00Z`) - EPOCH) / DAY;

  /** Numbers and days as such; all else is text, also what looks like a formula. An apostrophe of the
   * text itself is told from one that keeps a formula quiet, so that an import finds what was there. */
  function cell(column, place, text) {
    if (text === "") return "";
    if (column.kind === "number" && NUMBER.test(text) && text.length < 16) return `<c r="${place}"><v>${text}</v></c>`;
    if (column.type === "date" && serial(text) > 0) return `<c r="${place}" s="1"><v>${serial(text)}</v></c>`;
    return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${xml(text.startsWith("'") ? harmless(text) : text)}</t></is></c>`;
  }

  const WIDTHS = { number: 10, day: 12, word: 14, text: 40 };

  /** @param {Column[]} columns @param {number} count @param {(row: number) => string[]} cells */
  async function* sheet(columns, count, cells) {
    const end = `${letters(columns.length - 1)}${count + 1}`;
    const widths = columns.map(({ kind }, i) => `<col min="${i + 1}" max="${i + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`);
    yield `${HEAD}<worksheet xmlns="${MAIN}"><dimension ref="A1:${end}"/><sheetViews><sheetView workbookViewId="0">`
      + '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
      + `<cols>${widths.join("")}</cols><sheetData><row r="1">`
      + columns.map(({ title }, i) => `<c r="${letters(i)}1" s="2" t="inlineStr"><is><t xml:space="preserve">${xml(title)}</t></is></c>`).join("")
      + "</row>";
    const names = columns.map((_, i) => letters(i));
    let piece = "";
    for (let row = 0; row < count; row += 1) {
      const number = row + 2;
      piece += `<row r="${number}">${cells(row).map((text, i) => cell(columns[i], `${names[i]}${number}`, text)).join("")}</row>`;
      if (row % PIECE === PIECE - 1) {
        yield piece;
        piece = "";
        await breathe();
      }
    }
    yield `${piece}</sheetData><autoFilter ref="A1:${end}"/></worksheet>`;
  }

  /* ---------- the workbook ---------- */

  const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  const KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml";

  const TYPES = `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
    + `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KIND}.sheet.main+xml"/>`
    + `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KIND}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KIND}.styles+xml"/></Types>`;
  const related = (...targets) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${targets.map(([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join("")}</Relationships>`;
  const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>`
    + '<fonts count="2"><font><sz val="11"/><name val="Microsoft YaHei"/></font><font><b/><sz val="11"/><name val="Microsoft YaHei"/></font></fonts>'
    + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    + '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

  /** A name that a sheet may have. @param {string} title */
  const sheetName = (title) => xml(title.replace(/[[\]:*?/\\']/g, " ").slice(0, 31)) || "Sheet1";

  /** @param {string} title @param {Column[]} columns @param {number} count @param {(row: number) => string[]} cells @returns {Promise<Blob>} */
  async function xlsx(title, columns, count, cells) {
    const range = `A$1:$${letters(columns.length - 1)}$${count + 1}`;
    const name = sheetName(title);
    const book = `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets>`
      + `<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'${name}'!$${range}</definedName>`
      + `<definedName name="_xlnm.Print_Titles" localSheetId="0">'${name}'!$1:$1</definedName></definedNames></workbook>`;
    return zip([
      ["[Content_Types].xml", [TYPES]],
      ["_rels/.rels", [related(["officeDocument", "xl/workbook.xml"])]],
      ["xl/workbook.xml", [book]],
      ["xl/_rels/workbook.xml.rels", [related(["worksheet", "worksheets/sheet1.xml"], ["styles", "styles.xml"])]],
      ["xl/styles.xml", [STYLES]],
      ["xl/worksheets/sheet1.xml", sheet(columns, count, cells)],
    ]);
  }

  /* ---------- zip ---------- */

  const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
    let sum = n;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
    return sum;
  });

  /** @param {Uint8Array} bytes @param {number} sum so far */
  function crc(bytes, sum) {
    let value = ~sum;
    for (let i = 0; i < bytes.length; i += 1) value = TABLE[(value ^ bytes[i]) & 0xff] ^ (value >>> 8);
    return ~value >>> 0;
  }

  /** Old browsers cannot deflate; what they write is larger and as good. */
  const DEFLATES = (() => {
    try {
      return Boolean(new CompressionStream("deflate-raw"));
    } catch {
      return false;
    }
  })();

  /** @param {AsyncIterable<string> | string[]} pieces */
  async function pack(pieces) {
    const encoder = new TextEncoder();
    const through = DEFLATES ? new CompressionStream("deflate-raw") : new TransformStream();
    const packed = new Response(through.readable).arrayBuffer();
    const writer = through.writable.getWriter();
    let [size, sum] = [0, 0];
    for await (const piece of pieces) {
      const bytes = encoder.encode(piece);
      size += bytes.length;
      sum = crc(bytes, sum);
      await writer.write(bytes);
    }
    await writer.close();
    return { size, sum, data: new Uint8Array(await packed) };
  }

  const SAME_DAY = 0x0021; // 1980-01-01: equal rows, equal bytes

  /** The numbers that stand before a file and again in the list at the end. */
  function facts(name, { size, sum, data }) {
    const view = new DataView(new ArrayBuffer(26));
    [[20, 0], [0x0800, 2], [DEFLATES ? 8 : 0, 4], [0, 6], [SAME_DAY, 8], [name.length, 22], [0, 24]]
      .forEach(([value, at]) => view.setUint16(at, value, true));
    [[sum, 10], [data.length, 14], [size, 18]].forEach(([value, at]) => view.setUint32(at, value, true));
    return new Uint8Array(view.buffer);
  }

  const numbers = (bytes, ...fields) => {
    const view = new DataView(new ArrayBuffer(bytes));
    for (const [at, value, wide] of fields) wide ? view.setUint32(at, value, true) : view.setUint16(at, value, true);
    return new Uint8Array(view.buffer);
  };

  /** @param {[string, AsyncIterable<string> | string[]][]} files @returns {Promise<Blob>} */
  async function zip(files) {
    const parts = [];
    const list = [];
    let place = 0;
    for (const [path, pieces] of files) {
      const name = new TextEncoder().encode(path);
      const file = await pack(pieces);
      const told = facts(name, file);
      parts.push(numbers(4, [0, 0x04034b50, true]), told, name, file.data);
      list.push(numbers(6, [0, 0x02014b50, true], [4, 20]), told, numbers(14, [10, place, true]), name);
      place += 4 + told.length + name.length + file.data.length;
    }
    const length = list.reduce((sum, piece) => sum + piece.length, 0);
    const end = numbers(22, [0, 0x06054b50, true], [8, files.length], [10, files.length], [12, length, true], [16, place, true]);
    return new Blob([...parts, ...list, end], { type: `${KIND}.sheet` });
  }

  Object.assign(window.scRecords, { csv, xlsx });
})();
