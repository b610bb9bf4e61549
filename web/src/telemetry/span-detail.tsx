/** What one step did: the prompt as rendered, the passages it found, and its attributes. */
import { useQuery } from '@tanstack/react-query'
import type { Span } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Value } from '../ui/value.tsx'
import { say } from '../words/say.ts'

type Passage = { id: string; title?: string; text?: string; score?: number }

export function SpanDetail({ span, cited, release }: { span: Span; cited: readonly string[]; release: string | null }) {
  const passages = passagesOf(span.attributes)
  const { messages } = span.meaning
  const turns = messages?.filter(({ role }) => role !== 'system') ?? []
  const asked = Math.max(
    0,
    turns.findLastIndex(({ role }) => role === 'user'),
  )
  return (
    <div className="mt-3 rounded border border-line p-4">
      <h3 className="mb-3 text-data font-medium">
        {span.name} {span.meaning.model && <span className="font-normal text-muted">{modelName(span.meaning)}</span>}
      </h3>
      {span.status.message && <p className="mb-3 text-fail">{span.status.message}</p>}
      {messages && messages.length > 0 && (
        <div className="mb-4">
          <p className="mb-1 text-muted">{say('span-detail.prompt-as-rendered')}</p>
          <Messages messages={messages.filter(({ role }) => role === 'system')} />
          {asked > 0 && (
            <details className="mb-2">
              <summary className="rounded text-muted">{say('many.earlier-turn', { n: asked })}</summary>
              <Messages messages={turns.slice(0, asked)} />
            </details>
          )}
          <Messages messages={turns.slice(asked)} />
        </div>
      )}
      {passages.length > 0 && (
        <ol className="mb-4 flex flex-col gap-3">
          {passages.map((passage, index) => (
            <PassageItem
              key={passage.id}
              passage={passage}
              place={index + 1}
              isCited={cited.includes(passage.id)}
              release={release}
            />
          ))}
        </ol>
      )}
      <details>
        <summary className="rounded text-muted">{say('span-detail.attributes')}</summary>
        <div className="mt-2 overflow-x-auto">
          <Value value={span.attributes} />
        </div>
      </details>
    </div>
  )
}

/** Models are named with or without their provider. */
const modelName = ({ provider, model }: Span['meaning']): string =>
  provider && !model?.startsWith(`${provider}/`) ? `${provider}/${model}` : (model ?? '')

const Messages = ({ messages }: { messages: NonNullable<Span['meaning']['messages']> }) =>
  messages.map(({ role, content }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: messages of one fixed call
    <div key={index} className="mb-2">
      <Tag>{role}</Tag>
      <div className="mt-1">
        <CodeBlock>{content}</CodeBlock>
      </div>
    </div>
  ))

/** A trace keeps the ids of passages; their text is read from the index of the release. */
function PassageItem({
  passage,
  place,
  isCited,
  release,
}: {
  passage: Passage
  place: number
  isCited: boolean
  release: string | null
}) {
  const { data } = useQuery({
    queryKey: ['passage', release, passage.id],
    queryFn: () => client.getPassage({ params: { id: release ?? '', passage: passage.id } }),
    enabled: release !== null && passage.text === undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const text = passage.text ?? data?.text
  return (
    <li>
      <p className="flex flex-wrap gap-x-2">
        <span className="text-muted">[{place}]</span> <strong>{passage.title ?? data?.title ?? passage.id}</strong>
        {passage.score !== undefined && (
          <span className="text-muted">{say('span-detail.score', { score: number(passage.score) })}</span>
        )}
        {isCited && <Tag tone="text-pass">{say('span-detail.cited')}</Tag>}
      </p>
      {text && (
        <p className={`prose-width ${isCited ? '' : 'text-muted'}`}>
          {isCited ? <mark className="bg-cited">{text}</mark> : text}
        </p>
      )}
    </li>
  )
}

/** Retrieval writes its passages as a list of objects under a name that ends with `passages` or `documents`. */
function passagesOf(attributes: Span['attributes']): Passage[] {
  const found = Object.entries(attributes).find(
    ([name, value]) => /(passages|documents)$/.test(name) && Array.isArray(value),
  )?.[1]
  return Array.isArray(found)
    ? found.filter((item): item is Passage => typeof item === 'object' && item !== null && 'id' in item)
    : []
}
