/** Keys that work everywhere. Typing into a field is never taken for a command. */
import { useEffect, useRef } from 'react'

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

export type KeyHelp = readonly (readonly [key: string, meaning: string])[]

let keysOfPage: KeyHelp = []
/** What the help says of the page that is shown. */
export const pageKeys = (): KeyHelp => keysOfPage

/** Keys of one page, with what the help says of them. Give it the same list each time. */
export function usePageKeys(help: KeyHelp, commands: Readonly<Record<string, () => unknown>>): void {
  useKeys(commands)
  useEffect(() => {
    keysOfPage = help
    return () => {
      keysOfPage = []
    }
  }, [help])
}

/** Calls the command of a key, or of two in a row such as `g a`; one that answers `false` leaves the key to the page. */
export function useKeys(commands: Readonly<Record<string, () => unknown>>): void {
  const latest = useRef(commands)
  latest.current = commands
  useEffect(() => {
    let first = ''
    let timer: number | undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault()
        latest.current['mod k']?.()
        return
      }
      if (
        event.metaKey ||
        event.ctrlKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('dialog[open]')
      )
        return
      const command = latest.current[first ? `${first} ${event.key}` : event.key]
      window.clearTimeout(timer)
      first = command ? '' : event.key
      timer = window.setTimeout(() => {
        first = ''
      }, 900)
      if (!command) return
      if (command() !== false) event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.clearTimeout(timer)
    }
  }, [])
}

/** `j` and `k` move the focus through the links of rows marked with `data-row`. */
export function moveRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')]
  if (rows.length === 0) return
  const at = rows.findIndex((row) => row.contains(document.activeElement))
  const next = rows[Math.min(rows.length - 1, Math.max(0, at < 0 ? 0 : at + by))]
  const target = next?.matches('a,button') ? next : next?.querySelector<HTMLElement>('a,button')
  target?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}
