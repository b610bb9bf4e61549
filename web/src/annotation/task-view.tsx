/** What is to be judged: the question, the answer, and what there is to judge it by. */
import type { ReactNode } from 'react'
import type { AnnotationTask } from '../../../sdk/index.ts'
import { keyed } from '../data/keyed.ts'
import { Scrollable } from '../ui/scrollable.tsx'
import { say } from '../words/say.ts'

export function TaskView({ item }: Pick<AnnotationTask, 'item'>) {
  const { input, answer, other, expected, passages } = item
  const turns = turnsOf(input)
  const earlier = turns.slice(0, -1)
  const last = turns.at(-1) ?? ''
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Part title={say('task-view.question')}>
        {keyed(earlier, String).map(({ key, item: turn }) => (
          <p
            key={key}
            className="prose-width mb-1.5 border-l-2 border-line pl-3 break-words whitespace-pre-wrap text-muted"
          >
            {turn}
          </p>
        ))}
        <p className="prose-width text-prose break-words whitespace-pre-wrap">{last.replace(/^user: /, '')}</p>
      </Part>
      {other === null ? (
        <Part title={say('task-view.answer')}>
          <Answer text={answer} />
        </Part>
      ) : (
        <div className="grid gap-5 lg:grid-cols-2">
          <Part title="A">
            <Answer text={answer} />
          </Part>
          <Part title="B">
            <Answer text={other} />
          </Part>
        </div>
      )}
      {expected !== null && (
        <Part title={say('task-view.reference')}>
          <p className="prose-width break-words whitespace-pre-wrap text-muted">{expected}</p>
        </Part>
      )}
      {passages.length > 0 && (
        <Part title={say('task-view.what-it-was-given', { passages: passages.length })}>
          <Scrollable className="prose-width flex max-h-80 flex-col gap-3 overflow-y-auto rounded border border-line p-3">
            {keyed(passages, (text) => text).map(({ key, item: text, at }) => (
              <p key={key} className="break-words whitespace-pre-wrap">
                <span className="mr-2 font-mono text-[0.75rem] text-muted">{at + 1}</span>
                {text.trim()}
              </p>
            ))}
          </Scrollable>
        </Part>
      )}
    </div>
  )
}

const Answer = ({ text }: { text: string }) => (
  <p className="prose-width rounded border-l-2 border-accent bg-sunken px-4 py-3 text-prose break-words whitespace-pre-wrap">
    {text || <span className="text-muted">{say('task-view.it-answered-nothing')}</span>}
  </p>
)

/** A conversation is kept as lines that begin with who speaks. */
const turnsOf = (input: string): string[] =>
  /^(user|assistant|system): /.test(input) ? input.split(/\n(?=(?:user|assistant|system): )/) : [input]

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section aria-label={title}>
    <h2 className="mb-1 text-data font-normal text-muted">{title}</h2>
    {children}
  </section>
)
