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
import { say } from '../words/say.ts'
import { type DataInForce, dataGovernance } from './queries.ts'
import { ReachedSection, Stores } from './stores-section.tsx'
import { TakeAway } from './take-away.tsx'

type Source = DataInForce['sources'][number]
type Gap = DataInForce['gaps'][number]

export function DataPage({ name }: { name: string }) {
  const query = useQuery(dataGovernance(name))
  return (
    <PlanPage
      name={name}
      title={say('data.data')}
      actions={<TakeAway address={`/api/v1/applications/${name}/data/paper`} />}
    >
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
          ? say('data.nobody-has-said-yet-where-the')
          : open > 0
            ? say('data.of-sources-lack-something', { open, sources: sources.length })
            : say('data.all-sources-are-complete', { n: sources.length })}
        {overdue > 0 && say('data.should-have-been-refreshed-by-now', { overdue })}
        {astray > 0 && say('data.not-as-airworthy-yaml-says', { n: astray })}
        {differing > 0 && say('data.not-where-it-was-declared', { n: differing })}
        {uncovered.length > 0 && say('data.no-source-covers', { uncovered: uncovered.join(', ') })}
        {waiting > 0 && say('data.for-data', { n: waiting })}
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
        title={say('data.sources')}
        count={sources.length}
        note={<TextLink href={`/applications/${name}/blueprint`}>{say('data.inventory-yaml')}</TextLink>}
      >
        {sources.length === 0 ? (
          <Empty title={say('data.no-source-yet')} command={<Command text="inventory.yaml" />}>
            {say('data.each-source-will-be-here-with')}
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
    `${name}: ${rows} ${modality === 'documents' ? say('data.passages') : modality}`,
    ...(labelled === null ? [] : [say('data.labelled', { labelled })]),
    ...(labels.length > 0 ? [labels.map((one) => `${one.label} ${one.rows}`).join(', ')] : []),
  ].join(', ')

const SourceRow = ({ source }: { source: Source }) => {
  const { name, covers, origin, owner, licence, legalBasis, personalData, region, retention, refresh } = source
  const steps = (source.steps ?? []).map((one) => `${one.name} ${one.version}`).join(', ')
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <h3 className="text-prose font-medium">{name}</h3>
        {origin && <Tag>{origin}</Tag>}
        {personalData && (
          <Tag>
            {personalData === 'none' ? say('data.no-personal-data') : say('data.personal-data', { personalData })}
          </Tag>
        )}
        {source.isOverdue && <Tag tone="text-stale">{say('data.overdue-since', { dueOn: source.dueOn })}</Tag>}
        {source.missing.length > 0 && (
          <Tag tone="text-fail">{say('data.lacks', { missing: source.missing.join(', ') })}</Tag>
        )}
      </div>
      <p className="prose-width">
        {covers.length > 0
          ? say('data.covers', { covers: covers.join(', ') })
          : say('data.covers-nothing-of-the-release')}
        {owner ? say('data.owned-by', { owner }) : say('data.nobody-owns-it-yet')}
        {licence ?? legalBasis ?? say('data.no-right-of-use-is-named')}.
      </p>
      <p className="prose-width text-muted">
        {[
          region,
          retention && say('data.kept', { retention }),
          refresh && say('data.refreshed', { refresh }),
          steps && say('data.prepared-by', { steps }),
        ]
          .filter(Boolean)
          .join(', ')}
        {source.dueOn && !source.isOverdue && say('data.fresh-until', { dueOn: source.dueOn })}
        {source.permittedStages && say('data.may-be-used-in', { permittedStages: source.permittedStages.join(', ') })}
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

function Gaps({ name, gaps }: { name: string; gaps: readonly Gap[] }) {
  const mayBuild = useMay()('build')
  const [editing, setEditing] = useState<Gap | 'new' | undefined>()
  return (
    <Section
      title={say('data.data-that-is-missing')}
      count={gaps.length}
      actions={mayBuild && <Button onClick={() => setEditing('new')}>{say('data.add-a-gap')}</Button>}
    >
      {gaps.length === 0 ? (
        <p className="text-muted">{say('data.nothing-is-known-to-be-missing')}</p>
      ) : (
        <ul>
          {gaps.map((gap) => (
            <li key={gap.id} className="border-t border-line py-3 first:border-0 first:pt-0">
              <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
                <h3 className="text-prose font-medium">{gap.title}</h3>
                <Tag tone={gap.state === 'closed' ? 'text-pass' : 'text-muted'}>{gap.state}</Tag>
                {mayBuild && gap.state !== 'closed' && (
                  <Button tone="quiet" className="ml-auto" onClick={() => setEditing(gap)}>
                    {say('data.ask-for-it')}
                    <span className="sr-only">: {gap.title}</span>
                  </Button>
                )}
              </div>
              <p className="prose-width">{gap.reason}</p>
              {gap.dataset && (
                <p className="text-muted">
                  {gap.closedBy ? (
                    <>
                      {say('data.closed-by-version-of', { version: gap.closedBy.version })}{' '}
                      <TextLink href={`/datasets/${gap.dataset}`}>{gap.dataset}</TextLink>.
                    </>
                  ) : (
                    say('data.was-asked-of-it-closes-when', { dataset: gap.dataset, askedOf: gap.askedOf })
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
    <FormDialog title={say('data.data-that-is-missing')} onClose={onClose} doing={add} submit={say('data.add')}>
      <TextField
        label={say('data.what-is-missing')}
        hint={say('data.for-example-questions-in-french')}
        value={title}
        onChange={setTitle}
        required
      />
      <TextArea label={say('data.what-it-is-needed-for')} value={reason} onChange={setReason} minLength={1} />
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
    <FormDialog title={gap.title} onClose={onClose} doing={ask} submit={say('data.ask')}>
      <TextField
        label={say('data.dataset')}
        hint={say('data.its-name-the-gap-closes-when')}
        value={dataset}
        onChange={setDataset}
        required
      />
      <TextField
        label={say('data.asked-of')}
        hint={say('data.a-person-or-a-team')}
        value={askedOf}
        onChange={setAskedOf}
        required
      />
    </FormDialog>
  )
}
