/** One file as text, with the numbers of its lines and its mistakes marked on them. */
import { useRef, useState } from 'react'
import { number } from '../data/format.ts'
import type { BlueprintFiles, Problem } from '../data/shapes.ts'
import { CopyButton } from '../ui/bits.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const LONGEST = 400_000

type Props = {
  path: string
  file: BlueprintFiles[string] | undefined
  problems: readonly Problem[]
  onChange: ((text: string) => void) | undefined
}

export function FileEditor({ path, file, problems, onChange }: Props) {
  const numbers = useRef<HTMLPreElement>(null)
  const [kept, setKept] = useState(typeof file === 'string' ? file : '')
  const text = typeof file === 'string' ? file : kept
  if (typeof file !== 'string')
    return (
      <p className="text-muted">
        {sayWith('file-editor.is-not-text-bytes-change-it-in', {
          path,
          base64: number(Math.round((file?.base64.length ?? 0) * 0.75)),
        })}
      </p>
    )
  if (text.length > LONGEST)
    return (
      <>
        <p className="mb-2 text-muted">
          {sayWith('file-editor.has-characters-too-many-to-edit-here', { path, text: number(text.length) })}
        </p>
        <CodeBlock height="max-h-[60vh]">{text.slice(0, 40_000)}</CodeBlock>
      </>
    )
  const lines = text.split('\n').length
  const wrong = new Set(problems.map(({ line }) => line))
  return (
    <div className="rounded border border-line">
      <div className="flex min-h-9 items-center gap-2 border-b border-line px-3">
        <span className="truncate font-mono text-[0.75rem]">{path}</span>
        <span className="ml-auto text-muted">{say('file-editor.lines', { lines: number(lines) })}</span>
        <CopyButton text={text} what={say('file-editor.file')} />
      </div>
      <div className="grid grid-cols-[3.25rem_1fr] bg-sunken font-mono text-[0.75rem] leading-5">
        <pre
          ref={numbers}
          aria-hidden="true"
          className="h-[60vh] overflow-hidden py-3 pr-3 text-right text-faint select-none"
        >
          {Array.from({ length: lines }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are their numbers
            <span key={index} className={`block ${wrong.has(index + 1) ? 'bg-removed text-fail' : ''}`}>
              {index + 1}
            </span>
          ))}
        </pre>
        <textarea
          aria-label={say('file-editor.text-of', { path })}
          spellCheck={false}
          readOnly={!onChange}
          wrap="off"
          value={text}
          onScroll={(event) => numbers.current?.scrollTo(0, event.currentTarget.scrollTop)}
          onChange={(event) => {
            setKept(event.target.value)
            onChange?.(event.target.value)
          }}
          className="h-[60vh] w-full resize-none overflow-auto bg-transparent px-2 py-3 whitespace-pre outline-offset-[-2px]"
        />
      </div>
    </div>
  )
}
