/** The data sheet of a dataset, after "Datasheets for Datasets" (Gebru et al., 2021): what we know, and what nobody said. */
import type { Dataset, VersionSummary } from '../../evals/index.ts'
import type { Instant } from '../../kernel/time.ts'
import type { Measure } from './measure.ts'
import type { QualityRun } from './run.ts'

type About = {
  readonly dataset: Dataset
  readonly versions: readonly VersionSummary[]
  readonly run: QualityRun | null
  readonly at: Instant
}

type Section = { readonly heading: string; readonly text?: string; readonly table?: readonly (readonly string[])[] }

export function sheetOf(about: About, format: 'md' | 'html'): { file: string; type: string; text: string } {
  const { name, latest } = about.dataset
  const sections = sectionsOf(about)
  const title = `Data sheet: ${name}, version ${latest}`
  const made = `Made ${about.at.slice(0, 10)}.`
  return format === 'md'
    ? { file: `${name}-${latest}.md`, type: 'text/markdown; charset=utf-8', text: markdown(title, made, sections) }
    : { file: `${name}-${latest}.html`, type: 'text/html; charset=utf-8', text: html(title, made, sections) }
}

function sectionsOf({ dataset, versions, run }: About): Section[] {
  const { card, access, description } = dataset
  const said = (text: string | null) => text ?? 'Nobody said.'
  const profile = run?.profile
  return [
    {
      heading: 'What it is',
      text: description || 'Nobody described it.',
      table: [
        ['application', dataset.application ?? 'none: any may use it'],
        ['owner', dataset.owner],
        ['licence', said(card.licence)],
        ['origin', said(card.origin)],
        ['citation', said(card.citation)],
        ['read by', access.readers.join(', ') || 'its owner alone'],
        [
          'holdout read by',
          `${access.holdoutReaders.join(', ') || 'nobody'}, at most ${access.holdoutReads} times in 30 days`,
        ],
      ],
    },
    profile
      ? {
          heading: 'What is in it',
          table: [
            ['rows', String(profile.rows)],
            ...Object.entries(profile.splits).map(([split, rows]) => [split, String(rows)]),
            ['with an expected answer', String(profile.withExpected)],
            ['conversations', String(profile.conversations)],
            ['made by a generator', String(profile.synthetic)],
            ...profile.sources.map(({ source, rows }) => [`from ${source}`, String(rows)]),
          ],
        }
      : { heading: 'What is in it', text: 'It was not measured yet.' },
    ...(profile && profile.segments.length > 0
      ? [
          {
            heading: 'What was declared and what is there',
            table: [
              ['inputs', 'rows', 'expected share'],
              ...profile.segments.map(({ field, value, rows, expected }) => [
                `${field} ${value}`,
                String(rows),
                expected.toFixed(2),
              ]),
            ],
          },
        ]
      : []),
    run
      ? {
          heading: `Quality of version ${run.version}: ${run.verdict}`,
          text: `Measured ${run.at.slice(0, 10)}.`,
          table: [['measure', 'value', 'limit', 'verdict', 'why'], ...run.measures.map(measureRow)],
        }
      : { heading: 'Quality', text: 'MISSING: nobody measured it.' },
    {
      heading: 'Versions',
      table: [
        ['version', 'at', 'rows', 'reason', 'from', 'steps before'],
        ...versions.map(({ number, at, rows, reason, lineage }) => [
          String(number),
          at.slice(0, 10),
          String(rows),
          reason,
          [lineage.kind, lineage.from, lineage.producer].filter(Boolean).join(' '),
          lineage.steps.map((step) => `${step.name}@${step.version}`).join(', ') || 'none declared',
        ]),
      ],
    },
  ]
}

const measureRow = ({ label, value, n, interval, atLeast, atMost, verdict, why }: Measure): string[] => [
  label,
  value === null
    ? '-'
    : `${short(value)}${interval ? ` (${short(interval.low)} to ${short(interval.high)})` : ''}, n ${n}`,
  atLeast !== null ? `at least ${short(atLeast)}` : atMost !== null ? `at most ${short(atMost)}` : 'none',
  verdict,
  why,
]

const short = (value: number): string => String(Number(value.toFixed(4)))

const markdown = (title: string, made: string, sections: readonly Section[]): string =>
  [
    `# ${line(title)}`,
    made,
    ...sections.map(({ heading, text, table }) =>
      [`## ${line(heading)}`, text && line(text), table && tableText(table)].filter(Boolean).join('\n\n'),
    ),
    '',
  ].join('\n\n')

function tableText(rows: readonly (readonly string[])[]): string {
  const [first = [], ...rest] = rows
  const isPairs = first.length === 2
  const head = isPairs ? ['', ''] : first
  const body = isPairs ? rows : rest
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.map(line).join(' | ')} |`).join('\n')
}

/** On one line, and without what Markdown reads as its own. */
const line = (text: string): string => text.replace(/\s+/g, ' ').replace(/[\\|<>`*_[\]]/g, (mark) => `\\${mark}`)

function html(title: string, made: string, sections: readonly Section[]): string {
  const body = sections.map(({ heading, text, table = [] }) => {
    const rows = table
      .map((cells) => `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
      .join('\n')
    return `<h2>${escaped(heading)}</h2>\n${text ? `<p>${escaped(text)}</p>\n` : ''}${rows ? `<table>\n${rows}\n</table>` : ''}`
  })
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}td{padding:.2rem .8rem .2rem 0;vertical-align:top}</style>
<h1>${escaped(title)}</h1>
<p>${escaped(made)}</p>
${body.join('\n')}
</html>
`
}

const MARKS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark)
