/** What the users of an application asked for and did not get, how they use it, and where the application itself came from. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { client } from '../data/client.ts'
import { percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PatternsSection } from './patterns-section.tsx'
import { type IdeaLineage, type IdeaSuggestion, ideaLineage, ideaSuggestions, usagePatterns } from './queries.ts'

const KINDS: Readonly<Record<IdeaSuggestion['kind'], string>> = {
  failed: say('from-users.failed'),
  'not-answered': say('from-users.were-not-answered'),
  'of-no-help': say('from-users.got-an-answer-that-was-of'),
}

export function FromUsersPage({ name }: { name: string }) {
  const suggestions = useQuery(ideaSuggestions(name))
  const patterns = useQuery(usagePatterns(name))
  const lineage = useQuery(ideaLineage(name))
  const mayBuild = useMay()('build')
  const [taking, setTaking] = useState<IdeaSuggestion>()
  return (
    <Page
      title={say('from-users.from-its-users')}
      crumbs={[
        { label: say('from-users.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
    >
      <Loaded query={suggestions} rows={5}>
        {({ items }) => (
          <>
            <Lead>
              {items.length === 0
                ? say('from-users.in-four-weeks-no-three-requests')
                : say('from-users.of-the-last-four-weeks-of', { n: items.length })}
            </Lead>
            <Section title={say('from-users.what-they-did-not-get')} count={items.length}>
              {items.length === 0 ? (
                <Empty title={say('from-users.nothing-to-learn-from-yet')}>
                  {say('from-users.requests-that-failed-were-not-answered')}
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
          {say('from-users.of-of-all', {
            requests: say('many.request', { n: one.requests }),
            users: say('many.user', { n: one.users }),
            KINDS: KINDS[one.kind],
            share: percent(one.share),
          })}
        </span>
        {one.idea ? (
          <TextLink href={`/ideas/${one.idea}`} className="ml-auto">
            {say('from-users.its-idea')}
          </TextLink>
        ) : (
          take && (
            <Button className="ml-auto" onClick={take}>
              {say('from-users.make-an-idea-of-it')}
              <span className="sr-only">: {one.words.join(', ')}</span>
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
        {say('from-users.request', { at: at + 1 })}
      </TextLink>
    ))}
  </p>
)

function Lineage({ found: { from, ledTo } }: { found: IdeaLineage }) {
  return (
    <div className="mt-10 grid gap-x-12 gap-y-8 md:grid-cols-2">
      <div>
        <Section title={say('from-users.where-it-came-from')}>
          {from.length === 0 ? (
            <p className="text-muted">{say('from-users.no-idea-was-written-down-for')}</p>
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
                      {say('from-users.from-the-users-of')}{' '}
                      <TextLink href={`/applications/${parent}`}>{parent}</TextLink>
                      {origin &&
                        `: ${say('many.request', { n: origin.requests })} ${KINDS[origin.kind]} (${origin.words.join(', ')})`}
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
        <Section title={say('from-users.what-came-from-its-users')} count={ledTo.length}>
          {ledTo.length === 0 ? (
            <p className="text-muted">{say('from-users.no-idea-yet')}</p>
          ) : (
            <ul className="flex flex-col gap-2">
              {ledTo.map(({ id, title, application }) => (
                <li key={id}>
                  <TextLink href={`/ideas/${id}`}>{title}</TextLink>
                  {application && (
                    <span className="text-muted">
                      {' '}
                      {say('from-users.became')}{' '}
                      <TextLink href={`/applications/${application}`}>{application}</TextLink>
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
    <FormDialog
      title={say('from-users.an-idea-from-users')}
      onClose={onClose}
      doing={take}
      submit={say('from-users.make-an-idea-of-it')}
    >
      <TextField
        label={say('from-users.what-do-you-call-it')}
        hint={say('from-users.left-empty-it-is-called-after', { words: one.words.join(', ') })}
        value={title}
        onChange={setTitle}
      />
    </FormDialog>
  )
}
