/** Law on paper: one table of obligations first, so that it can be taken away as CSV. Pure. */
import type { Block } from '../../kernel/paper.ts'
import type { LawReading, LawView } from './law-view.ts'

export const lawPaper = ({ application, at, caution, laws, differences }: LawView): Block[] => [
  { kind: 'heading', level: 1, text: `What laws ask of ${application}` },
  { kind: 'text', text: `Printed ${at.slice(0, 10)}. ${caution}` },
  ...(differences.length > 0 ? [{ kind: 'list' as const, items: differences }] : []),
  {
    kind: 'table',
    header: ['Law', 'Reference', 'Who', 'Obligation', 'State', 'From', 'Evidence relevant to it'],
    rows: laws.flatMap(({ title, obligations }) =>
      obligations.map((one) => [
        title,
        one.reference,
        one.who.join(', '),
        `${one.title}. ${one.says}`,
        STATES[one.state],
        `${one.from}${one.fromBecause ? `, ${one.fromBecause}` : ''}${one.isInForce ? '' : ' (not yet)'}`,
        one.relevant.map(({ check, verdict }) => `${check} ${verdict ?? 'not asked'}`).join('; '),
      ]),
    ),
  },
  ...laws.flatMap(lawBlocks),
]

const STATES = { applies: 'applies', 'may-apply': 'may apply', 'does-not-apply': 'does not apply' } as const

const lawBlocks = ({
  title,
  version,
  asOf,
  state,
  scope,
  riskClass,
  screening,
  questions,
  milestones,
  sources,
  note,
}: LawReading): Block[] => [
  { kind: 'heading', level: 2, text: title },
  { kind: 'text', text: `It ${STATES[state]}. ${scope}` },
  ...(riskClass
    ? [
        {
          kind: 'text' as const,
          text: `Class: ${riskClass.found ? `${riskClass.found.title} (${riskClass.found.reference})` : 'not known yet'}.${riskClass.mayBe.length > 0 ? ` Not excluded: ${riskClass.mayBe.map((one) => one.title).join(', ')}.` : ''}`,
        },
      ]
    : []),
  ...(screening
    ? [
        {
          kind: 'text' as const,
          text: `Assessment of privacy due: ${screening.due}; ${screening.met.length} of ${screening.criteria} criteria are met, ${screening.open.length} are open (${screening.reference}).`,
        },
      ]
    : []),
  {
    kind: 'table',
    header: ['Question', 'Answer', 'Said by', 'Reference'],
    rows: questions.map(({ label, options, answer, saidBy, reference }) => [
      label,
      options.find(({ value }) => value === answer)?.label ?? answer ?? 'not answered',
      saidBy ?? '',
      reference,
    ]),
  },
  {
    kind: 'table',
    header: ['Day', 'What', 'Reference'],
    rows: milestones.map((one) => [one.on, one.says, one.reference]),
  },
  { kind: 'text', text: `Version ${version} of ${asOf}. ${note}` },
  {
    kind: 'list',
    items: sources.map(
      (one) =>
        `${one.title}, ${one.url}${one.opened ? `, opened ${one.opened}${one.where ? `: ${one.where}` : ''}` : ', not opened for this version'}`,
    ),
  },
]
