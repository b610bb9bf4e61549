/** Coverage on paper: one table, so that it can be taken away as CSV (S1.16.4d). Pure. */
import type { Block } from '../../kernel/paper.ts'
import type { CoverageView, Covered } from './coverage.ts'

export const COVERED_WORDS: Readonly<Record<Covered, string>> = {
  evidence: 'has evidence',
  partly: 'has some evidence',
  open: 'no evidence yet',
  'not-asked': 'not asked of it',
  'no-check': 'no check here',
}

export const coveragePaper = ({ application, at, caution, frameworks }: CoverageView): Block[] => [
  { kind: 'heading', level: 1, text: `Where ${application} has evidence, by framework` },
  { kind: 'text', text: `Printed ${at.slice(0, 10)}. ${caution}` },
  {
    kind: 'table',
    header: ['Framework', 'Control', 'In our words', 'State', 'Checks'],
    rows: frameworks.flatMap(({ title, controls }) =>
      controls.map(({ id, says, state, checks }) => [
        title,
        id,
        says,
        COVERED_WORDS[state],
        checks.map(({ check, verdict }) => `${check} ${verdict ?? 'not asked'}`).join('; '),
      ]),
    ),
  },
  ...frameworks.map(
    ({ title, edition, version, asOf, note, source }): Block => ({
      kind: 'text',
      text: `${title}, ${edition}. Pack ${version} of ${asOf}. ${note} ${source.title}, ${source.url}.`,
    }),
  ),
]
