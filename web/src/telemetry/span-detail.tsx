/** What one step did: the prompt as rendered, the passages it found, and its attributes. */
import type { Span } from '../../../sdk/index.ts'
import { number } from '../data/format.ts'
import { Tag } from '../ui/bits.tsx'
import { Value } from '../ui/value.tsx'

type Passage = { id: string; title?: string; text?: string; score?: number }

export function SpanDetail({ span, cited }: { span: Span; cited: readonly string[] }) {
  const passages = passagesOf(span.attributes)
  const { messages } = span.meaning
  return (
    <div className="mt-3 rounded border border-line p-4">
      <h3 className="mb-3 text-data font-medium">
        {span.name}{' '}
        {span.meaning.model && (
          <span className="font-normal text-muted">
            {span.meaning.provider}/{span.meaning.model}
          </span>
        )}
      </h3>
      {span.status.message && <p className="mb-3 text-fail">{span.status.message}</p>}
      {messages && messages.length > 0 && (
        <div className="mb-4">
          <p className="mb-1 text-muted">Prompt as rendered</p>
          {messages.map(({ role, content }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages of one fixed call
            <div key={index} className="mb-2">
              <Tag>{role}</Tag>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and keys must reach it */}
              <pre
                tabIndex={0}
                className="mt-1 max-h-72 overflow-auto rounded bg-sunken p-3 font-mono text-[0.75rem] leading-5 whitespace-pre-wrap"
              >
                {content}
              </pre>
            </div>
          ))}
        </div>
      )}
      {passages.length > 0 && (
        <ol className="mb-4 flex flex-col gap-3">
          {passages.map(({ id, title, text, score }, index) => (
            <li key={id}>
              <p className="flex flex-wrap gap-x-2">
                <span className="text-muted">[{index + 1}]</span> <strong>{title ?? id}</strong>
                {score !== undefined && <span className="text-muted">score {number(score)}</span>}
                {cited.includes(id) && <Tag tone="text-pass">cited</Tag>}
              </p>
              {text && (
                <p className={`prose-width ${cited.includes(id) ? '' : 'text-muted'}`}>
                  {cited.includes(id) ? <mark className="bg-cited">{text}</mark> : text}
                </p>
              )}
            </li>
          ))}
        </ol>
      )}
      <details>
        <summary className="rounded text-muted">Attributes</summary>
        <div className="mt-2 overflow-x-auto">
          <Value value={span.attributes} />
        </div>
      </details>
    </div>
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
