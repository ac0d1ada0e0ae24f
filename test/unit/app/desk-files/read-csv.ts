/** RFC 4180, read the plain way: null for an empty cell, a text for a quoted one. */
export function readCsv(text: string): (string | null)[][] {
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, next] = text[at] === '"' ? quoted(text, at + 1) : bare(text, at);
    row.push(cell);
    at = next;
    if (text[at] === ',') {
      at += 1;
      if (at === text.length || text.startsWith('\r\n', at)) row.push(null);
    }
    if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    }
  }
  return rows;
}

function quoted(text: string, from: number): [string, number] {
  let cell = '';
  for (let at = from; ; at += 1) {
    if (text[at] === undefined) throw new Error('a quote is not closed');
    if (text[at] !== '"') cell += text[at];
    else if (text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else return [cell, at + 1];
  }
}

function bare(text: string, from: number): [string | null, number] {
  let at = from;
  while (at < text.length && text[at] !== ',' && !text.startsWith('\r\n', at)) at += 1;
  const cell = text.slice(from, at);
  if (/["\r\n]/.test(cell)) throw new Error(`bare cell ${JSON.stringify(cell)}`);
  return [cell === '' ? null : cell, at];
}
