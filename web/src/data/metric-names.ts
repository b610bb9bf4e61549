/** Names of metrics as people say them, whatever an application calls its own. */

/** `feedback.low-token-f1` as people say it: low token f1, from feedback. A unit at the end is said with the value. */
export function metricLabel(name: string): string {
  const bare = name
    .replace(/^feedback\./, '')
    .replace(/-(ms|micro-usd)$/, '')
    .replaceAll('-', ' ')
  return name.startsWith('feedback.') ? `${bare}, from feedback` : bare
}

/** A sentence of the server's with metrics in words: those from feedback, and what is followed by a colon. */
export const reasonWords = (why: string): string =>
  why.replace(/\bfeedback\.[a-z\d-]+|\b[a-z\d]+(-[a-z\d]+)+(?=:)/g, metricLabel)
