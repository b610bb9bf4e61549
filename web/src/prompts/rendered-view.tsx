/** A prompt as a model would get it: its turns, or why it cannot be rendered with these values. */
import { keyed } from '../data/keyed.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { say } from '../words/say.ts'
import type { Piece, Rendered } from './queries.ts'

export function RenderedView({ rendered }: { rendered: Rendered }) {
  if (rendered.kind === 'not-rendered') return <p className="prose-width text-muted">{rendered.message}</p>
  return (
    <div>
      {keyed(rendered.turns, ({ role, content }) => `${role} ${content}`).map(({ key, item: { role, content } }) => (
        <div key={key} className="mb-2">
          <p className="text-muted">{role}</p>
          <CodeBlock>{content.trim()}</CodeBlock>
        </div>
      ))}
      <p className="text-muted">
        {say('rendered-view.estimated', { tokens: say('many.token', { n: rendered.tokens }) })}
      </p>
    </div>
  )
}

/** Two texts in one: what was taken out struck through, what was put in marked. */
export const PieceText = ({ pieces }: { pieces: readonly Piece[] }) => (
  <CodeBlock height="max-h-[60vh]">
    {keyed(pieces, ({ kind, text }) => `${kind} ${text}`).map(({ key, item: { kind, text } }) =>
      kind === 'same' ? (
        text
      ) : kind === 'removed' ? (
        <del key={key} className="bg-removed">
          {text}
        </del>
      ) : (
        <ins key={key} className="bg-accent-soft no-underline">
          {text}
        </ins>
      ),
    )}
  </CodeBlock>
)
