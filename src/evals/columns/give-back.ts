/**
 * Gives the memory of long arrays back at once, and leaves them empty. It lies outside of V8's heap, which hardly sees how
 * much waits to be collected there: five scores of a million rows left 60 MB.
 */
export function giveBack(...arrays: readonly ArrayBufferView[]): void {
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffer.transfer(0)
}
