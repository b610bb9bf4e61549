/** CSV as RFC 4180 writes it, with `,` or `;`: cells by row, each row with the line where it begins. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] }

export function readCsv(content: string): CsvRow[] {
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const separator = separatorOf(text)
  const rows: CsvRow[] = []
  let cells: string[] = []
  let cell = ''
  let line = 1
  let begin = 1
  let quoted = false
  const endCell = () => {
    cells.push(cell.trim())
    cell = ''
  }
  const endRow = () => {
    endCell()
    if (cells.some(Boolean)) rows.push({ line: begin, cells })
    cells = []
    begin = line + 1
  }
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at)
    if (quoted) {
      if (letter !== '"') cell += letter
      else if (text.charAt(at + 1) === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (letter === '"' && cell.trim() === '') {
      cell = ''
      quoted = true
    } else if (letter === separator) endCell()
    else if (letter === '\n') endRow()
    else cell += letter
    if (letter === '\n') line += 1
  }
  endRow()
  return rows
}

const separatorOf = (text: string): string => {
  const head = text.slice(0, text.indexOf('\n') >= 0 ? text.indexOf('\n') : undefined)
  return head.split(';').length > head.split(',').length ? ';' : ','
}
