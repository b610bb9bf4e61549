/** A list under a heading for each state that something in it has, in the order of the states. */
import type { ReactNode } from 'react'
import { Section } from './page.tsx'

export const ByState = <State extends string, Item extends { readonly id: string; readonly state: State }>({
  items,
  states,
  children,
}: {
  items: readonly Item[]
  states: readonly (readonly [title: string, state: State])[]
  /** One item, as an element of the list. */
  children: (item: Item) => ReactNode
}) =>
  states.map(([title, state]) => {
    const own = items.filter((one) => one.state === state)
    return (
      own.length > 0 && (
        <Section key={state} title={title} count={own.length}>
          <ul>{own.map(children)}</ul>
        </Section>
      )
    )
  })
