/** The threat model: where data goes, which known threats apply, and what is done about each. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { CheckMarks } from '../ui/check-marks.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PlanPage } from './plan-frame.tsx'
import { document, type ThreatModel, threatModel } from './queries.ts'
import { type FieldPlan, type Row, RowForm } from './row-form.tsx'

type Threat = ThreatModel['threats'][number]

const FIELDS: readonly FieldPlan[] = [
  {
    key: 'decision',
    label: say('threats.what-is-done-about-it'),
    kind: 'choice',
    options: [
      ['', say('threats.not-decided-yet')],
      ['mitigated', say('threats.checks-hold-it-off')],
      ['accepted', say('threats.a-person-accepts-it')],
      ['absent', say('threats.it-cannot-happen-here')],
    ],
  },
  {
    key: 'checks',
    label: say('threats.checks-that-hold-it-off'),
    kind: 'lines',
    hint: say('threats.ids-one-a-line-empty-those'),
  },
  { key: 'reason', label: say('threats.why'), kind: 'long', hint: say('threats.for-what-is-accepted-or-absent') },
  { key: 'by', label: say('threats.who-says-so'), kind: 'text' },
  { key: 'until', label: say('threats.accepted-until'), kind: 'date', hint: say('threats.after-that-day-it-is-open') },
]

export function ThreatsPage({ name }: { name: string }) {
  const query = useQuery(threatModel(name))
  return (
    <PlanPage name={name} title={say('threats.threats')}>
      <Loaded query={query} rows={12}>
        {(model) => <Threats name={name} model={model} />}
      </Loaded>
    </PlanPage>
  )
}

function Threats({ name, model }: { name: string; model: ThreatModel }) {
  const { flow, threats, open, asOf, sources, dataFlowRead } = model
  const [editing, setEditing] = useState<Threat>()
  const may = useMay()
  return (
    <>
      <Lead>
        {open === 0
          ? say('threats.something-is-done-about-each-of', { threats: threats.length })
          : say('threats.of-that-apply-open', { n: open, threats: say('many.threat', { n: threats.length }) })}{' '}
        {dataFlowRead
          ? say('threats.somebody-read-the-data-flow-and')
          : say('threats.nobody-confirmed-the-data-flow-yet')}
      </Lead>
      <Section title={say('threats.where-data-goes')} note={say('threats.drawn-from-the-newest-release')}>
        {flow.length === 0 ? (
          <p className="text-muted">{say('threats.it-is-drawn-as-soon-as')}</p>
        ) : (
          <ol className="flex flex-col gap-1.5">
            {flow.map(({ from, to, what, crosses }) => (
              <li key={`${from} ${to} ${what}`} className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{from}</span>
                <span aria-hidden className="text-faint">
                  →
                </span>
                <span className="sr-only">{say('threats.to')}</span>
                <span className="font-medium">{to}</span>
                <span className="text-muted">{what}</span>
                {crosses && <Tag tone="text-stale">{say('threats.crosses-a-border', { crosses })}</Tag>}
              </li>
            ))}
          </ol>
        )}
        <ConfirmFlow name={name} model={model} />
      </Section>
      <Section title={say('threats.threats')} count={threats.length} note={say('threats.lists-as-of', { asOf })}>
        <ul>
          {threats.map((threat) => (
            <ThreatRow key={threat.id} threat={threat} open={may('build') ? () => setEditing(threat) : undefined} />
          ))}
        </ul>
        <p className="prose-width mt-3 text-muted">{say('threats.from', { sources: sources.join('; ') })}</p>
      </Section>
      <div className="mt-6">
        <Command text={`airworthy threats ${name}`} />
      </div>
      {editing && <AnswerThreat name={name} threat={editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

const STATES: Readonly<Record<Threat['state'], readonly [words: string, tone: string]>> = {
  open: [say('threats.open'), 'text-fail'],
  mitigated: [say('threats.held-off-by-checks'), 'text-pass'],
  accepted: [say('threats.accepted'), 'text-stale'],
  absent: [say('threats.cannot-happen-here'), 'text-muted'],
}

function ThreatRow({ threat, open }: { threat: Threat; open: (() => void) | undefined }) {
  const { id, list, title, says, state, isHeld, checks, reason, by, until } = threat
  const [words, tone] = STATES[state]
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{title}</h3>
        <Tag tone={tone}>{words}</Tag>
        {state === 'mitigated' && isHeld && <Tag tone="text-fail">{say('threats.a-check-does-not-pass-now')}</Tag>}
        {open && (
          <Button tone="quiet" className="ml-auto" onClick={open}>
            {say('threats.answer')}
            <span className="sr-only"> {title}</span>
          </Button>
        )}
      </div>
      <p className="prose-width">{says}</p>
      {reason && (
        <p className="prose-width text-muted">
          {reason}
          {by && ` (${by}${until ? say('threats.until', { until }) : ''})`}
        </p>
      )}
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="text-muted">
          {list} {id}
        </span>
        <CheckMarks checks={checks} />
      </p>
    </li>
  )
}

/** Answers of a document are kept by id; what others wrote in it stays. */
function useSaving(name: string, done: () => void) {
  const query = useQuery(document(name, 'threats'))
  const cache = useQueryClient()
  const value: Row = query.data?.value ?? {}
  const put = useMutation({
    mutationFn: (next: Row) =>
      client.putDocument({ params: { name, document: 'threats' }, body: { value: { ...value, ...next } } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application'] })
      done()
    },
  })
  return { value, put }
}

function ConfirmFlow({ name, model }: { name: string; model: ThreatModel }) {
  const { put } = useSaving(name, () => {})
  const may = useMay()
  if (!may('build') || model.flow.length === 0 || model.dataFlowRead) return null
  return (
    <div className="mt-3">
      <Button busy={put.isPending} onClick={() => put.mutate({ dataFlowRead: true })}>
        {say('threats.i-read-it-and-it-is')}
      </Button>
    </div>
  )
}

function AnswerThreat({ name, threat, onClose }: { name: string; threat: Threat; onClose: () => void }) {
  const { value, put } = useSaving(name, onClose)
  const all = (value.threats ?? []) as readonly Row[]
  const row = all.find(({ id }) => id === threat.id) ?? {
    id: threat.id,
    checks: threat.checks.map(({ check }) => check),
  }
  return (
    <RowForm
      title={threat.title}
      fields={FIELDS}
      row={row}
      busy={put.isPending}
      failure={put.error}
      onClose={onClose}
      onSave={(next) =>
        put.mutate({ threats: [...all.filter(({ id }) => id !== threat.id), { ...next, id: threat.id }] })
      }
    />
  )
}
