/** A prompt as it is written, with its placeholders marked. */
export function PromptText({ text }: { text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and keys must reach them
    <pre
      tabIndex={0}
      className="mb-3 max-h-96 overflow-auto rounded bg-sunken p-3 font-mono text-[0.75rem] leading-5 whitespace-pre-wrap"
    >
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
    </pre>
  )
}
