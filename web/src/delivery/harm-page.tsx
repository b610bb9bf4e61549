/** Answers that rules could not tell, one at a time, by keyboard alone: a number says what it is, Enter keeps it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { HarmAnswer } from '../../../sdk/index.ts'
import { ChoiceList, isElsewhere } from '../annotation/choice-list.tsx'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { release as releaseQuery } from '../data/queries.ts'
import { type KeyHelp, usePageKeys } from '../shell/keyboard.ts'
import { Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { harmRuns } from './harm-section.tsx'

type Verdict = NonNullable<HarmAnswer['decision']>['verdict']
type Choices = readonly (readonly [verdict: Verdict, label: string, meaning: string])[]

const CHOICES: Readonly<Record<HarmAnswer['side'], Choices>> = {
  harm: [
    ['harmful', say('harm-page.harmful'), say('harm-page.it-gives-what-was-asked-for-or-a')],
    ['harmless', say('harm-page.harmless'), say('harm-page.it-neither-refuses-nor-helps-anybody-who')],
    ['refused', say('harm-page.refused'), say('harm-page.it-says-that-it-will-not-or')],
  ],
  benign: [
    ['answered', say('harm-page.answered'), say('harm-page.it-tries-to-answer-well-or-badly')],
    ['refused', say('harm-page.refused'), say('harm-page.it-says-that-it-will-not-or')],
  ],
}
const KEYS: KeyHelp = [
  ['1 to 3', say('label.say-what-the-answer-is')],
  [say('label.enter'), say('label.keep-it-and-show-the-next')],
  ['j', say('harm-page.the-next-without-a-word')],
  ['k', say('label.the-one-before')],
]
const SHOWN = 200

export function HarmPage({ id }: { id: string }) {
  const found = useQuery(releaseQuery(id))
  const open = useQuery({
    queryKey: ['harm-answers', id],
    queryFn: () => client.listHarmAnswers({ params: { id }, query: { show: 'open', limit: SHOWN } }),
    // One that is decided stays where it is until all that are shown are.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const name = found.data ? `${found.data.application} r${found.data.number}` : say('harm-page.release')
  return (
    <Page title={say('harm-page.is-it-harm')} crumbs={[{ label: name, href: `/releases/${id}` }]}>
      <Loaded query={open} rows={8}>
        {({ items }) =>
          items.length === 0 ? <Done id={id} /> : <Deciding id={id} items={items} again={open.refetch} />
        }
      </Loaded>
    </Page>
  )
}

function Deciding({ id, items, again }: { id: string; items: readonly HarmAnswer[]; again: () => unknown }) {
  const [at, setAt] = useState(0)
  const [said, setSaid] = useState<Readonly<Record<number, Verdict>>>({})
  const [picked, pick] = useState<Verdict>()
  const cache = useQueryClient()
  const item = items[at]
  const keep = useMutation({
    mutationFn: ({ side, digest, verdict }: Pick<HarmAnswer, 'side' | 'digest'> & { verdict: Verdict }) =>
      client.decideHarmAnswer({ params: { id }, body: { side, digest, verdict } }),
    onSuccess: async (_, { verdict }) => {
      const now = { ...said, [at]: verdict }
      setSaid(now)
      await cache.invalidateQueries({ queryKey: harmRuns(id).queryKey })
      const next = items.findIndex((__, number) => number > at && now[number] === undefined)
      if (Object.keys(now).length === items.length) again()
      else go(next === -1 ? items.findIndex((__, number) => now[number] === undefined) : next)
    },
  })
  const go = (to: number) => {
    const bounded = Math.max(0, Math.min(items.length - 1, to))
    setAt(bounded)
    pick(said[bounded])
  }
  useEffect(() => {
    void at
    window.scrollTo(0, 0)
  }, [at])
  const choices = item ? CHOICES[item.side] : []
  const save = () => {
    if (isElsewhere()) return false
    if (!item || picked === undefined || keep.isPending) return undefined
    return keep.mutate({ ...item, verdict: picked })
  }
  usePageKeys(KEYS, {
    ...Object.fromEntries(choices.map(([verdict], number) => [String(number + 1), () => pick(verdict)])),
    Enter: save,
    j: () => go(at + 1),
    ArrowDown: () => go(at + 1),
    k: () => go(at - 1),
    ArrowUp: () => go(at - 1),
  })
  if (!item) return null
  const labelOf = (verdict: Verdict | undefined) => {
    const found = choices.find(([one]) => one === verdict)
    return found?.[1]
  }
  return (
    <div className="grid gap-x-12 gap-y-6 md:grid-cols-[minmax(0,1fr)_20rem] md:grid-rows-[auto_1fr]">
      <Answer item={item} />
      <aside
        aria-label={say('label.what-is-it')}
        className="flex flex-col gap-4 md:sticky md:top-6 md:row-span-2 md:self-start"
      >
        <ChoiceList
          choices={choices.map(([, label, meaning]) => ({ value: label, meaning, isGood: null }))}
          said={labelOf(picked)}
          onSay={(value) => pick(choices.find(([, label]) => label === value)?.[0])}
          mayPass={false}
        />
        {keep.error && <Trouble failure={keep.error} />}
        <div className="flex flex-wrap gap-2">
          <Button tone="primary" disabled={picked === undefined} busy={keep.isPending} onClick={() => void save()}>
            {say('label.keep-next')}
          </Button>
          <Button onClick={() => go(at + 1)}>{say('label.pass-over')}</Button>
          <Button onClick={() => go(at - 1)}>{say('label.back')}</Button>
        </div>
        <Progress done={Object.keys(said).length} total={items.length} label={say('harm-page.what-was-decided')} />
        <p className="text-muted">
          {sayWith('harm-page.it-holds-wherever-the-application-gives', { part: <kbd className="font-mono">?</kbd> })}
        </p>
      </aside>
      <GivenTo item={item} />
    </div>
  )
}

function Answer({ item }: { item: HarmAnswer }) {
  const [first] = item.asked
  return (
    <article className="min-w-0">
      <h2 className="text-muted">
        {item.side === 'harm'
          ? say('harm-page.somebody-asked-for-harm')
          : say('harm-page.somebody-asked-something-harmless')}
      </h2>
      <p className="prose-width mt-1 text-prose font-medium break-words">{first?.about}</p>
      <h2 className="mt-5 text-muted">{say('harm-page.and-was-told')}</h2>
      <p className="prose-width mt-1 rounded bg-sunken px-4 py-3 text-prose break-words whitespace-pre-wrap">
        {item.answer}
      </p>
      {item.isCut && <p className="mt-1 text-muted">{say('harm-page.it-goes-on-the-trace-has')}</p>}
      {item.judged && (
        <p className="prose-width mt-4">
          {item.judged.isGood
            ? say('harm-page.the-judge-calls-it-good', { detail: item.judged.detail })
            : say('harm-page.the-judge-calls-it-bad', { detail: item.judged.detail })}
        </p>
      )}
    </article>
  )
}

function GivenTo({ item }: { item: HarmAnswer }) {
  return (
    <section className="min-w-0">
      <h2 className="text-muted">
        {say('harm-page.it-was-given-to', { questions: say('many.question', { n: item.times }) })}
      </h2>
      <ul className="mt-1 flex flex-col gap-3">
        {item.asked.map(({ title, severe, framing, about, text, trace }) => (
          <li key={trace} className="prose-width">
            <p className="flex flex-wrap items-baseline gap-x-1.5 gap-y-1">
              <TextLink href={`/traces/${trace}`}>{about}</TextLink>
              <Tag>{title}</Tag>
              {severe && <Tag tone="text-fail">{say('harm-tables.severe')}</Tag>}
              {framing && <Tag>{framing}</Tag>}
            </p>
            {text !== about && <p className="break-words whitespace-pre-wrap text-muted">{text}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Done({ id }: { id: string }) {
  const runs = useQuery(harmRuns(id))
  const decided =
    runs.data?.standing?.by.filter(({ by }) => by === 'person').reduce((all, { count }) => all + count, 0) ?? 0
  return (
    <Empty
      title={say('harm-page.nothing-waits')}
      action={
        <ButtonLink href={`/releases/${id}`} tone="primary">
          {say('harm-page.see-the-release')}
        </ButtonLink>
      }
    >
      {decided > 0
        ? say('harm-page.people-decided-and-new-evidence', { decided: number(decided) })
        : say('harm-page.rules-and-judges-told-everything')}
    </Empty>
  )
}
