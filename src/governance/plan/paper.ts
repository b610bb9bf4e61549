/** A paper of the plan: headings, sentences and tables, written as Markdown, HTML or CSV from one value. Pure. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] }

export const markdownOf = (blocks: readonly Block[]): string => `${blocks.map(markdownBlock).join('\n\n').trim()}\n`

function markdownBlock(block: Block): string {
  if (block.kind === 'heading') return `${'#'.repeat(block.level)} ${inLine(block.text)}`
  if (block.kind === 'text') return inLine(block.text)
  if (block.kind === 'list') return block.items.map((item) => `- ${inLine(item)}`).join('\n')
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => inLine(cell).replaceAll('|', '\\|')).join(' | ')} |`
  return [line(block.header), `|${block.header.map(() => '---|').join('')}`, ...block.rows.map(line)].join('\n')
}

/** What people typed stays text: no line of its own, no markup. */
const inLine = (text: string): string =>
  text.replace(/\s*\n\s*/g, ' ').replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))

/** One page that prints well and asks nobody for anything. */
export const htmlOf = (blocks: readonly Block[], { title }: { title: string }): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c1c1c; background: #fff }
h1 { font-size: 1.8rem } h2 { font-size: 1.25rem; margin-top: 2rem; break-after: avoid } h3 { font-size: 1rem }
table { border-collapse: collapse; width: 100%; font-size: 13px }
th, td { border: 1px solid #bbb; padding: .3rem .45rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { background: #f1f1f1 } tr { break-inside: avoid }
@media print { body { margin: 0; max-width: none } }
</style>
</head>
<body>
${blocks.map(htmlBlock).join('\n')}
</body>
</html>
`

function htmlBlock(block: Block): string {
  if (block.kind === 'heading') return `<h${block.level}>${escaped(block.text)}</h${block.level}>`
  if (block.kind === 'text') return `<p>${escaped(block.text)}</p>`
  if (block.kind === 'list') return `<ul>${block.items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
  const cells = (tag: string, row: readonly string[]) => row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')
  return `<table><thead><tr>${cells('th', block.header)}</tr></thead><tbody>${block.rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</tbody></table>`
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** The first table. A cell that a spreadsheet would take for a formula gets a quote before it. */
export function csvOf(blocks: readonly Block[]): string {
  const table = blocks.find((block) => block.kind === 'table')
  if (!table) return ''
  const cell = (text: string) => {
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
  }
  return `${[table.header, ...table.rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`
}
