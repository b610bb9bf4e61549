/** Ask one release, or two side by side: the answers, what they rest on, and where they differ. */
import { useMutation, useQueries, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ReleaseSummary, Turn } from '../../../sdk/index.ts'
import { useParameter } from '../data/address.ts'
import { applicationNames, releases, useMay } from '../data/queries.ts'
import { STAGES } from '../delivery/stages.ts'
import { Command } from '../ui/bits.tsx'
import { Button, ButtonLink } from '../ui/button.tsx'
import { Choice } from '../ui/field.tsx'
import { Page } from '../ui/page.tsx'
import { Empty, Waiting } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { AnswerView } from './answer-view.tsx'
import { type Answer, askRelease } from './answers.ts'
import { DisclosureNote } from './disclosure-note.tsx'
import { KeepDialog } from './keep-dialog.tsx'

type Asked = { turns: Turn[]; answers: Record<string, Answer | { failure: unknown }> }

export function PlaygroundPage() {
  const all = useQuery(applicationNames)
  const names = all.data?.items.map(({ name }) => name) ?? []
  const lists = useQueries({ queries: names.map((name) => releases(name)) })
  const frozen = lists.flatMap(({ data }) => data?.items ?? [])
  if (all.isPending || lists.some(({ isPending }) => isPending))
    return (
      <Page title={say('playground.playground')}>
        <Waiting />
      </Page>
    )
  if (frozen.length === 0)
    return (
      <Page title={say('playground.playground')}>
        <Empty
          title={say('playground.there-is-no-release-to-ask-yet')}
          command={<Command text="npx airworthy freeze" />}
          action={
            <ButtonLink tone="primary" href="/applications">
              {say('playground.choose-an-application')}
            </ButtonLink>
          }
        >
          {say('playground.here-you-ask-a-release-or-two')}
        </Empty>
      </Page>
    )
  return <Playground frozen={frozen} />
}

function Playground({ frozen }: { frozen: readonly ReleaseSummary[] }) {
  const [application] = useParameter('application')
  const [a, setA] = useParameter('a')
  const [b, setB] = useParameter('b')
  const [question, setQuestion] = useState('')
  const [history, setHistory] = useState<Asked[]>([])
  const [keeping, setKeeping] = useState(false)
  const may = useMay()
  const first =
    frozen.find(({ id }) => id === a) ??
    answering(frozen.filter((release) => !application || release.application === application)) ??
    frozen[0]
  const second = frozen.find(({ id }) => id === b)
  const asked = [first, second].filter((release) => release !== undefined)
  const last = history.at(-1)
  const send = useMutation({
    mutationFn: async () => {
      const turns: Turn[] = [...conversation(last, first?.id), { role: 'user', content: question.trim() }]
      const answers = await Promise.all(
        asked.map(
          async ({ id }) =>
            [
              id,
              await askRelease({ release: id, turns, signal: AbortSignal.timeout(120_000) }).catch(
                (failure: unknown) => ({ failure }),
              ),
            ] as const,
        ),
      )
      return { turns, answers: Object.fromEntries(answers) }
    },
    onSuccess: (made) => {
      setHistory((before) => [...before, made])
      setQuestion('')
    },
  })
  const options = frozen.map(
    (release) =>
      [
        release.id,
        `${release.application} r${release.number}${release.live.length > 0 ? say('playground.live-in', { live: release.live.map(({ stage }) => stage).join(', ') }) : ''}`,
      ] as const,
  )
  return (
    <Page
      title={say('playground.playground')}
      actions={
        history.length === 0 ? (
          first &&
          may('operate') && (
            <ButtonLink href={`/applications/${first.application}/test-pages`}>{say('playground.share-it')}</ButtonLink>
          )
        ) : (
          <>
            {may('build') && (
              <Button onClick={() => setKeeping(true)}>{say('playground.keep-as-an-application')}</Button>
            )}
            <Button onClick={() => setHistory([])}>{say('playground.new-conversation')}</Button>
          </>
        )
      }
    >
      <div className="mb-5 grid gap-x-8 gap-y-3 md:grid-cols-2">
        <Choice label={say('playground.ask')} value={first?.id ?? ''} onChange={setA} options={options} />
        <Choice
          label={say('playground.beside-it')}
          value={second?.id ?? ''}
          onChange={setB}
          options={[['', 'nothing'], ...options.filter(([id]) => id !== first?.id)]}
        />
      </div>
      {first && <DisclosureNote release={first.id} />}
      {history.map(({ turns, answers }, index) => (
        <section
          // biome-ignore lint/suspicious/noArrayIndexKey: a conversation only grows
          key={index}
          aria-label={say('playground.question', { index: index + 1 })}
          className="mb-8 border-t border-line pt-4"
        >
          <h2 className="prose-width mb-3 text-prose font-medium">{turns.at(-1)?.content}</h2>
          <div className={`grid gap-x-8 gap-y-6 ${Object.keys(answers).length > 1 ? 'md:grid-cols-2' : ''}`}>
            {Object.entries(answers).map(([id, answer]) => (
              <AnswerView
                key={id}
                name={nameOf(frozen, id)}
                answer={answer}
                other={Object.entries(answers).find(([one]) => one !== id)?.[1]}
                isSecond={id === second?.id}
              />
            ))}
          </div>
        </section>
      ))}
      {keeping && first && (
        <KeepDialog
          release={first.id}
          questions={history.map(({ turns, answers }) => ({ turns, answer: answerOf(answers[first.id]) }))}
          onClose={() => setKeeping(false)}
        />
      )}
      <form
        className="sticky bottom-16 flex flex-col gap-2 bg-surface py-3 md:bottom-0"
        onSubmit={(event) => {
          event.preventDefault()
          if (question.trim()) send.mutate()
        }}
      >
        <label htmlFor="question" className="sr-only">
          {say('playground.question-2')}
        </label>
        <textarea
          id="question"
          rows={2}
          value={question}
          placeholder={
            history.length > 0 ? say('playground.ask-on-the-conversation-so-far-is') : say('playground.ask-a-question')
          }
          onChange={(event) => setQuestion(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.shiftKey) return
            event.preventDefault()
            if (question.trim() && !send.isPending) send.mutate()
          }}
          className="field text-prose"
        />
        <div className="flex items-center gap-3">
          <Button type="submit" tone="primary" disabled={!question.trim() || !may('infer')} busy={send.isPending}>
            {say('playground.ask-2', { asked: asked.length > 1 ? say('playground.both') : '' })}
          </Button>
          <span className="text-muted">
            {may('infer')
              ? say('playground.enter-asks-shift-and-enter-begins-a')
              : say('playground.your-role-may-look-not-ask')}
          </span>
        </div>
      </form>
    </Page>
  )
}

/** The release that most users would be answered by: the one with the largest share in the highest stage. */
const answering = (releases: readonly ReleaseSummary[]): ReleaseSummary | undefined =>
  releases
    .flatMap((release) => release.live.map(({ stage, share }) => ({ release, rank: STAGES.indexOf(stage) + share })))
    .toSorted((x, y) => y.rank - x.rank)[0]?.release

/** The conversation so far, with the answers of the first release. */
function conversation(last: Asked | undefined, release: string | undefined): Turn[] {
  const answer = last && release ? last.answers[release] : undefined
  return last && answer && 'answer' in answer ? [...last.turns, { role: 'assistant', content: answer.answer }] : []
}

const answerOf = (given: Asked['answers'][string] | undefined): string | undefined =>
  given && 'answer' in given && !given.abstained ? given.answer : undefined

function nameOf(frozen: readonly ReleaseSummary[], id: string): string {
  const release = frozen.find((one) => one.id === id)
  return release ? `${release.application} r${release.number}` : id
}
