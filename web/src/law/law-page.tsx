/** What laws ask of an application: the questions beside what follows from the answers, with days and evidence. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../data/client.ts'
import { useMay } from '../data/queries.ts'
import { PlanPage } from '../governance/plan-frame.tsx'
import { QuestionField } from '../governance/question-field.tsx'
import { Command, Tag } from '../ui/bits.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { ObligationRow, REACH } from './obligation-row.tsx'
import { type LawReading, type LawView, law } from './queries.ts'
import { TakeAway } from './take-away.tsx'

export function LawPage({ name }: { name: string }) {
  const query = useQuery(law(name))
  return (
    <PlanPage
      name={name}
      title={say('law.law')}
      actions={<TakeAway address={`/api/v1/applications/${name}/law/paper`} />}
    >
      <Loaded query={query} rows={12}>
        {(view) => <Laws name={name} view={view} />}
      </Loaded>
    </PlanPage>
  )
}

function Laws({ name, view }: { name: string; view: LawView }) {
  const { laws, unanswered, differences, caution } = view
  const reaching = laws.filter(({ state }) => state !== 'does-not-apply')
  const due = reaching.flatMap(({ obligations }) => obligations).filter((one) => one.state === 'applies')
  return (
    <>
      <Lead>
        {unanswered > 0
          ? say('law.questions-are-open-so-some-of', { unanswered })
          : say('law.all-questions-are-answered')}
        {due.length === 0
          ? say('law.nothing-is-known-to-apply-yet')
          : say('law.obligations-apply-of-them-today', {
              due: due.length,
              due2: due.filter(({ isInForce }) => isInForce).length,
            })}{' '}
        {caution}
      </Lead>
      {differences.length > 0 && (
        <ul className="mb-6 flex flex-col gap-1.5">
          {differences.map((text) => (
            <li key={text} className="prose-width border-l-2 border-current pl-2.5 text-stale">
              {text}
            </li>
          ))}
        </ul>
      )}
      {laws.map((one) => (
        <OneLaw key={one.law} name={name} reading={one} />
      ))}
      <div className="mt-6">
        <Command text={`airworthy law ${name}`} />
      </div>
    </>
  )
}

function OneLaw({ name, reading }: { name: string; reading: LawReading }) {
  const { title, state, scope, asOf, isOld, riskClass, screening, obligations } = reading
  const isOut = state === 'does-not-apply'
  return (
    <Section
      title={title}
      note={
        <span className="flex flex-wrap items-center gap-2">
          <Tag tone={state === 'applies' ? 'text-accent' : 'text-muted'}>{REACH[state]}</Tag>{' '}
          {say('law.as-of', { asOf })}
          {isOld && <Tag tone="text-stale">{say('law.past-its-day-of-review')}</Tag>}
        </span>
      }
    >
      <p className="prose-width text-muted">{scope}</p>
      {riskClass && !isOut && (
        <p className="prose-width mt-1">
          {riskClass.found ? (
            <>
              <strong>{riskClass.found.title}</strong>, {riskClass.found.reference}. {riskClass.found.says}
            </>
          ) : (
            say('law.the-class-is-not-known-yet')
          )}
          {riskClass.mayBe.length > 0 &&
            say('law.not-excluded-yet', { mayBe: riskClass.mayBe.map((one) => one.title).join(', ') })}
        </p>
      )}
      {screening && !isOut && (
        <p className="prose-width mt-1">
          {say('law.assessment-of-privacy', {
            one: { yes: 'due', no: say('law.not-due'), unknown: say('law.not-known-yet') }[screening.due],
          })}{' '}
          <span className="text-muted">
            {say('law.of-criteria-are-met-are-open', {
              met: screening.met.length,
              criteria: screening.criteria,
              open: screening.open.length,
              says: screening.says,
              reference: screening.reference,
            })}
          </span>
        </p>
      )}
      {isOut && <p className="prose-width mt-1 text-muted">{say('law.nothing-follows-from-it-here-the')}</p>}
      <div className="mt-3 grid grid-cols-1 gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <Questions name={name} reading={reading} />
        <div className="order-first min-w-0 lg:order-none">
          <ul>
            {obligations.map((one) => (
              <ObligationRow key={one.id} obligation={one} />
            ))}
          </ul>
        </div>
      </div>
      <Sources reading={reading} />
    </Section>
  )
}

function Questions({ name, reading }: { name: string; reading: LawReading }) {
  const mayBuild = useMay()('build')
  const cache = useQueryClient()
  const keep = useMutation({
    mutationFn: (answers: Record<string, string | null>) => client.answerLaw({ params: { name }, body: { answers } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['application'] }),
  })
  return (
    <div>
      {keep.error && <Trouble failure={keep.error} />}
      {reading.groups.map(({ id, title }) => {
        const questions = reading.questions.filter(({ group }) => group === id)
        const done = questions.filter(({ answer }) => answer !== null).length
        return (
          <details key={id} className="border-t border-line py-2 first-of-type:border-0">
            <summary className="flex min-h-8 items-center gap-2 rounded">
              <h3 className="flex-1 font-medium">{title}</h3>
              <span className="text-muted">
                {done}/{questions.length}
              </span>
            </summary>
            <div className="flex flex-col gap-5 pt-2 pb-4">
              {questions.map(({ saidBy, answer, reference, help, ...question }) => (
                <QuestionField
                  key={question.id}
                  question={{
                    ...question,
                    dimension: id,
                    help: `${help ? `${help} ` : ''}${reference}.${saidBy === 'declaration' ? say('law.answered-by-the-profile-or-by') : ''}`,
                    kind: 'choice',
                    unit: null,
                    worse: null,
                    test: say('law.ask-a-lawyer-or-who-holds', { reference }),
                    guided: false,
                    requirements: [],
                  }}
                  answer={answer}
                  disabled={!mayBuild || keep.isPending}
                  onChange={(next) => keep.mutate({ [question.id]: next === null ? null : String(next) })}
                />
              ))}
            </div>
          </details>
        )
      })}
    </div>
  )
}

const Sources = ({ reading: { milestones, sources, note, version } }: { reading: LawReading }) => (
  <details className="mt-2">
    <summary className="w-fit rounded text-muted underline">{say('law.days-and-sources')}</summary>
    <div className="mt-2 flex flex-col gap-3 border-l border-line pl-3">
      <ul>
        {milestones.map(({ on, says, reference }) => (
          <li key={on} className="prose-width">
            <span className="font-mono text-[0.75rem]">{on}</span> {says}{' '}
            <span className="text-muted">{reference}</span>
          </li>
        ))}
      </ul>
      <ul className="flex flex-col gap-1">
        {sources.map(({ id, title, url, opened, where }) => (
          <li key={id} className="prose-width">
            <a href={url} rel="noreferrer" target="_blank" className="underline">
              {title}
            </a>
            <span className="text-muted">
              ,{' '}
              {opened
                ? say('law.opened', { opened, whereSaid: where ? `: ${where}` : '' })
                : say('law.not-opened-for-this-version')}
            </span>
          </li>
        ))}
      </ul>
      <p className="prose-width text-muted">{say('law.version', { version, note })}</p>
    </div>
  </details>
)
