/** One shortlist: who is left, who fell out and why, what it takes to run each, and the decision. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { shortlist, shortlistDecision } from '../data/model-queries.ts'
import { useMay, useNames } from '../data/queries.ts'
import type { Shortlist } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { cardHref } from './approval-tag.tsx'
import { CandidateTable } from './candidate-table.tsx'
import { RoundsSection } from './rounds-section.tsx'

const CRUMBS = [
  { label: say('shortlist.models'), href: '/models' },
  { label: say('shortlist.find-a-model'), href: '/find-model' },
] as const
type Asked = { kind: 'eliminate' | 'effort' | 'decide'; model: string }

export function ShortlistPage({ id }: { id: string }) {
  const query = useQuery(shortlist(id))
  const [asked, setAsked] = useState<Asked>()
  const nameOf = useNames()
  const may = useMay()
  const canAct = may('build') && query.data?.decision === null
  return (
    <Page
      title={query.data?.title ?? say('shortlist.shortlist')}
      crumbs={CRUMBS}
      aside={
        query.data && (
          <Tag tone={query.data.decision ? 'text-pass' : 'text-muted'}>
            {query.data.decision ? say('shortlist.decided') : say('shortlist.open')}
          </Tag>
        )
      }
    >
      <Loaded query={query} rows={10}>
        {(found) => {
          const left = leftOf(found)
          return (
            <>
              <Lead>
                {found.decision
                  ? sayWith('shortlist.was-chosen-by', {
                      link: <TextLink href={cardHref(found.decision.chosen)}>{found.decision.chosen}</TextLink>,
                      by: nameOf(found.decision.by),
                      reasons: found.decision.reasons.join(' '),
                    })
                  : say('shortlist.of-models-are-left-made-by', {
                      left: left.length,
                      candidates: found.candidates.length,
                      createdBy: nameOf(found.createdBy),
                    })}
              </Lead>
              <Section title={say('shortlist.left')} count={left.length}>
                <CandidateTable
                  candidates={left}
                  isMeasured={found.criteria.measured !== undefined}
                  {...(canAct && {
                    actionOf: ({ model }) => (
                      <span className="flex flex-wrap justify-end gap-1">
                        <Button onClick={() => setAsked({ kind: 'decide', model })}>{say('shortlist.choose')}</Button>
                        <Button tone="quiet" onClick={() => setAsked({ kind: 'eliminate', model })}>
                          {say('shortlist.take-off')}
                        </Button>
                        <Button tone="quiet" onClick={() => setAsked({ kind: 'effort', model })}>
                          {say('shortlist.hours')}
                        </Button>
                      </span>
                    ),
                  })}
                />
              </Section>
              <EliminatedSection shortlist={found} />
              <DecisionSection id={id} isDecided={found.decision !== null} />
              {found.application !== null && (
                <RoundsSection
                  application={found.application}
                  keep={{
                    label: say('shortlist.keep-this-shortlist'),
                    step: { kind: 'shortlist', shortlist: found.id },
                  }}
                />
              )}
              {asked && <ActDialog shortlist={found} asked={asked} onClose={() => setAsked(undefined)} />}
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

const leftOf = ({ candidates, eliminations }: Shortlist) =>
  candidates.filter(
    ({ model, outcome }) => outcome !== 'eliminated' && !eliminations.some((one) => one.model === model),
  )

function EliminatedSection({ shortlist: { candidates, eliminations } }: { shortlist: Shortlist }) {
  const nameOf = useNames()
  const byHand = eliminations.map(({ model, reason, by, at }) => ({ model, why: reason, who: nameOf(by), at }))
  const bySearch = candidates
    .filter(({ outcome }) => outcome === 'eliminated')
    .map(({ model, reasons }) => ({
      model,
      why: reasons.map(({ why }) => why).join(' '),
      who: say('shortlist.the-search'),
      at: undefined,
    }))
  const all = [...byHand, ...bySearch]
  if (all.length === 0) return null
  return (
    <Section title={say('shortlist.fell-out')} count={all.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('shortlist.model')}</th>
            <th scope="col">{say('shortlist.why')}</th>
            <th scope="col" className="wide">
              {say('shortlist.by')}
            </th>
          </tr>
        </thead>
        <tbody>
          {all.slice(0, 200).map(({ model, why, who, at }) => (
            <tr key={model}>
              <td className="break-all">
                <TextLink href={cardHref(model)}>{model}</TextLink>
              </td>
              <td className="break-words">{why}</td>
              <td className="wide text-muted">
                {who} {at && <Ago at={at} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

function DecisionSection({ id, isDecided }: { id: string; isDecided: boolean }) {
  const query = useQuery({ ...shortlistDecision(id), enabled: isDecided })
  if (!isDecided) return null
  return (
    <Section title={say('shortlist.for-decision-yaml')} note={say('shortlist.put-these-lines-into-the-blueprint-they')}>
      <Loaded query={query} rows={6}>
        {({ content }) => <CodeBlock>{content}</CodeBlock>}
      </Loaded>
    </Section>
  )
}

function ActDialog({ shortlist: found, asked, onClose }: { shortlist: Shortlist; asked: Asked; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [others, setOthers] = useState('')
  const [setUp, setSetUp] = useState('')
  const [monthly, setMonthly] = useState('')
  const cache = useQueryClient()
  const { kind, model } = asked
  const { id } = found
  const rest = leftOf(found).filter((one) => one.model !== model)
  const act = useMutation({
    mutationFn: () => {
      const params = { id }
      if (kind === 'eliminate') return client.eliminateFromShortlist({ params, body: { model, reason } })
      if (kind === 'effort')
        return client.reckonEffort({
          params,
          body: { model, setUpHours: Number(setUp), hoursPerMonth: Number(monthly) },
        })
      const alternatives = rest.map((one) => ({ model: one.model, reason: others }))
      return client.decideShortlist({ params, body: { chosen: model, reasons: [reason], alternatives } })
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['model-shortlist'] })
      onClose()
    },
  })
  const title = {
    eliminate: say('shortlist.take-off-2', { model }),
    effort: say('shortlist.hours-for', { model }),
    decide: say('shortlist.choose-2', { model }),
  }[kind]
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      doing={act}
      submit={
        {
          eliminate: say('shortlist.take-it-off'),
          effort: say('shortlist.keep-the-hours'),
          decide: say('shortlist.choose-it'),
        }[kind]
      }
    >
      {kind === 'effort' ? (
        <>
          <TextField
            label={say('shortlist.hours-to-set-it-up')}
            type="number"
            min={0}
            value={setUp}
            onChange={setSetUp}
            required
          />
          <TextField
            label={say('shortlist.hours-a-month-to-run-it')}
            type="number"
            min={0}
            value={monthly}
            onChange={setMonthly}
            required
          />
        </>
      ) : (
        <TextArea
          label={kind === 'decide' ? say('shortlist.why-it') : say('shortlist.why-2')}
          value={reason}
          onChange={setReason}
          minLength={10}
        />
      )}
      {kind === 'decide' && rest.length > 0 && (
        <TextArea
          label={
            rest.length === 1
              ? say('shortlist.why-not', { model: rest[0]?.model })
              : say('shortlist.why-none-of-the-other', { rest: rest.length })
          }
          value={others}
          onChange={setOthers}
          minLength={10}
          hint={say('shortlist.to-give-each-its-own-reason-take')}
        />
      )}
    </FormDialog>
  )
}
