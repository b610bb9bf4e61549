/** How the organisation works: its maturity as people say it beside what is measured, and remarks on the governance. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Maturity, Remark } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { useMay, useNames } from '../data/queries.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Choice, TextArea, TextField } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Lead, Page, Section } from '../ui/page.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { maturity, remarks } from './queries.ts'

export function MaturityPage() {
  const query = useQuery(maturity)
  return (
    <Page title={say('maturity.how-we-work')}>
      <Loaded query={query} rows={12}>
        {({ items }) => (
          <>
            <Lead>{say('maturity.an-area-is-as-mature-as')}</Lead>
            {items.map((one) => (
              <Questionnaire key={one.questionnaire} found={one} />
            ))}
          </>
        )}
      </Loaded>
      <RemarksSection />
    </Page>
  )
}

function Questionnaire({ found }: { found: Maturity }) {
  const { questionnaire, title, says, areas, levels, history } = found
  const [answering, setAnswering] = useState(false)
  const nameOf = useNames()
  const may = useMay()
  const words = (level: number | null) => (level === null ? say('maturity.not-known') : `${level} · ${levels[level]}`)
  return (
    <Section
      title={title}
      note={says}
      actions={
        may('attest') && (
          <Button onClick={() => setAnswering(true)}>
            {say('maturity.answer')}
            {history.length > 0 && say('maturity.anew')}
          </Button>
        )
      }
    >
      <ul>
        {areas.map(({ id, title: area, said, measured, items }) => (
          <li key={id} className="border-t border-line py-3 first:border-0 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
              <span className="w-full font-medium md:w-48">{area}</span>
              <span>
                <span className="text-muted">{say('maturity.people-say')}</span> {words(said)}
              </span>
              <span>
                <span className="text-muted">{say('maturity.measured')}</span> {words(measured)}
              </span>
              {said !== null && measured !== null && said > measured && (
                <Tag tone="text-stale">{say('maturity.said-to-be-more-than-is')}</Tag>
              )}
            </p>
            <ul className="text-muted">
              {items.map((item) => (
                <li key={item.id}>
                  {item.question}
                  {item.measured
                    ? say('maturity.of', { have: item.measured.have, of: item.measured.of })
                    : ` ${item.answer === null ? say('maturity.nobody-answered') : item.levels[item.answer]}`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {history.length > 0 && (
        <details className="mt-2">
          <summary className="w-fit rounded text-muted underline">
            {history.length === 1
              ? say('maturity.answered-once')
              : say('maturity.answered-times', { history: history.length })}
          </summary>
          <ul className="mt-2 flex flex-col gap-1">
            {history.map(({ at, by, areas: then }) => (
              <li key={at}>
                <Ago at={at} /> <span className="text-muted">{say('maturity.by', { by: nameOf(by) })}</span>{' '}
                {then.map(({ said }) => said ?? '?').join(' · ')}
              </li>
            ))}
          </ul>
        </details>
      )}
      {answering && <Answer found={found} key={questionnaire} onClose={() => setAnswering(false)} />}
    </Section>
  )
}

function Answer({ found, onClose }: { found: Maturity; onClose: () => void }) {
  const asked = found.areas.flatMap(({ items }) => items).filter(({ measure }) => measure === null)
  const [answers, setAnswers] = useState<Record<string, number>>(
    Object.fromEntries(asked.flatMap(({ id, answer }) => (answer === null ? [] : [[id, answer]]))),
  )
  const cache = useQueryClient()
  const assess = useMutation({
    mutationFn: () => client.assessMaturity({ params: { questionnaire: found.questionnaire }, body: { answers } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['maturity'] })
      onClose()
    },
  })
  return (
    <FormDialog title={found.title} onClose={onClose} doing={assess} submit={say('maturity.keep-the-answers')}>
      {asked.map(({ id, question, levels }) => (
        <Choice
          key={id}
          label={question}
          value={answers[id] === undefined ? '' : String(answers[id])}
          onChange={(value) => value !== '' && setAnswers({ ...answers, [id]: Number(value) })}
          options={[['', say('maturity.not-answered')], ...levels.map((says, level) => [String(level), says] as const)]}
        />
      ))}
    </FormDialog>
  )
}

const OUTCOMES = [
  ['changed', say('maturity.something-was-changed')],
  ['declined', say('maturity.nothing-is-changed')],
  ['later', say('maturity.it-is-looked-at-later')],
] as const

function RemarksSection() {
  const query = useQuery(remarks)
  const may = useMay()
  const [dialog, setDialog] = useState<Remark | 'new'>()
  return (
    <>
      <Section
        title={say('maturity.remarks')}
        note={say('maturity.what-you-say-of-a-check')}
        actions={<Button onClick={() => setDialog('new')}>{say('maturity.say-something')}</Button>}
      >
        <Loaded query={query} rows={3}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={say('maturity.no-remark-yet')}>{say('maturity.rules-that-nobody-may-doubt-are')}</Empty>
            ) : (
              <ul>
                {items.map((remark) => (
                  <RemarkRow
                    key={remark.id}
                    remark={remark}
                    decide={may('administer') ? () => setDialog(remark) : undefined}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
      {dialog === 'new' && <NewRemark onClose={() => setDialog(undefined)} />}
      {dialog !== undefined && dialog !== 'new' && <Decide remark={dialog} onClose={() => setDialog(undefined)} />}
    </>
  )
}

function RemarkRow({ remark, decide }: { remark: Remark; decide: (() => void) | undefined }) {
  const { about, says, createdAt, createdBy, outcome, reason, change } = remark
  const nameOf = useNames()
  return (
    <li className="border-t border-line py-3 first:border-0 first:pt-0">
      <p className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <span className="font-medium">{about}</span>
        <Tag tone={outcome === null ? 'text-stale' : 'text-muted'}>{outcome ?? say('maturity.nobody-decided-yet')}</Tag>
        <span className="text-muted">
          {nameOf(createdBy)}, <Ago at={createdAt} />
        </span>
        {decide && outcome === null && (
          <Button tone="quiet" className="ml-auto" onClick={decide}>
            {say('maturity.decide')}
            <span className="sr-only"> {say('maturity.on', { about })}</span>
          </Button>
        )}
      </p>
      <p className="prose-width">{says}</p>
      {outcome !== null && (
        <p className="prose-width text-muted">
          {reason} {change}
        </p>
      )}
    </li>
  )
}

function NewRemark({ onClose }: { onClose: () => void }) {
  const [about, setAbout] = useState('')
  const [says, setSays] = useState('')
  const cache = useQueryClient()
  const add = useMutation({
    mutationFn: () => client.addRemark({ body: { about, says } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['remark'] })
      onClose()
    },
  })
  return (
    <FormDialog title={say('maturity.a-remark')} onClose={onClose} doing={add} submit={say('maturity.send-it')}>
      <TextField
        label={say('maturity.what-is-it-about')}
        hint={say('maturity.a-check-a-policy-a-form')}
        value={about}
        onChange={setAbout}
        required
      />
      <TextArea label={say('maturity.what-is-good-or-bad-in')} value={says} onChange={setSays} minLength={3} />
    </FormDialog>
  )
}

function Decide({ remark, onClose }: { remark: Remark; onClose: () => void }) {
  const [outcome, setOutcome] = useState<NonNullable<Remark['outcome']>>('changed')
  const [reason, setReason] = useState('')
  const [change, setChange] = useState('')
  const cache = useQueryClient()
  const decide = useMutation({
    mutationFn: () => client.decideRemark({ params: { id: remark.id }, body: { outcome, reason, change } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['remark'] })
      onClose()
    },
  })
  return (
    <FormDialog
      title={say('maturity.decide-on', { about: remark.about })}
      onClose={onClose}
      doing={decide}
      submit={say('maturity.decide')}
    >
      <p className="prose-width">{remark.says}</p>
      <Choice
        label={say('maturity.what-becomes-of-it')}
        value={outcome}
        onChange={(value) => setOutcome(OUTCOMES.find(([key]) => key === value)?.[0] ?? 'later')}
        options={OUTCOMES}
      />
      <TextArea label={say('maturity.why')} value={reason} onChange={setReason} minLength={3} />
      {outcome === 'changed' && (
        <TextField
          label={say('maturity.what-was-changed')}
          hint={say('maturity.for-example-policy-use-of-ai')}
          value={change}
          onChange={setChange}
          required
        />
      )}
    </FormDialog>
  )
}
