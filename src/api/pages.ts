/** The few pages that the server writes itself. They hold no input of anybody, no style and no script. */

const page = ({ title, lines, command }: { title: string; lines: readonly string[]; command: string }): string =>
  `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} · Airworthy</title></head>
<body>
<main>
<h1>${title}</h1>
${lines.map((line) => `<p>${line}</p>`).join('\n')}
<pre><code>${command}</code></pre>
</main>
</body>
</html>
`

export const html = (text: string, status: number): Response =>
  new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } })

const BECAUSE = {
  unknown: 'This sign-in link is not known here.',
  used: 'This sign-in link was used already; each works once.',
  expired: 'This sign-in link is older than ten minutes.',
} as const

export const signInRefusedPage = (because: keyof typeof BECAUSE): string =>
  page({
    title: 'Not signed in',
    lines: [BECAUSE[because], 'Make a new one on the machine that Airworthy runs on:'],
    command: 'airworthy open',
  })

export const webMissingPage = (): string =>
  page({
    title: 'The pages are not built yet',
    lines: ['The server runs, and its API and gateway work. To see the pages, build them and load this page again:'],
    command: 'npm run build:web',
  })
