/** A prompt as it is written, with its placeholders marked. */
import { CodeBlock } from '../ui/code-block.tsx'

export function PromptText({ text }: { text: string }) {
  return (
    <CodeBlock height="mb-3 max-h-96">
      {text.split(/(\{\{.*?\}\})/g).map((piece, index) =>
        piece.startsWith('{{') ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one fixed text
          <mark key={index} className="bg-accent-soft text-accent">
            {piece}
          </mark>
        ) : (
          piece
        ),
      )}
    </CodeBlock>
  )
}
