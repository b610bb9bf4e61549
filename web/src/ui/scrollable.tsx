/** A box that scrolls by itself; it takes the focus, so that keys scroll it as well. */
import type { ReactNode } from 'react'

export function Scrollable({
  as: Element = 'div',
  className,
  children,
}: {
  as?: 'div' | 'span' | 'pre'
  className: string
  children: ReactNode
}) {
  return (
    <Element tabIndex={0} className={className}>
      {children}
    </Element>
  )
}
