/** A card of a release: each field with where it comes from, and what nobody has said yet first. */
import { useQuery } from '@tanstack/react-query'
import { release } from '../data/queries.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { Command, Digest, Tag } from '../ui/bits.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { say } from '../words/say.ts'
import { type Card, type CardKind, card } from './queries.ts'
import { TakeAway } from './take-away.tsx'

const KINDS: readonly (readonly [CardKind, string])[] = [
  ['system', say('release-card.system')],
  ['models', say('release-card.models')],
  ['data', say('release-card.data')],
  ['annex-iv', say('release-card.annex-iv')],
  ['deployer', say('release-card.deployer')],
]

export function ReleaseCardPage({ id, kind }: { id: string; kind: string }) {
  const found = useQuery(release(id)).data
  const known = KINDS.find(([one]) => one === kind)
  if (!known) return <NotFoundPage />
  return (
    <Page
      title={say('release-card.card', { known: known[1] })}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              { label: say('release-card.r', { number: found.number }), href: `/releases/${id}` },
            ]
          : []
      }
      aside={found && <Digest value={found.digest} />}
      actions={<TakeAway address={`/api/v1/releases/${id}/cards/${kind}/paper`} formats={['html', 'markdown']} />}
    >
      <Tabs
        label={say('release-card.cards')}
        items={KINDS.map(([one, label]) => [`/releases/${id}/cards/${one}`, label] as const)}
      />
      <Shown id={id} kind={known[0]} />
    </Page>
  )
}

function Shown({ id, kind }: { id: string; kind: CardKind }) {
  return (
    <Loaded query={useQuery(card(id, kind))} rows={14}>
      {({ sections, empty, caution }) => (
        <>
          <Lead>
            {empty.length === 0
              ? say('release-card.nothing-that-is-required-is-empty')
              : say('release-card.required-fields-say-nothing-yet-write', { empty: empty.length })}
            {caution}
          </Lead>
          {sections.map((section) => (
            <CardSection key={section.title} section={section} />
          ))}
          <div className="mt-6">
            <Command text={`airworthy card ${id} ${kind}`} />
          </div>
        </>
      )}
    </Loaded>
  )
}

const TONES = { computed: 'text-accent', referenced: 'text-muted', authored: 'text-text' } as const

const CardSection = ({ section: { title, fields } }: { section: Card['sections'][number] }) => (
  <Section title={title}>
    <dl className="flex flex-col gap-3">
      {fields.map(({ label, lines, origin, from, isRequired }) => (
        <div key={label} className="grid grid-cols-1 gap-x-6 gap-y-0.5 md:grid-cols-[14rem_minmax(0,1fr)]">
          <dt>
            <span className="font-medium">{label}</span>{' '}
            <span className="block text-[0.75rem] text-muted">
              <span className={TONES[origin]}>{origin}</span>, {from}
            </span>
          </dt>
          <dd className="min-w-0">
            {lines.length === 0 ? (
              isRequired ? (
                <Tag tone="text-fail">{say('release-card.nobody-said')}</Tag>
              ) : (
                <span className="text-muted">{say('release-card.nothing')}</span>
              )
            ) : (
              <ul className="prose-width flex flex-col gap-0.5 [overflow-wrap:anywhere]">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      ))}
    </dl>
  </Section>
)
