/** All waivers: what each lets through, for whom, until when, and what is done instead. A waiver is never a pass. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { GatedStage, Waiver } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { client } from '../data/client.ts'
import { me, useApplicationNames, useMay, useNames } from '../data/queries.ts'
import { absoluteTime, useNow } from '../data/time.ts'
import { Ago, ExampleTag, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Choice, TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Trouble, Waiting } from '../ui/states.tsx'
import { Term } from '../ui/term.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { isGated } from './stages.ts'
import { WaiverForm, WaiverRequest } from './waivers.tsx'

const DAY_MS = 86_400_000
const SOON_DAYS = 14

export function WaiversPage() {
  const now = useNow()
  const [application = '', setApplication] = useParameter('application')
  const names = useApplicationNames()
  const query = useInfiniteQuery({
    queryKey: ['waiver', 'list', application],
    queryFn: ({ pageParam }) =>
      client.listWaivers({
        query: { limit: 100, ...(application && { application }), ...(pageParam && { cursor: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  const isOver = ({ until }: Waiver) => Date.parse(until) <= now
  const asked = items.filter((one) => one.state === 'requested' && !isOver(one))
  const inForce = items.filter((one) => one.state === 'granted' && !isOver(one))
  const rest = items.filter((one) => !asked.includes(one) && !inForce.includes(one))
  return (
    <Page title={say('waivers.waivers')}>
      <Lead>
        {sayWith('waivers.a-is-no-pass-it-has-an', {
          data: query.data
            ? say('waivers.waived-now-asked-for', {
                checksAre: say('many.check-is', { n: inForce.length }),
                asked: asked.length,
              })
            : say('waivers.what-was-let-through-although-it-does'),
          term: <Term of="waiver">{say('waivers.waiver')}</Term>,
        })}
      </Lead>
      <div className="mb-4 max-w-64">
        <Choice
          label={say('waivers.application')}
          value={application}
          onChange={setApplication}
          options={[['', 'all'], ...names.map((name) => [name, name] as const)]}
        />
      </div>
      {query.error && <Trouble failure={query.error} />}
      {query.isPending && <Waiting rows={5} />}
      {query.isSuccess && items.length === 0 && (
        <Empty title={say('waivers.nothing-is-waived')}>{say('waivers.a-waiver-is-asked-for-at-a')}</Empty>
      )}
      {asked.length > 0 && (
        <Section title={say('waivers.to-decide')} count={asked.length}>
          {asked.map((one) => (
            <WaiverRequest key={one.id} waiver={one} isApart />
          ))}
        </Section>
      )}
      {inForce.length > 0 && (
        <Section title={say('waivers.in-force')} count={inForce.length}>
          <ul>
            {inForce
              .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until))
              .map((one) => (
                <InForce
                  key={one.id}
                  waiver={one}
                  days={Math.max(1, Math.round((Date.parse(one.until) - now) / DAY_MS))}
                />
              ))}
          </ul>
        </Section>
      )}
      {rest.length > 0 && (
        <Section title={say('waivers.over')} count={rest.length}>
          <Over items={rest} />
        </Section>
      )}
      {query.hasNextPage && (
        <div className="mt-3">
          <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {say('waivers.older')}
          </Button>
        </div>
      )}
    </Page>
  )
}

function InForce({ waiver, days }: { waiver: Waiver; days: number }) {
  const nameOf = useNames()
  const may = useMay()
  const who = useQuery(me).data
  const [form, setForm] = useState<'end' | 'renew'>()
  const mayEnd = may('waive') || (may('attest') && who?.actor === waiver.requestedBy)
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-t border-line py-3 first:border-0" data-row>
      <div className="grid min-w-0 flex-1 basis-96 grid-cols-[20px_minmax(0,1fr)] gap-x-3">
        <VerdictMark verdict="WAIVED" />
        <div className="min-w-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <Place waiver={waiver} />
            <span className={days <= SOON_DAYS ? 'text-stale' : 'text-muted'} title={absoluteTime(waiver.until)}>
              {say('waivers.left', { days: say('many.day', { n: days }) })}
            </span>
            {waiver.example && <ExampleTag />}
          </p>
          <p className="prose-width">“{waiver.reason}”</p>
          <p className="prose-width text-muted">
            {sayWith('waivers.risk-that-stays', { residualRisk: waiver.residualRisk })}
          </p>
          <p className="prose-width text-muted">
            {sayWith('waivers.done-instead', { compensatingControl: waiver.compensatingControl })}
          </p>
          <p className="text-muted">
            {sayWith('waivers.asked-granted-it', {
              requestedBy: nameOf(waiver.requestedBy),
              decidedBy: waiver.decidedBy ? nameOf(waiver.decidedBy) : say('waivers.nobody'),
              decidedAt: waiver.decidedAt && <Ago at={waiver.decidedAt} />,
            })}
          </p>
        </div>
      </div>
      <div className="flex gap-2 max-md:pl-8">
        {may('promote') && isGated(waiver.into) && (
          <Button onClick={() => setForm('renew')}>{say('waivers.renew')}</Button>
        )}
        {mayEnd && <Button onClick={() => setForm('end')}>{say('waivers.end-it')}</Button>}
      </div>
      {form === 'renew' && isGated(waiver.into) && (
        <Renew waiver={waiver} into={waiver.into} onClose={() => setForm(undefined)} />
      )}
      {form === 'end' && <EndDialog waiver={waiver} onClose={() => setForm(undefined)} />}
    </li>
  )
}

const Renew = ({ waiver, into, onClose }: { waiver: Waiver; into: GatedStage; onClose: () => void }) => (
  <WaiverForm
    finding={{ check: waiver.check, title: waiver.check, verdict: 'WAIVED' }}
    release={waiver.release}
    into={into}
    before={waiver}
    onClose={onClose}
  />
)

const Place = ({ waiver }: { waiver: Waiver }) => (
  <>
    <code className="font-mono text-[0.8125rem]">{waiver.check}</code>
    <TextLink href={`/releases/${waiver.release}/gates/${waiver.into}`}>
      {sayWith('waivers.gate-into', { application: waiver.application, into: waiver.into })}
    </TextLink>
  </>
)

function EndDialog({ waiver, onClose }: { waiver: Waiver; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const end = useMutation({
    mutationFn: () => client.endWaiver({ params: { id: waiver.id }, body: { reason } }),
    onSuccess: async () => {
      await Promise.all([
        cache.invalidateQueries({ queryKey: ['waiver'] }),
        cache.invalidateQueries({ queryKey: ['gate'] }),
      ])
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('waivers.end-a-waiver')}
      onClose={onClose}
      doing={end}
      submit={say('waivers.end-it')}
      tone="danger"
    >
      <p>{sayWith('waivers.will-hold-this-release-before-again-from', { check: waiver.check, into: waiver.into })}</p>
      <TextArea label={say('waivers.why')} value={reason} onChange={setReason} minLength={10} />
    </FormDialog>
  )
}

function Over({ items }: { items: readonly Waiver[] }) {
  const nameOf = useNames()
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">{say('waivers.check')}</th>
          <th scope="col">{say('waivers.what-became-of-it')}</th>
          <th scope="col" className="wide">
            {say('waivers.reason')}
          </th>
          <th scope="col" className="wide">
            {say('waivers.asked-by')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <tr key={one.id} data-row>
            <td>
              <span className="flex flex-wrap items-baseline gap-x-2">
                <Place waiver={one} />
              </span>
            </td>
            <td>
              <Tag>{one.state === 'granted' || one.state === 'requested' ? say('waivers.ran-out') : one.state}</Tag>{' '}
              <span className="text-muted">
                <Ago at={one.endedAt ?? (one.state === 'refused' ? one.decidedAt : null) ?? one.until} />
                {one.endReason && `: ${one.endReason}`}
              </span>
            </td>
            <td className="wide max-w-80 truncate" title={one.reason}>
              {one.reason}
            </td>
            <td className="wide">{nameOf(one.requestedBy)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
