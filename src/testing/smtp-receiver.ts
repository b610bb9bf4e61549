/** A mail server for tests: takes mail after a login, refuses some recipients, and keeps what it was handed. */
import { type AddressInfo, createServer, type Socket } from 'node:net'

export type ReceivedMail = {
  readonly user: string | null
  readonly from: string
  readonly to: string
  readonly data: string
  readonly subject: string
  readonly text: string
}

const REFUSED: Readonly<Record<string, string>> = {
  'nobody@example.org': '550 there is nobody of this name',
  'later@example.org': '451 not now',
}

export async function openSmtpReceiver(login: { user: string; password: string }) {
  const mails: ReceivedMail[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => {})
    serve(socket, login, mails)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    mails,
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function serve(socket: Socket, login: { user: string; password: string }, mails: ReceivedMail[]): void {
  let buffered = ''
  let isData = false
  let user: string | null = null
  let envelope = { from: '', to: '' }
  const say = (line: string) => socket.write(`${line}\r\n`)

  function hear(line: string): void {
    const [, address = ''] = /<([^>]*)>/.exec(line) ?? []
    if (line.startsWith('EHLO')) socket.write('250-here\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n')
    else if (line.startsWith('AUTH PLAIN ')) {
      const [, name = '', password] = Buffer.from(line.slice(11), 'base64').toString('utf8').split('\0')
      const isRight = name === login.user && password === login.password
      user = isRight ? name : null
      say(isRight ? '235 welcome' : '535 who are you')
    } else if (user === null) say('530 log in first')
    else if (line.startsWith('MAIL FROM')) {
      envelope = { ...envelope, from: address }
      say('250 yes')
    } else if (line.startsWith('RCPT TO')) {
      envelope = { ...envelope, to: address }
      say(REFUSED[address] ?? '250 yes')
    } else if (line === 'DATA') {
      isData = true
      say('354 go on')
    } else if (line === 'QUIT') socket.end('221 good-bye\r\n')
    else say('500 what')
  }

  socket.on('data', (piece) => {
    buffered += piece.toString('utf8')
    for (;;) {
      const end = buffered.indexOf(isData ? '\r\n.\r\n' : '\r\n')
      if (end < 0) return
      const line = buffered.slice(0, end)
      buffered = buffered.slice(end + (isData ? 5 : 2))
      if (isData) {
        isData = false
        mails.push({ user, ...envelope, ...read(line.replaceAll(/^\.\./gm, '.')) })
        say('250 kept')
      } else hear(line)
    }
  })
  say('220 here')
}

function read(data: string): Pick<ReceivedMail, 'data' | 'subject' | 'text'> {
  const [head = '', ...body] = data.split('\r\n\r\n')
  const header = (name: string) => new RegExp(`^${name}: (.*(?:\r\n .*)*)`, 'mi').exec(head)?.[1] ?? ''
  const subject = header('Subject')
    .replaceAll('\r\n ', '')
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/g, (_, form: string, word: string) =>
      form === 'B' ? decoded(word, 'base64') : decoded(word.replaceAll('_', ' '), 'quoted-printable'),
    )
  return { data, subject, text: decoded(body.join('\r\n\r\n'), header('Content-Transfer-Encoding')) }
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8')
  if (encoding !== 'quoted-printable') return text
  const bytes = text.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`)
  return decodeURIComponent(bytes.replaceAll(/%(?![0-9A-F]{2})/g, '%25'))
}
