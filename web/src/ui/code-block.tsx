/** Text as it is, in a box that scrolls by itself and that keys can reach. */
import type { ReactNode } from 'react'
import { Scrollable } from './scrollable.tsx'

export function CodeBlock({ children, height = 'max-h-72' }: { children: ReactNode; height?: string }) {
  return (
    <Scrollable
      as="pre"
      className={`${height} overflow-auto rounded bg-sunken p-3 font-mono text-[0.75rem] leading-5 whitespace-pre-wrap`}
    >
      {children}
    </Scrollable>
  )
}
