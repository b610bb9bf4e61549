/** Room for so many at once: who comes when it is full waits for the first that leaves. */
export type Room = {
  /** Gives what leaves it again; to leave twice is to leave once. */
  enter(): Promise<() => void>
}

export function createRoom(most: number): Room {
  const waiting: (() => void)[] = []
  let inside = 0
  return {
    async enter() {
      if (inside < most) inside += 1
      // Whoever leaves hands the place on.
      else await new Promise<void>((resolve) => waiting.push(resolve))
      let isOut = false
      return () => {
        if (isOut) return
        isOut = true
        const next = waiting.shift()
        if (next) next()
        else inside -= 1
      }
    },
  }
}
