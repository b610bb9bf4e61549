/** What the users of an application asked for and did not get, how they use it, and where the application itself came from. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { many, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { PatternsSection } from './patterns-section.tsx'
import { type IdeaLineage, type IdeaSuggestion, ideaLineage, ideaSuggestions, usagePatterns } from './queries.ts'

const KINDS: Readonly<Record<IdeaSuggestion['kind'], string>> = {
  failed: 'failed',
  'not-answered': 'were not answered',
  'of-no-help': 'got an answer that was of no help',
}

export function FromUsersPage({ name }: { name: string }) {
  const suggestions = useQuery(ideaSuggestions(name))
  const patterns = useQuery(usagePatterns(name))
  const lineage = useQuery(ideaLineage(name))
  const mayBuild = useMay()('build')
  const [taking, setTaking] = useState<IdeaSuggestion>()
  return (
    <Page
      title="From its users"
      crumbs={[
        { label: 'Applications', href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
    >
      <Loaded query={suggestions} rows={5}>
        {({ items }) => (
          <>
            <Lead>
              {items.length === 0
                ? 'In four weeks no three requests that were not met were alike.'
                : `Of the last four weeks, ${many(items.length, 'kind')} of request ${items.length === 1 ? 'was' : 'were'} not met. Each may be an idea.`}
            </Lead>
            <Section title="What they did not get" count={items.length}>
              {items.length === 0 ? (
                <Empty title="Nothing to learn from yet">
                  Requests that failed, were not answered or helped nobody will be here, by the words that they share.
                </Empty>
              ) : (
                <ul>
                  {items.map((one) => (
                    <SuggestionRow key={one.key} one={one} take={mayBuild ? () => setTaking(one) : undefined} />
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
      <Loaded query={patterns} rows={8}>
        {(found) => (
          <div className="mt-10">
            <PatternsSection found={found} />
          </div>
        )}
      </Loaded>
      <Loaded query={lineage} rows={3}>
        {(found) => <Lineage found={found} />}
      </Loaded>
      {taking && <Take one={taking} onClose={() => setTaking(undefined)} />}
    </Page>
  )
}

function SuggestionRow({ one, take }: { one: IdeaSuggestion; take: (() => void) | undefined }) {
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{one.words.join(', ')}</h3>
        <span className="text-muted">
          {many(one.requests, 'request')} of {many(one.users, 'user')} {KINDS[one.kind]}, {percent(one.share)} of all
        </span>
        {one.idea ? (
          <TextLink href={`/ideas/${one.idea}`} className="ml-auto">
            its idea
          </TextLink>
        ) : (
          take && (
            <Button className="ml-auto" onClick={take}>
              Make an idea of it<span className="sr-only">: {one.words.join(', ')}</span>
            </Button>
          )
        )}
      </div>
      <Traces traces={one.traces} />
    </li>
  )
}

const Traces = ({ traces }: { traces: readonly string[] }) => (
  <p className="text-muted">
    {traces.map((trace, at) => (
      <TextLink key={trace} href={`/traces/${trace}`} className="mr-3">
        request {at + 1}
      </TextLink>
    ))}
  </p>
)

function Lineage({ found: { from, ledTo } }: { found: IdeaLineage }) {
  return (
    <div className="mt-10 grid gap-x-12 gap-y-8 md:grid-cols-2">
      <div>
        <Section title="Where it came from">
          {from.length === 0 ? (
            <p className="text-muted">No idea was written down for it.</p>
          ) : (
            <ol className="flex flex-col gap-3">
              {from.map(({ idea, title, parent, origin, createdAt }) => (
                <li key={idea}>
                  <TextLink href={`/ideas/${idea}`}>{title}</TextLink>{' '}
                  <span className="text-muted">
                    <Ago at={createdAt} />
                  </span>
                  {parent && (
                    <div className="text-muted">
                      From the users of <TextLink href={`/applications/${parent}`}>{parent}</TextLink>
                      {origin &&
                        `: ${many(origin.requests, 'request')} ${KINDS[origin.kind]} (${origin.words.join(', ')})`}
                      .
                    </div>
                  )}
                  {origin && <Traces traces={origin.traces} />}
                </li>
              ))}
            </ol>
          )}
        </Section>
      </div>
      <div>
        <Section title="What came from its users" count={ledTo.length}>
          {ledTo.length === 0 ? (
            <p className="text-muted">No idea yet.</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {ledTo.map(({ id, title, application }) => (
                <li key={id}>
                  <TextLink href={`/ideas/${id}`}>{title}</TextLink>
                  {application && (
                    <span className="text-muted">
                      {' '}
                      became <TextLink href={`/applications/${application}`}>{application}</TextLink>
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </div>
  )
}

function Take({ one, onClose }: { one: IdeaSuggestion; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [, go] = useLocation()
  const cache = useQueryClient()
  const take = useMutation({
    mutationFn: () =>
      client.takeIdeaSuggestion({
        params: { name: one.application, key: one.key },
        body: title.trim() === '' ? {} : { title },
      }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries({ queryKey: ['idea'] })
      go(`/ideas/${id}`)
    },
  })
  return (
    <FormDialog title="An idea from users" onClose={onClose} doing={take} submit="Make an idea of it">
      <TextField
        label="What do you call it?"
        hint={`Left empty, it is called after its words: ${one.words.join(', ')}.`}
        value={title}
        onChange={setTitle}
      />
    </FormDialog>
  )
}
