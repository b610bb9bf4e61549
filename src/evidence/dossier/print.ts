/** The readable form of a dossier: a page of its own that prints, asks for nothing, and says that it is no proof. */
import { html, type Markup, page } from '../../kernel/html.ts'
import type { Head, Link } from './container.ts'

export function printOf({
  head,
  links,
  titles,
}: {
  head: Omit<Head, 'form' | 'links'>
  links: readonly Link[]
  titles: readonly { name: string; title: string }[]
}): string {
  const { application, release, at, by, keys } = head
  const sections = titles.map(({ name, title }) => ({ title, own: links.filter((link) => link.section === name) }))
  return page(
    `Dossier of ${application} r${release.number}`,
    html`<h1>Dossier of ${application} r${release.number}</h1>
<p class="digest">release ${release.digest}<br>signed with ${keys[0]?.keyid}</p>
<p>Exported on ${at} by ${by}. This print is the last link of the signed archive it came with, and proves nothing by
itself: <code>airworthy dossier verify FILE</code> checks the archive without a server. It shows evidence relevant to
what is asked of an application; it is no legal advice and no statement of conformity.</p>
<h2>Contents</h2>
<table>${sections.map(({ title, own }) => html`<tr><td>${title}</td><td>${own.length === 0 ? 'nothing on record' : own.length}</td></tr>`)}</table>
${sections.filter(({ own }) => own.length > 0).map(({ title, own }) => html`<h2>${title}</h2>${own.map(entry)}`)}`,
  )
}

const entry = ({ title, body }: Link): Markup => html`<div class="keep"><h3>${title}</h3>${shown(body)}</div>`

/** As deep as people read on; below that as JSON. */
const DEPTH = 3
const NARROW = 8

function shown(value: unknown, depth = 0): Markup {
  if (typeof value !== 'object' || value === null) return html`${String(value ?? '-')}`
  if (depth >= DEPTH) return html`<code>${JSON.stringify(value)}</code>`
  if (!Array.isArray(value)) return recordOf(value as Readonly<Record<string, unknown>>, depth)
  if (value.length === 0) return html`<span class="quiet">none</span>`
  const columns = columnsOf(value)
  if (!columns) return html`<ul>${value.map((one) => html`<li>${shown(one, depth + 1)}</li>`)}</ul>`
  return html`<table><tr>${columns.map((one) => html`<th>${one}</th>`)}</tr>${(
    value as Readonly<Record<string, unknown>>[]
  ).map((row) => html`<tr>${columns.map((one) => html`<td>${shown(row[one], depth + 1)}</td>`)}</tr>`)}</table>`
}

/** The columns of rows that are all alike and few enough to stand side by side. */
function columnsOf(rows: readonly unknown[]): string[] | undefined {
  if (!rows.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))) return undefined
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row as object)))]
  return columns.length <= NARROW ? columns : undefined
}

const recordOf = (record: Readonly<Record<string, unknown>>, depth: number): Markup =>
  html`<table>${Object.entries(record)
    // An envelope is for programs; it stands in the archive.
    .filter(([field]) => field !== 'envelope')
    .map(([field, value]) => html`<tr><th>${field}</th><td>${shown(value, depth + 1)}</td></tr>`)}</table>`
