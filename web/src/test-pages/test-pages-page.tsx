/** The test pages of an application: who may try it by a link, how far each is used, and the way to take one back. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { money } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { shortTime } from '../data/time.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { type TestPage, testPages } from './queries.ts'

export function TestPagesPage({ name }: { name: string }) {
  const query = useQuery(testPages(name))
  const [opening, setOpening] = useState(false)
  const may = useMay()
  return (
    <Page
      title={say('test-pages.test-pages')}
      crumbs={[
        { label: say('test-pages.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={
        may('operate') && (
          <Button tone="primary" onClick={() => setOpening(true)}>
            {say('test-pages.open-a-test-page')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={4}>
        {({ items }) => (
          <>
            <Lead>{leadOf(items)}</Lead>
            {items.length > 0 && (
              <Section
                title={say('test-pages.links')}
                count={items.length}
                note={say('test-pages.the-address-is-shown-once-when-a')}
              >
                <ul>
                  {items.map((page) => (
                    <Item key={page.id} page={page} />
                  ))}
                </ul>
              </Section>
            )}
          </>
        )}
      </Loaded>
      {opening && <OpenDialog name={name} onClose={() => setOpening(false)} />}
    </Page>
  )
}

function leadOf(items: readonly TestPage[]): string {
  const open = items.filter(({ state }) => state === 'open').length
  if (items.length === 0) return say('test-pages.a-test-page-lets-people-without-an')
  return open === 0
    ? say('test-pages.none-is-open-every-link-leads-nowhere')
    : say('test-pages.may-be-asked-now', { pages: say('many.page', { n: open }) })
}

const STATES: Readonly<Record<TestPage['state'], readonly [words: string, tone: string]>> = {
  open: ['open', 'text-pass'],
  'used-up': [say('test-pages.all-questions-asked'), 'text-stale'],
  expired: ['over', 'text-muted'],
  revoked: [say('test-pages.taken-back'), 'text-muted'],
}

function Item({ page }: { page: TestPage }) {
  const { id, title, state, release, questions, mostQuestions, caps, expiresAt, lastAskedAt, key } = page
  const may = useMay()
  const cache = useQueryClient()
  const revoke = useMutation({
    mutationFn: () => client.revokeTestPage({ params: { id } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['test-page'] }),
  })
  const [words, tone] = STATES[state]
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-3 first:border-0 first:pt-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{title}</span>
          <Tag tone={tone}>{words}</Tag>
        </p>
        <p className="flex flex-wrap gap-x-3 text-muted">
          <span>{sayWith('test-pages.of', { questions, questions2: say('many.question', { n: mostQuestions }) })}</span>
          <span>
            {say('test-pages.of-this-month', {
              spentMicroUsd: money(caps.spentMicroUsd),
              costMicroUsdPerMonth: money(caps.costMicroUsdPerMonth),
            })}
          </span>
          <span>
            {release ? (
              <TextLink href={`/releases/${release}`}>{say('test-pages.one-release')}</TextLink>
            ) : (
              say('test-pages.what-is-live-in-the-sandbox')
            )}
          </span>
          <span>
            {say('test-pages.on', {
              state: state === 'expired' ? say('test-pages.ended') : say('test-pages.ends'),
              expiresAt: shortTime(expiresAt),
            })}
          </span>
          {lastAskedAt && <span>{sayWith('test-pages.asked', { when: <Ago at={lastAskedAt} /> })}</span>}
          <TextLink href={`/traces?key=${key}`}>{say('test-pages.what-was-asked')}</TextLink>
        </p>
        {revoke.error && <Trouble failure={revoke.error} />}
      </div>
      {state === 'open' && may('operate') && (
        <Button tone="quiet" busy={revoke.isPending} onClick={() => revoke.mutate()}>
          {say('test-pages.take-back')}
        </Button>
      )}
    </li>
  )
}
