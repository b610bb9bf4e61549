/** The data sheet of a dataset, after "Datasheets for Datasets" (Gebru et al., 2021): what we know, and what nobody said. */
import type { Dataset, VersionSummary } from '../../evals/index.ts'
import { type Block, htmlOf, markdownOf } from '../../kernel/paper.ts'
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
  const title = `Data sheet: ${name}, version ${latest}`
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: title },
    { kind: 'text', text: `Made ${about.at.slice(0, 10)}.` },
    ...sectionsOf(about).flatMap(blocksOf),
  ]
  return format === 'md'
    ? { file: `${name}-${latest}.md`, type: 'text/markdown; charset=utf-8', text: markdownOf(blocks) }
    : { file: `${name}-${latest}.html`, type: 'text/html; charset=utf-8', text: htmlOf(blocks, { title }) }
}

function blocksOf({ heading, text, table: [first, ...rest] = [] }: Section): Block[] {
  return [
    { kind: 'heading', level: 2, text: heading },
    ...(text ? [{ kind: 'text' as const, text }] : []),
    // Pairs have no line above them that says what they are.
    ...(first?.length === 2 ? [{ kind: 'table' as const, header: ['', ''], rows: [first, ...rest] }] : []),
    ...(first && first.length !== 2 ? [{ kind: 'table' as const, header: first, rows: rest }] : []),
  ]
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
