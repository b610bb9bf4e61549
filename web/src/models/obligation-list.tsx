/** What the licence of a model asks for, with where it says so. */
import type { LicenceObligations } from '../data/shapes.ts'
import { Hint } from '../ui/term.tsx'

const KINDS: Readonly<Record<LicenceObligations['obligations'][number]['kind'], string>> = {
  attribution: 'attribution',
  notice: 'notice',
  'share-alike': 'share-alike',
  'use-restriction': 'restriction of use',
  'acceptable-use': 'acceptable use',
  'user-threshold': 'number of users',
}
const WHEN: Readonly<Record<LicenceObligations['obligations'][number]['when'], string>> = {
  using: 'when it is used',
  showing: 'where it is shown',
  'passing-on': 'when it is passed on',
  deriving: 'when a model is made with it',
  growing: 'beyond a number of users',
}

export function ObligationList({ found }: { found: LicenceObligations }) {
  const { licence, state, title, obligations, sources, asOf, note } = found
  if (state === 'unknown')
    return <p className="text-inconclusive">Nobody says which licence it has, so what it asks for is unknown.</p>
  if (state === 'not-listed')
    return (
      <p className="[overflow-wrap:anywhere] text-inconclusive">
        What {licence} asks for is not in the list. Read its text.
      </p>
    )
  return (
    <>
      {obligations.length === 0 && <p>{title} asks for nothing.</p>}
      <ul className="flex flex-col gap-2">
        {obligations.map(({ kind, when, text, clause, url }) => (
          <li key={kind + text} className="prose-width min-w-0 [overflow-wrap:anywhere]">
            <span className="font-medium">{KINDS[kind]}</span>, {WHEN[when]}: {text}{' '}
            <span className="text-muted">
              {clause}
              {url && (
                <>
                  {', '}
                  <Outside href={url}>the policy</Outside>
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-muted">
        {sources.map(({ title: name, url }) => (
          <span key={url} className="mr-3">
            <Outside href={url}>{name}</Outside>
          </span>
        ))}
        <Hint text={note}>
          <span className="underline decoration-line-strong decoration-dotted underline-offset-3">
            No legal advice; as of {asOf}
          </span>
        </Hint>
      </p>
    </>
  )
}

const Outside = ({ href, children }: { href: string; children: string }) => (
  <a href={href} target="_blank" rel="noreferrer" className="inline-block min-h-6 underline underline-offset-3">
    {children}
  </a>
)
