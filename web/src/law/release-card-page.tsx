/** A card of a release: each field with where it comes from, and what nobody has said yet first. */
import { useQuery } from '@tanstack/react-query'
import { release } from '../data/queries.ts'
import { NotFoundPage } from '../shell/not-found-page.tsx'
import { Command, Digest, Tag } from '../ui/bits.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { type Card, type CardKind, card } from './queries.ts'
import { TakeAway } from './take-away.tsx'

const KINDS: readonly (readonly [CardKind, string])[] = [
  ['system', 'System'],
  ['models', 'Models'],
  ['data', 'Data'],
  ['annex-iv', 'Annex IV'],
  ['deployer', 'Deployer'],
]

export function ReleaseCardPage({ id, kind }: { id: string; kind: string }) {
  const found = useQuery(release(id)).data
  const known = KINDS.find(([one]) => one === kind)
  if (!known) return <NotFoundPage />
  return (
    <Page
      title={`${known[1]} card`}
      crumbs={
        found
          ? [
              { label: found.application, href: `/applications/${found.application}` },
              { label: `r${found.number}`, href: `/releases/${id}` },
            ]
          : []
      }
      aside={found && <Digest value={found.digest} />}
      actions={<TakeAway address={`/api/v1/releases/${id}/cards/${kind}/paper`} formats={['html', 'markdown']} />}
    >
      <Tabs label="Cards" items={KINDS.map(([one, label]) => [`/releases/${id}/cards/${one}`, label] as const)} />
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
              ? 'Nothing that is required is empty. '
              : `${empty.length} required fields say nothing yet: write them in card.yaml, or in the document that is named beside them. `}
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
                <Tag tone="text-fail">nobody said</Tag>
              ) : (
                <span className="text-muted">nothing</span>
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
