/** The choices as buttons with their keys, and what each means. */
import type { AnnotationQueue } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

/** What is said: a choice, null for "cannot tell", undefined for nothing yet. */
export type Said = string | null | undefined

export function ChoiceList({
  choices,
  said,
  onSay,
  mayPass = true,
}: {
  choices: AnnotationQueue['choices']
  said: Said
  onSay: (said: string | null) => void
  /** Whether one may say that one cannot tell. */
  mayPass?: boolean
}) {
  return (
    <fieldset aria-label={say('choice-list.what-is-it')} className="grid grid-cols-2 gap-1.5 md:grid-cols-1">
      {choices.map(({ value, meaning }, at) => (
        <ChoiceButton
          key={value}
          label={value}
          meaning={meaning}
          at={String(at + 1)}
          isSaid={said === value}
          onSay={() => onSay(value)}
        />
      ))}
      {mayPass && (
        <ChoiceButton
          label={say('choice-list.cannot-tell')}
          meaning=""
          at="0"
          isSaid={said === null}
          onSay={() => onSay(null)}
        />
      )}
    </fieldset>
  )
}

function ChoiceButton({
  label,
  meaning,
  at,
  isSaid,
  onSay,
}: {
  label: string
  meaning: string
  at: string
  isSaid: boolean
  onSay: () => void
}) {
  return (
    <button
      type="button"
      aria-pressed={isSaid}
      aria-keyshortcuts={at}
      data-choice
      onClick={onSay}
      className="flex items-baseline gap-3 rounded border border-line bg-raised px-3 py-2 text-left hover:bg-hover aria-pressed:border-accent aria-pressed:bg-selected"
    >
      <kbd className="font-mono text-[0.75rem] text-muted">{at}</kbd>
      <span>
        <span className="text-prose font-medium">{label}</span>
        {meaning && <span className="block text-muted">{meaning}</span>}
      </span>
    </button>
  )
}

/** The keys 1 to 9, and 0 for "cannot tell"; of a pair also the arrow that points to the better one. */
export function choiceKeys(
  { choices, kind }: Pick<AnnotationQueue, 'choices' | 'kind'>,
  onSay: (said: string | null) => void,
): Record<string, () => void> {
  return {
    ...(kind === 'pairs' && { ArrowLeft: () => onSay('A'), ArrowRight: () => onSay('B') }),
    '0': () => onSay(null),
    ...Object.fromEntries(choices.map(({ value }, at) => [String(at + 1), () => onSay(value)])),
  }
}

/** Enter saves, unless something that it opens or presses has the focus. */
export function isElsewhere(): boolean {
  const focused = document.activeElement
  return focused instanceof HTMLElement && focused.matches('a, button, summary') && !focused.matches('[data-choice]')
}
