/** A card on paper; each field says whether it was computed, stands elsewhere, or was written by a person. Pure. */
import type { Block } from '../../kernel/paper.ts'
import type { Card } from './card.ts'

export const cardPaper = ({ title, application, release, digest, at, caution, sections, empty }: Card): Block[] => [
  { kind: 'heading', level: 1, text: `${title} of ${application}` },
  { kind: 'text', text: `Release ${release}, ${digest}. Printed ${at.slice(0, 10)}. ${caution}` },
  ...(empty.length > 0 ? [{ kind: 'text' as const, text: `Still empty: ${empty.join('; ')}.` }] : []),
  ...sections.flatMap((section): Block[] => [
    { kind: 'heading', level: 2, text: section.title },
    {
      kind: 'table',
      header: ['Field', 'What is known', 'How', 'From'],
      rows: section.fields.map(({ label, lines, origin, from }) => [
        label,
        lines.join('; ') || 'nobody said',
        origin,
        from,
      ]),
    },
  ]),
]
