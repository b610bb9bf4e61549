/** A prompt as a model would get it: its turns, or why it cannot be rendered with these values. */
import { many } from '../data/format.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import type { Piece, Rendered } from './queries.ts'

export function RenderedView({ rendered }: { rendered: Rendered }) {
  if (rendered.kind === 'not-rendered') return <p className="prose-width text-muted">{rendered.message}</p>
  return (
    <div>
      {rendered.turns.map(({ role, content }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the turns are shown in their order
        <div key={index} className="mb-2">
          <p className="text-muted">{role}</p>
          <CodeBlock>{content.trim()}</CodeBlock>
        </div>
      ))}
      <p className="text-muted">{many(rendered.tokens, 'token')} (estimated)</p>
    </div>
  )
}

/** Two texts in one: what was taken out struck through, what was put in marked. */
export const PieceText = ({ pieces }: { pieces: readonly Piece[] }) => (
  <CodeBlock height="max-h-[60vh]">
    {pieces.map(({ kind, text }, index) =>
      kind === 'same' ? (
        text
      ) : kind === 'removed' ? (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
        <del key={index} className="bg-removed">
          {text}
        </del>
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
        <ins key={index} className="bg-accent-soft no-underline">
          {text}
        </ins>
      ),
    )}
  </CodeBlock>
)
