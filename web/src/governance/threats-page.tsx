/** The threat model: where data goes, which known threats apply, and what is done about each. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { many } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Command, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { CheckMarks } from '../ui/check-marks.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { PlanPage } from './plan-frame.tsx'
import { document, type ThreatModel, threatModel } from './queries.ts'
import { type FieldPlan, type Row, RowForm } from './row-form.tsx'

type Threat = ThreatModel['threats'][number]

const FIELDS: readonly FieldPlan[] = [
  {
    key: 'decision',
    label: 'What is done about it',
    kind: 'choice',
    options: [
      ['', 'not decided yet'],
      ['mitigated', 'checks hold it off'],
      ['accepted', 'a person accepts it'],
      ['absent', 'it cannot happen here'],
    ],
  },
  {
    key: 'checks',
    label: 'Checks that hold it off',
    kind: 'lines',
    hint: 'Ids, one a line. Empty: those that are suggested do not count.',
  },
  { key: 'reason', label: 'Why', kind: 'long', hint: 'For what is accepted or absent.' },
  { key: 'by', label: 'Who says so', kind: 'text' },
  { key: 'until', label: 'Accepted until', kind: 'date', hint: 'After that day it is open again.' },
]

export function ThreatsPage({ name }: { name: string }) {
  const query = useQuery(threatModel(name))
  return (
    <PlanPage name={name} title="Threats">
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
          ? `Something is done about each of the ${threats.length} threats that apply.`
          : `${open} of ${many(threats.length, 'threat')} that apply ${open === 1 ? 'is' : 'are'} open.`}{' '}
        {dataFlowRead
          ? 'Somebody read the data flow and says that it is whole.'
          : 'Nobody confirmed the data flow yet.'}
      </Lead>
      <Section title="Where data goes" note="drawn from the newest release">
        {flow.length === 0 ? (
          <p className="text-muted">It is drawn as soon as there is a release.</p>
        ) : (
          <ol className="flex flex-col gap-1.5">
            {flow.map(({ from, to, what, crosses }) => (
              <li key={`${from} ${to} ${what}`} className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium">{from}</span>
                <span aria-hidden className="text-faint">
                  →
                </span>
                <span className="sr-only">to</span>
                <span className="font-medium">{to}</span>
                <span className="text-muted">{what}</span>
                {crosses && <Tag tone="text-stale">crosses a border: {crosses}</Tag>}
              </li>
            ))}
          </ol>
        )}
        <ConfirmFlow name={name} model={model} />
      </Section>
      <Section title="Threats" count={threats.length} note={`lists as of ${asOf}`}>
        <ul>
          {threats.map((threat) => (
            <ThreatRow key={threat.id} threat={threat} open={may('build') ? () => setEditing(threat) : undefined} />
          ))}
        </ul>
        <p className="prose-width mt-3 text-muted">From {sources.join('; ')}.</p>
      </Section>
      <div className="mt-6">
        <Command text={`airworthy threats ${name}`} />
      </div>
      {editing && <AnswerThreat name={name} threat={editing} onClose={() => setEditing(undefined)} />}
    </>
  )
}

const STATES: Readonly<Record<Threat['state'], readonly [words: string, tone: string]>> = {
  open: ['open', 'text-fail'],
  mitigated: ['held off by checks', 'text-pass'],
  accepted: ['accepted', 'text-stale'],
  absent: ['cannot happen here', 'text-muted'],
}

function ThreatRow({ threat, open }: { threat: Threat; open: (() => void) | undefined }) {
  const { id, list, title, says, state, isHeld, checks, reason, by, until } = threat
  const [words, tone] = STATES[state]
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{title}</h3>
        <Tag tone={tone}>{words}</Tag>
        {state === 'mitigated' && isHeld && <Tag tone="text-fail">a check does not pass now</Tag>}
        {open && (
          <Button tone="quiet" className="ml-auto" onClick={open}>
            Answer<span className="sr-only"> {title}</span>
          </Button>
        )}
      </div>
      <p className="prose-width">{says}</p>
      {reason && (
        <p className="prose-width text-muted">
          {reason}
          {by && ` (${by}${until ? `, until ${until}` : ''})`}
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
        I read it, and it is whole
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
