/** What the licence of a model asks for, with where it says so. */

import { sentence } from '../data/format.ts'
import type { LicenceObligations } from '../data/shapes.ts'
import { Hint } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const KINDS: Readonly<Record<LicenceObligations['obligations'][number]['kind'], string>> = {
  attribution: say('obligation-list.attribution'),
  notice: say('obligation-list.notice'),
  'share-alike': say('obligation-list.share-alike'),
  'use-restriction': say('obligation-list.restriction-of-use'),
  'acceptable-use': say('obligation-list.acceptable-use'),
  'user-threshold': say('obligation-list.number-of-users'),
}
const WHEN: Readonly<Record<LicenceObligations['obligations'][number]['when'], string>> = {
  using: say('obligation-list.when-it-is-used'),
  showing: say('obligation-list.where-it-is-shown'),
  'passing-on': say('obligation-list.when-it-is-passed-on'),
  deriving: say('obligation-list.when-a-model-is-made-with-it'),
  growing: say('obligation-list.beyond-a-number-of-users'),
}

export function ObligationList({ found }: { found: LicenceObligations }) {
  const { licence, state, title, obligations, sources, asOf, note } = found
  if (state === 'unknown')
    return <p className="text-inconclusive">{say('obligation-list.nobody-says-which-licence-it-has-so')}</p>
  if (state === 'not-listed')
    return (
      <p className="[overflow-wrap:anywhere] text-inconclusive">
        {sayWith('obligation-list.what-asks-for-is-not-in-the', { licence })}
      </p>
    )
  return (
    <>
      {obligations.length === 0 && <p>{sayWith('obligation-list.asks-for-nothing', { title })}</p>}
      <ul className="flex flex-col gap-3">
        {obligations.map(({ kind, when, text, clause, url }) => (
          <li key={kind + text} className="prose-width min-w-0 [overflow-wrap:anywhere]">
            <span className="font-medium">{sentence(KINDS[kind])}</span>{' '}
            <span className="text-muted">{WHEN[when]}</span>
            <span className="block">{text}</span>
            <span className="text-muted">
              {clause}
              {url && (
                <>
                  {', '}
                  <Outside href={url}>{say('obligation-list.the-policy')}</Outside>
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
            {sayWith('obligation-list.no-legal-advice-as-of', { asOf })}
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
