/** What users of a release see while its provider, its guardrails or its index fail, as the last drill found it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { FaultDrill, ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Said } from '../ui/said.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { stateWord } from '../words/states.ts'
import { StartFaults } from './start-faults.tsx'

type Result = NonNullable<FaultDrill['result']>
type Case = Result['cases'][number]

export function FaultsSection({ release }: { release: ServedRelease }) {
  const query = useQuery({
    queryKey: ['job', 'fault-drills', release.id],
    queryFn: () => client.listFaultDrills({ params: { id: release.id } }),
  })
  const [asking, setAsking] = useState(false)
  const may = useMay()
  return (
    <Section
      title={say('faults-section.on-a-bad-day')}
      note={say('faults-section.what-is-answered-while-provider-guardrails-or')}
      {...(may('build') &&
        release.live.length > 0 && {
          actions: <Button onClick={() => setAsking(true)}>{say('faults-section.try-faults')}</Button>,
        })}
    >
      <Loaded query={query} rows={2}>
        {({ items: [last] }) =>
          last ? (
            <Drill drill={last} />
          ) : (
            <Empty
              title={say('faults-section.no-faults-were-tried-yet')}
              command={<Command text={`npx airworthy drill faults ${release.application}`} />}
            >
              {say('faults-section.what-users-see-of-each-fault-will')}
            </Empty>
          )
        }
      </Loaded>
      {asking && <StartFaults release={release} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function Drill({ drill: { state, error, progress, plan, result, createdAt } }: { drill: FaultDrill }) {
  return (
    <>
      <p className="prose-width mb-2">
        <span className="text-muted">
          {sayWith('faults-section.each-asked-in-begun', {
            faults: say('many.fault', { n: plan.faults.length }),
            forms: say('many.form', { n: plan.forms.length }),
            when: <Ago at={createdAt} />,
          })}
        </span>{' '}
        {result === null && <Tag>{stateWord(state)}</Tag>}
      </p>
      {result === null && error === null && (
        <p className="mb-2">
          {sayWith('faults-section.of', {
            done: number(progress.done),
            requests: say('many.request', { n: progress.total ?? 0 }),
            message: progress.message,
          })}
        </p>
      )}
      {error !== null && <p className="break-words text-fail">{error}</p>}
      {result && (
        <>
          <ul className="prose-width mb-3 flex flex-col gap-1">
            {result.words.map((words) => (
              <li key={words}>
                <Said text={words} />
              </li>
            ))}
          </ul>
          <Cases cases={result.cases} />
          <p className="mt-2">
            <TextLink href={`/evidence/${result.evidence}`}>{say('faults-section.evidence-for-the-gate')}</TextLink>
          </p>
        </>
      )}
    </>
  )
}

const OUTCOMES: Readonly<Record<Case['outcome'], { words: string; className: string }>> = {
  good: { words: 'good', className: 'text-pass' },
  poorer: { words: say('faults-section.poorer-on-purpose'), className: 'text-pass' },
  refused: { words: say('faults-section.clean-refusal'), className: 'text-pass' },
  broken: { words: 'broken', className: 'text-fail' },
  unguarded: { words: 'unguarded', className: 'text-fail' },
  'not-tried': { words: say('faults-section.not-tried'), className: 'text-muted' },
}

function Cases({ cases }: { cases: readonly Case[] }) {
  return (
    <Scrollable className="overflow-x-auto">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('faults-section.fault')}</th>
            <th scope="col">{say('faults-section.outcome')}</th>
            <th scope="col">{say('faults-section.what-the-user-sees')}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf(cases).map(({ key, name, forms, first }) => (
            <tr key={key}>
              <td className="min-w-28">
                {name}
                {forms !== '' && <p className="text-muted">{forms}</p>}
              </td>
              <td className={`min-w-20 ${OUTCOMES[first.outcome].className}`}>{OUTCOMES[first.outcome].words}</td>
              <td className="min-w-32">
                {first.trace === null ? first.says : <TextLink href={`/traces/${first.trace}`}>{first.says}</TextLink>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  )
}

/** A row for each fault and what came of it; forms are named where they do not all share it. */
function rowsOf(cases: readonly Case[]) {
  const faults = Map.groupBy(cases, ({ fault }) => fault)
  return [...faults].flatMap(([fault, own]) =>
    [...Map.groupBy(own, ({ outcome, says }) => `${outcome} ${says}`)].flatMap(([key, [first, ...others]]) =>
      first
        ? [
            {
              key: `${fault} ${key}`,
              name: fault === 'none' ? 'a good day' : fault.replace('-', ': '),
              forms: others.length + 1 === own.length ? '' : [first, ...others].map(formOf).join(', '),
              first,
            },
          ]
        : [],
    ),
  )
}

const formOf = ({ dialect, stream }: Case): string => `${dialect}${stream ? ' stream' : ''}`
