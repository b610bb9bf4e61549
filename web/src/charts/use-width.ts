/** How wide an element is drawn, so that letters in a drawing keep their size on a narrow screen. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

/** @param first px until the element has been measured */
export function useWidth<E extends Element>(first: number): readonly [RefObject<E | null>, number] {
  const ref = useRef<E>(null)
  const [width, setWidth] = useState(first)
  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth || first)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [first])
  return [ref, width]
}
