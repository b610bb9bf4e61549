/** A word with its meaning from the glossary: on hover, on focus and on touch. */
import { Popover } from '@base-ui/react/popover'
import type { ReactNode } from 'react'
import { GLOSSARY, type Term as TermName } from '../glossary.ts'
import { say } from '../words/say.ts'

export function Term({ of, children }: { of: TermName; children: ReactNode }) {
  return (
    <Hint text={GLOSSARY[of]}>
      <span className="underline decoration-line-strong decoration-dotted underline-offset-3">{children}</span>
    </Hint>
  )
}

/** Anything with a sentence that explains it. */
export function Hint({ text, children, label }: { text: ReactNode; children: ReactNode; label?: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger openOnHover delay={250} aria-label={label} className="cursor-help text-left">
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner align="start" sideOffset={6} collisionPadding={8} className="z-40">
          <Popover.Popup
            initialFocus={false}
            aria-label={say('term.explanation')}
            className="max-w-[min(20rem,calc(100vw-1rem))] rounded border border-line bg-raised px-3 py-2 text-data shadow-menu outline-none"
          >
            {text}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
