/** State that belongs into the address bar, so that a view can be sent to a colleague. */
import { useCallback } from 'react'
import { useLocation, useSearch } from 'wouter'

/** One parameter of the query; setting it replaces the entry in the history. */
export function useParameter(name: string): [string | undefined, (value: string | undefined) => void] {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const value = new URLSearchParams(search).get(name) ?? undefined
  // The same one as long as the page is, so that what is drawn with it stays as it is.
  const set = useCallback(
    (next: string | undefined) => {
      const parameters = new URLSearchParams(window.location.search)
      if (next === undefined || next === '') parameters.delete(name)
      else parameters.set(name, next)
      const text = parameters.toString()
      navigate(text ? `${path}?${text}` : path, { replace: true })
    },
    [name, path, navigate],
  )
  return [value, set]
}
