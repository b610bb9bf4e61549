/** The data of an application: what needs somebody first, each source with what it may be used for, and what is missing. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { PlanPage } from '../governance/plan-frame.tsx'
import { Command, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { VerdictMark } from '../ui/verdict.tsx'
import { type DataInForce, dataGovernance } from './queries.ts'
import { TakeAway } from './take-away.tsx'

type Source = DataInForce['sources'][number]
type Gap = DataInForce['gaps'][number]

export function DataPage({ name }: { name: string }) {
  const query = useQuery(dataGovernance(name))
  return (
    <PlanPage name={name} title="Data" actions={<TakeAway address={`/api/v1/applications/${name}/data/paper`} />}>
      <Loaded query={query} rows={10}>
        {(view) => <Governance name={name} view={view} />}
      </Loaded>
    </PlanPage>
  )
}

function Governance({
  name,
  view: { sources, stores, reached, uncovered, gaps, checks },
}: {
  name: string
  view: DataInForce
}) {
  const open = sources.filter(({ missing }) => missing.length > 0).length
  const astray = stores.filter(({ faults }) => faults.length > 0).length
  const differing = reached.filter(({ state }) => state === 'differs').length
  const overdue = sources.filter(({ isOverdue }) => isOverdue).length
  const waiting = gaps.filter(({ state }) => state !== 'closed').length
  return (
    <>
      <Lead>
        {sources.length === 0
          ? 'Nobody has said yet where the data comes from. '
          : open > 0
            ? `${open} of ${sources.length} sources lack something. `
            : `All ${sources.length} sources are complete. `}
        {overdue > 0 && `${overdue} should have been refreshed by now. `}
        {astray > 0 && `${astray === 1 ? 'One store is' : `${astray} stores are`} not as airworthy.yaml says. `}
        {differing > 0 && `${differing === 1 ? 'One place is' : `${differing} places are`} not where it was declared. `}
        {uncovered.length > 0 && `No source covers ${uncovered.join(', ')}. `}
        {waiting > 0 && `${waiting === 1 ? 'One gap waits' : `${waiting} gaps wait`} for data.`}
      </Lead>
      {checks.length > 0 && (
        <p className="mb-6 flex flex-wrap gap-x-4 gap-y-1">
          {checks.map(({ check, verdict }) => (
            <span key={check} className="inline-flex items-center gap-1.5">
              <VerdictMark verdict={verdict} size={13} />
              <span className="font-mono text-[0.75rem]">{check}</span>
            </span>
          ))}
        </p>
      )}
      <Section
        title="Sources"
        count={sources.length}
        note={<TextLink href={`/applications/${name}/blueprint`}>inventory.yaml</TextLink>}
      >
        {sources.length === 0 ? (
          <Empty title="No source yet" command={<Command text="inventory.yaml" />}>
            Each source will be here with its owner, the right to use it, where it lies, how long it is kept and how
            fresh it has to be.
          </Empty>
        ) : (
          <ul>
            {sources.map((source) => (
              <SourceRow key={source.name} source={source} />
            ))}
          </ul>
        )}
      </Section>
      {stores.length > 0 && <Stores stores={stores} />}
      <ReachedSection reached={reached} />
      <Gaps name={name} gaps={gaps} />
      <div className="mt-6">
        <Command text={`airworthy data ${name}`} />
      </div>
    </>
  )
}

const holdingWords = ({ name, rows, modality, labelled, labels }: Source['holds'][number]): string =>
  [
    `${name}: ${rows} ${modality === 'documents' ? 'passages' : modality}`,
    ...(labelled === null ? [] : [`${labelled} labelled`]),
    ...(labels.length > 0 ? [labels.map((one) => `${one.label} ${one.rows}`).join(', ')] : []),
  ].join(', ')

const SourceRow = ({ source }: { source: Source }) => {
  const { name, covers, origin, owner, licence, legalBasis, personalData, region, retention, refresh } = source
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{name}</h3>
        {origin && <Tag>{origin}</Tag>}
        {personalData && <Tag>{personalData === 'none' ? 'no personal data' : `${personalData} personal data`}</Tag>}
        {source.isOverdue && <Tag tone="text-stale">overdue since {source.dueOn}</Tag>}
        {source.missing.length > 0 && <Tag tone="text-fail">lacks {source.missing.join(', ')}</Tag>}
      </div>
      <p className="prose-width">
        {covers.length > 0 ? `Covers ${covers.join(', ')}. ` : 'Covers nothing of the release. '}
        {owner ? `Owned by ${owner}. ` : 'Nobody owns it yet. '}
        {licence ?? legalBasis ?? 'No right of use is named'}.
      </p>
      <p className="prose-width text-muted">
        {[region, retention && `kept ${retention}`, refresh && `refreshed ${refresh}`].filter(Boolean).join(', ')}
        {source.dueOn && !source.isOverdue && `, fresh until ${source.dueOn}`}
        {source.permittedStages && `. May be used in ${source.permittedStages.join(', ')}`}
      </p>
      {source.holds.length > 0 && (
        <p className="prose-width text-muted">{source.holds.map(holdingWords).join('; ')}.</p>
      )}
      {source.refusedIn.map(({ stage, why }) => (
        <p key={stage} className="prose-width text-stale">
          {stage}: {why}
        </p>
      ))}
    </li>
  )
}

function Stores({ stores }: { stores: DataInForce['stores'] }) {
  return (
    <Section title="Where it is kept" count={stores.length} note="as declared, beside the profile and the privacy">
      <ul>
        {stores.map(({ name, keptBy, region, retentionDays, encryption, faults }) => (
          <li key={name} className="border-t border-line py-3 first:border-0 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-medium">{name}</span>
              <Tag>{keptBy === 'airworthy' ? 'kept here' : 'kept by others'}</Tag>
              <span className="text-muted">
                {[region, retentionDays && `${retentionDays} days`, encryption && `encryption: ${encryption}`]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </p>
            {faults.length > 0 && <p className="prose-width text-fail">It {faults.join('; it ')}.</p>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

const FOUND = {
  agrees: ['as declared', 'text-pass'],
  differs: ['differs', 'text-fail'],
  'not-reachable': ['not reachable', 'text-muted'],
} as const

const ReachedSection = ({ reached }: { reached: DataInForce['reached'] }) => (
  <Section
    title="What can be seen of it"
    count={reached.length}
    note="addresses and the database, beside what was said"
  >
    <ul>
      {reached.map(({ of, state, says }) => (
        <li key={`${of} ${says}`} className="border-t border-line py-3 first:border-0 first:pt-0">
          <p className="flex flex-wrap items-baseline gap-x-2">
            <span className="font-medium">{of}</span>
            <Tag tone={FOUND[state][1]}>{FOUND[state][0]}</Tag>
          </p>
          <p className="prose-width text-muted">{says}</p>
        </li>
      ))}
    </ul>
  </Section>
)

function Gaps({ name, gaps }: { name: string; gaps: readonly Gap[] }) {
  const mayBuild = useMay()('build')
  const [editing, setEditing] = useState<Gap | 'new' | undefined>()
  return (
    <Section
      title="Data that is missing"
      count={gaps.length}
      actions={mayBuild && <Button onClick={() => setEditing('new')}>Add a gap</Button>}
    >
      {gaps.length === 0 ? (
        <p className="text-muted">Nothing is known to be missing.</p>
      ) : (
        <ul>
          {gaps.map((gap) => (
            <li key={gap.id} className="border-t border-line py-3 first:border-0 first:pt-0">
              <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                <h3 className="text-prose font-medium">{gap.title}</h3>
                <Tag tone={gap.state === 'closed' ? 'text-pass' : 'text-muted'}>{gap.state}</Tag>
                {mayBuild && gap.state !== 'closed' && (
                  <Button tone="quiet" className="ml-auto" onClick={() => setEditing(gap)}>
                    Ask for it<span className="sr-only">: {gap.title}</span>
                  </Button>
                )}
              </div>
              <p className="prose-width">{gap.reason}</p>
              {gap.dataset && (
                <p className="text-muted">
                  {gap.closedBy ? (
                    <>
                      Closed by version {gap.closedBy.version} of{' '}
                      <TextLink href={`/datasets/${gap.dataset}`}>{gap.dataset}</TextLink>.
                    </>
                  ) : (
                    `${gap.dataset} was asked of ${gap.askedOf}. It closes when a version of it is registered.`
                  )}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {editing === 'new' && <NewGap name={name} onClose={() => setEditing(undefined)} />}
      {editing && editing !== 'new' && <AskForData name={name} gap={editing} onClose={() => setEditing(undefined)} />}
    </Section>
  )
}

function NewGap({ name, onClose }: { name: string; onClose: () => void }) {
  const [title, setTitle] = useState('')
  const [reason, setReason] = useState('')
  const cache = useQueryClient()
  const add = useMutation({
    mutationFn: () => client.addDataGap({ params: { name }, body: { title, reason } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application', name] })
      onClose()
    },
  })
  return (
    <FormDialog title="Data that is missing" onClose={onClose} doing={add} submit="Add">
      <TextField
        label="What is missing"
        hint="For example: questions in French."
        value={title}
        onChange={setTitle}
        required
      />
      <TextArea label="What it is needed for" value={reason} onChange={setReason} minLength={1} />
    </FormDialog>
  )
}

function AskForData({ name, gap, onClose }: { name: string; gap: Gap; onClose: () => void }) {
  const [dataset, setDataset] = useState(gap.dataset ?? '')
  const [askedOf, setAskedOf] = useState(gap.askedOf ?? '')
  const cache = useQueryClient()
  const ask = useMutation({
    mutationFn: () => client.requestDataset({ params: { name, gap: gap.id }, body: { dataset, askedOf } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['application', name] })
      onClose()
    },
  })
  return (
    <FormDialog title={gap.title} onClose={onClose} doing={ask} submit="Ask">
      <TextField
        label="Dataset"
        hint="Its name; the gap closes when a version of it is registered."
        value={dataset}
        onChange={setDataset}
        required
      />
      <TextField label="Asked of" hint="A person or a team." value={askedOf} onChange={setAskedOf} required />
    </FormDialog>
  )
}
