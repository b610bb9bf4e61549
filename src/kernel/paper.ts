/** A paper: headings, sentences and tables, written as Markdown, HTML or CSV from one value. */
import { csvLine, noFormula } from './csv.ts'
import { html, type Markup, page } from './html.ts'

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

/** What people typed stays text: no line of its own, no markup, no link. */
const inLine = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/[[\]]/g, '\\$&')
    .replace(/[<>]/g, (sign) => (sign === '<' ? '&lt;' : '&gt;'))

/** One page that prints well and asks nobody for anything. */
export const htmlOf = (blocks: readonly Block[], { title }: { title: string }): string =>
  page(title, html`${blocks.map(htmlBlock)}`)

function htmlBlock(block: Block): Markup {
  if (block.kind === 'text') return html`<p>${block.text}</p>\n`
  if (block.kind === 'list') return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>\n`
  if (block.kind === 'table')
    return html`<table><thead>${row(block.header, 'th')}</thead><tbody>${block.rows.map((cells) => row(cells, 'td'))}</tbody></table>\n`
  if (block.level === 1) return html`<h1>${block.text}</h1>\n`
  return block.level === 2 ? html`<h2>${block.text}</h2>\n` : html`<h3>${block.text}</h3>\n`
}

const row = (cells: readonly string[], tag: 'th' | 'td'): Markup =>
  html`<tr>${cells.map((cell) => (tag === 'th' ? html`<th>${cell}</th>` : html`<td>${cell}</td>`))}</tr>`

/** The first table, for a spreadsheet. */
export function csvOf(blocks: readonly Block[]): string {
  const table = blocks.find((block) => block.kind === 'table')
  if (!table) return ''
  return [table.header, ...table.rows].map((cells) => `${csvLine(cells.map(noFormula))}\r\n`).join('')
}
