/** The inventory and the gaps on paper (S1.4d). Pure. */
import { preparationWords } from '../../core/preparation.ts'
import type { Block } from '../../kernel/paper.ts'
import type { DataInForce } from './contract.ts'

/** `questions: 120 questions, 96 labelled (yes 60, no 36)`. */
const holdingWords = ({ name, modality, rows, labelled, labels }: DataInForce['sources'][number]['holds'][number]) =>
  `${name}: ${rows} ${modality === 'documents' ? 'passages' : modality}${labelled === null ? '' : `, ${labelled} labelled`}${labels.length > 0 ? ` (${labels.map((one) => `${one.label} ${one.rows}`).join(', ')})` : ''}`

const WORDS = { agrees: 'agree', differs: 'differ', 'not-reachable': 'not reachable' } as const

export const dataPaper = ({ application, at, sources, stores, reached, uncovered, gaps }: DataInForce): Block[] => [
  { kind: 'heading', level: 1, text: `Data of ${application}` },
  {
    kind: 'text',
    text: `Printed ${at.slice(0, 10)}.${uncovered.length > 0 ? ` No source covers ${uncovered.join(', ')}.` : ''}`,
  },
  {
    kind: 'table',
    header: [
      'Source',
      'Covers',
      'Holds',
      'Type',
      'Owner',
      'Right of use',
      'Personal data',
      'Region',
      'Kept',
      'Refresh',
      'Prepared by',
      'Fresh until',
      'Permitted in',
      'Missing',
    ],
    rows: sources.map((one) => [
      one.name,
      one.covers.join(', '),
      one.holds.map(holdingWords).join('; '),
      one.origin ?? '',
      one.owner ?? '',
      one.licence ?? one.legalBasis ?? '',
      one.personalData ?? '',
      one.region ?? '',
      one.retention ?? '',
      one.refresh ?? '',
      preparationWords(one.steps ?? []),
      one.dueOn ? `${one.dueOn}${one.isOverdue ? ', overdue' : ''}` : '',
      one.permittedStages?.join(', ') ?? 'all stages',
      one.missing.join(', '),
    ]),
  },
  { kind: 'heading', level: 2, text: 'Where it is kept' },
  {
    kind: 'table',
    header: ['Store', 'Kept by', 'Region', 'Days', 'Encryption', 'Faults'],
    rows: stores.map(({ name, keptBy, region, retentionDays, encryption, faults }) => [
      name,
      keptBy,
      region ?? '',
      String(retentionDays ?? ''),
      encryption ?? '',
      faults.join('; '),
    ]),
  },
  { kind: 'heading', level: 2, text: 'What can be seen of it' },
  {
    kind: 'table',
    header: ['Of', 'Declared and found', 'What was found'],
    rows: reached.map(({ of, state, says }) => [of, WORDS[state], says]),
  },
  { kind: 'heading', level: 2, text: 'Data that is missing' },
  {
    kind: 'table',
    header: ['Gap', 'What for', 'State', 'Dataset', 'Asked of'],
    rows: gaps.map((gap) => [
      gap.title,
      gap.reason,
      gap.closedBy ? `closed by version ${gap.closedBy.version}, ${gap.closedBy.at.slice(0, 10)}` : gap.state,
      gap.dataset ?? '',
      gap.askedOf ?? '',
    ]),
  },
]
