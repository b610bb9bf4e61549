/** What got through when a release was attacked, by category and technique. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { AttackRun, ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Scrollable } from '../ui/scrollable.tsx'
import { Empty, Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { stateWord } from '../words/states.ts'
import { StartAttack } from './start-attack.tsx'

type Result = NonNullable<AttackRun['result']>
type Hit = Result['hits'][number]

const SHOWN_HITS = 10
const CATEGORIES: Readonly<Record<Result['categories'][number]['category'], string>> = {
  direct: say('attack-section.an-order-in-the-question'),
  indirect: say('attack-section.an-order-in-a-text-that-is'),
  triggered: say('attack-section.an-order-that-waits-for-something'),
  leak: say('attack-section.a-question-for-a-secret'),
}

const WAYS: Readonly<Record<Hit['way'], string>> = {
  turns: say('attack-section.said-by-the-user'),
  pasted: say('attack-section.brought-by-the-user'),
  passage: say('attack-section.in-a-passage'),
  tool: say('attack-section.from-a-tool'),
}

export function AttackSection({ release }: { release: ServedRelease }) {
  const query = useQuery({
    queryKey: ['job', 'attack-runs', release.id],
    queryFn: () => client.listAttackRuns({ params: { id: release.id } }),
  })
  const [asking, setAsking] = useState(false)
  const may = useMay()
  return (
    <Section
      title={say('attack-section.attacks')}
      note={say('attack-section.harmless-orders-and-questions-for-a-made')}
      {...(may('build') && {
        actions: <Button onClick={() => setAsking(true)}>{say('attack-section.attack-it')}</Button>,
      })}
    >
      <Loaded query={query} rows={2}>
        {({ items: [last] }) =>
          last ? (
            <Run run={last} />
          ) : (
            <Empty
              title={say('attack-section.not-attacked-yet')}
              command={<Command text={`npx airworthy attack ${release.application}`} />}
            >
              {say('attack-section.what-a-text-can-make-it-do')}
            </Empty>
          )
        }
      </Loaded>
      {asking && <StartAttack release={release} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function Run({ run: { state, error, progress, plan, result, createdAt } }: { run: AttackRun }) {
  return (
    <>
      <p className="prose-width mb-2">
        <span className="text-muted">
          {sayWith('attack-section.attacks-seed-begun', {
            pack: plan.pack,
            seed: plan.seed,
            when: <Ago at={createdAt} />,
          })}
        </span>{' '}
        {result === null && <Tag>{stateWord(state)}</Tag>}
      </p>
      {result === null && error === null && (
        <p className="mb-2">
          {sayWith('attack-section.of', {
            done: number(progress.done),
            attacks: say('many.attack', { n: progress.total ?? 0 }),
            message: progress.message,
          })}
        </p>
      )}
      {error !== null && <p className="break-words text-fail">{error}</p>}
      {result && <Outcome result={result} />}
    </>
  )
}

function Outcome({ result: { categories, techniques, hits, words, evidence } }: { result: Result }) {
  const through = techniques.filter((one) => one.hits > 0)
  return (
    <>
      <Scrollable className="overflow-x-auto">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('attack-section.attack')}</th>
              <th scope="col" className="num">
                {say('attack-section.got-through')}
              </th>
              <th scope="col" className="num">
                {say('attack-section.surely-at-most')}
              </th>
              <th scope="col" className="num wide">
                {say('attack-section.guardrail-refused')}
              </th>
              <th scope="col" className="num wide">
                {say('attack-section.not-answered-or-read')}
              </th>
            </tr>
          </thead>
          <tbody>
            {categories.map((one) => (
              <tr key={one.category}>
                <td className="min-w-32">{CATEGORIES[one.category]}</td>
                <td className={`num ${one.hits > 0 ? 'text-fail' : 'text-pass'}`}>
                  {say('attack-section.of-2', { hits: number(one.hits), attempts: number(one.attempts) })}
                </td>
                <td className="num">
                  {one.rate ? percent(one.rate.interval.high, 1) : say('attack-section.not-tried')}
                </td>
                <td className="num wide">{number(one.blocked)}</td>
                <td className="num wide">{number(one.errors + one.unread)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <ul className="prose-width mt-3 flex flex-col gap-1">
        {words.slice(categories.length).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {through.length > 0 && (
        <p className="prose-width mt-2">
          {say('attack-section.most-often', {
            through: through
              .slice(0, 5)
              .map(({ title, hits: got, attempts }) => `${title} (${got} of ${attempts})`)
              .join(', '),
          })}
        </p>
      )}
      {hits.length > 0 && (
        <details className="mt-3">
          <summary className="text-muted">{say('attack-section.what-got-through')}</summary>
          <ul className="mt-1 flex flex-col gap-3">
            {hits.slice(0, SHOWN_HITS).map((hit) => (
              <OneHit key={hit.trace} hit={hit} />
            ))}
          </ul>
        </details>
      )}
      <p className="mt-2 flex flex-wrap gap-x-5 gap-y-3">
        {evidence.map(({ check, id }) => (
          <TextLink key={id} href={`/evidence/${id}`}>
            {sayWith('attack-section.evidence-for', { check })}
          </TextLink>
        ))}
      </p>
    </>
  )
}

function OneHit({ hit: { title, way, asked, planted, answer, trace } }: { hit: Hit }) {
  return (
    <li className="prose-width">
      <p>
        <TextLink href={`/traces/${trace}`}>{title}</TextLink> <Tag>{WAYS[way]}</Tag>
      </p>
      <p className="whitespace-pre-wrap break-words text-muted">{planted ?? asked}</p>
      <p className="whitespace-pre-wrap break-words text-fail">{answer}</p>
    </li>
  )
}
