/** One model, field by field: the value, who says it, since when, and how much that is worth. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { modelApprovals, modelCard, useMay, useNames } from '../data/queries.ts'
import type { CardField, ModelApproval } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { RequestDialog, WithdrawDialog } from './approval-dialogs.tsx'
import { ApprovalTag, cardHref } from './approval-tag.tsx'
import { LABELS, SOURCES, valueInWords } from './field-words.ts'
import { ObligationList } from './obligation-list.tsx'
import { TrainingSection } from './training-section.tsx'
import { ProbesSection, WeightsSection } from './watch-sections.tsx'

const MODELS = [{ label: say('card.models'), href: '/models' }] as const

export function CardPage({ model }: { model: string }) {
  const query = useQuery(modelCard(model))
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const canAsk = query.data && !['installation', 'requested'].includes(query.data.approval.state) && may('build')
  return (
    <Page
      title={model}
      crumbs={MODELS}
      aside={query.data && <ApprovalTag approval={query.data.approval} />}
      actions={
        canAsk && (
          <Button tone="primary" onClick={() => setAsking(true)}>
            {say('card.ask-for-approval')}
          </Button>
        )
      }
    >
      <Loaded query={query} rows={12}>
        {({ fields, obligations, completeness, sameAs, works, reason, refreshedAt }) => (
          <>
            <Lead>
              {sayWith('card.of-fields-of-a-complete-card-are', {
                known: completeness.known,
                of: completeness.of,
                verified: completeness.verified,
                missing:
                  completeness.missing.length > 0 &&
                  say('card.unknown', { missing: completeness.missing.map((name) => LABELS[name]).join(', ') }),
              })}
            </Lead>
            {!works && reason && <p className="prose-width mb-4 text-muted">{reason}</p>}
            {sameAs.length > 0 && (
              <p className="prose-width mb-4">
                {sameAs.map((same) => (
                  <span key={same.model} className="mr-3">
                    {same.because === 'identity' ? say('card.same-model-as') : say('card.called-like')}{' '}
                    <TextLink href={cardHref(same.model)}>{same.model}</TextLink>
                  </span>
                ))}
              </p>
            )}
            <Section
              title={say('card.what-is-known')}
              note={refreshedAt && <>{sayWith('card.newest-source', { when: <Ago at={refreshedAt} /> })}</>}
            >
              <FieldTable fields={fields} />
            </Section>
            <Section title={say('card.what-its-licence-asks-for')} note={obligations.title ?? undefined}>
              <ObligationList found={obligations} />
            </Section>
            <TrainingSection model={model} />
            <ApprovalsSection model={model} />
            <ProbesSection model={model} />
            <WeightsSection model={model} />
          </>
        )}
      </Loaded>
      {asking && <RequestDialog model={model} onClose={() => setAsking(false)} />}
    </Page>
  )
}

const FieldTable = ({ fields }: { fields: readonly CardField[] }) => (
  <table className="data-table">
    <thead>
      <tr>
        <th scope="col">{say('card.field')}</th>
        <th scope="col">{say('card.value')}</th>
        <th scope="col">{say('card.standing')}</th>
        <th scope="col" className="wide">
          {say('card.says-who')}
        </th>
        <th scope="col" className="wide">
          {say('card.when')}
        </th>
      </tr>
    </thead>
    <tbody>
      {fields.map(({ name, value, standing, source, place, at, how, via, otherwise }) => (
        <tr key={name}>
          <td className="text-muted">{LABELS[name]}</td>
          <td className="[overflow-wrap:anywhere]">
            {value === null ? <span className="text-muted">{say('card.unknown-2')}</span> : valueInWords(value)}
            {name === 'benchmarks' && value !== null && (
              <p className="text-muted">{say('card.public-figures-imported-the-model-may-have')}</p>
            )}
            {otherwise.map((other) => (
              <p key={other.source + other.place} className="text-stale">
                {sayWith('card.says', { source: SOURCES[other.source], valueInWords: valueInWords(other.value) })}
              </p>
            ))}
          </td>
          <td>
            <Tag tone={TONES[standing]}>{standing}</Tag>
          </td>
          <td className="wide break-words" title={place ?? undefined}>
            {source && SOURCES[source]}
            {via && say('card.of', { via })}
            {how && <p className="text-muted">{how}</p>}
          </td>
          <td className="wide text-muted">{at && <Ago at={at} />}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const TONES = { verified: 'text-pass', 'self-reported': 'text-text', unknown: 'text-muted' } as const

function ApprovalsSection({ model }: { model: string }) {
  const { data } = useQuery(modelApprovals({ model }))
  const nameOf = useNames()
  const may = useMay()
  const [leaving, setLeaving] = useState<ModelApproval>()
  if (!data || data.items.length === 0) return null
  return (
    <Section title={say('card.approvals')} count={data.items.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('card.state')}</th>
            <th scope="col">{say('card.for')}</th>
            <th scope="col" className="wide">
              {say('card.why')}
            </th>
            <th scope="col">{say('card.until')}</th>
            <th scope="col">
              <span className="sr-only">{say('card.withdraw')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((one) => (
            <tr key={one.id}>
              <td>{one.state}</td>
              <td className="break-words">
                {say('card.personal-data', {
                  stages: one.stages.join(', '),
                  uses: one.uses.join(', '),
                  dataClasses: one.dataClasses.join(', '),
                })}
              </td>
              <td className="wide break-words">
                {nameOf(one.requestedBy)}: {one.reason}
                {one.decidedBy && (
                  <p>
                    {nameOf(one.decidedBy)}: {one.decisionReason}
                  </p>
                )}
                {one.withdrawnBy && (
                  <p>
                    {nameOf(one.withdrawnBy)}: {one.withdrawalReason}
                  </p>
                )}
              </td>
              <td className="whitespace-nowrap">{one.until.slice(0, 10)}</td>
              <td>
                {may('waive') && ['approved', 'requested'].includes(one.state) && (
                  <Button tone="quiet" onClick={() => setLeaving(one)}>
                    {say('card.withdraw-2')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {leaving && <WithdrawDialog approval={leaving} onClose={() => setLeaving(undefined)} />}
    </Section>
  )
}
