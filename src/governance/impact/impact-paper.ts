/** The impact assessment on paper: what people answered, and what follows from it (S3.43). Pure. */
import type { Block } from '../../kernel/paper.ts'
import { isFilled } from '../documents/fields.ts'
import type { Impact, ImpactFollowing } from './impact.ts'

const LABELS: readonly (readonly [keyof Impact, string])[] = [
  ['affected', 'Who is affected'],
  ['benefits', 'What they gain'],
  ['harms', 'What may harm them'],
  ['misuse', 'What somebody may try with it'],
  ['society', 'Work, environment, trust'],
  ['objection', 'How somebody can object'],
  ['assessedBy', 'Who assessed it'],
]

export function impactPaper({
  application,
  day,
  impact,
  following: { answered, of, risks, suites },
}: {
  application: string
  /** `2026-03-01` */
  day: string
  impact: Impact
  following: ImpactFollowing
}): Block[] {
  const said = (value: unknown): string =>
    !isFilled(value) ? 'nobody said' : Array.isArray(value) ? value.filter(isFilled).join('; ') : String(value)
  return [
    { kind: 'heading', level: 1, text: `Impact of ${application}` },
    { kind: 'text', text: `Printed ${day}. ${answered} of ${of} questions are answered, by people of the project.` },
    {
      kind: 'table',
      header: ['Question', 'Answer'],
      rows: LABELS.map(([field, label]) => [label, said(impact[field])]),
    },
    { kind: 'heading', level: 2, text: 'What follows' },
    {
      kind: 'table',
      header: ['Risk or suite', 'What', 'Held down by', 'In the blueprint'],
      rows: [
        ...risks.map(({ id, title, controls, isKept }) => [id, title, controls.join(', '), isKept ? 'yes' : 'no']),
        ...suites.map(({ name, because, isKept }) => [name, because, 'its cases', isKept ? 'yes' : 'no']),
      ],
    },
  ]
}
