/**
 * Hands a mail in at a server (RFC 6409, over RFC 5321): greeting, STARTTLS, login, one mail to one recipient, good-bye.
 *
 * Invariant: nothing but the greeting goes in clear over a network, and what arrived in clear is not read as if it had
 * come encrypted.
 */
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { Failure } from '../kernel/failure.ts'
import { SECOND } from '../kernel/time.ts'
import { nextOf, type SmtpServer } from './smtp-server.ts'

const SILENCE_MS = 30 * SECOND
const LONGEST_REPLY = 64 * 1024

type Reply = { readonly code: number; readonly lines: readonly string[] }

/** Rejects with `mail.refused`, whose facts say the code and whether another try is in vain, or `mail.unreachable`. */
export async function handIn(server: SmtpServer, mail: { from: string; to: string; data: string }): Promise<void> {
  let line = await open(server, undefined)
  try {
    expectReply(await line.next(), [220])
    let isEncrypted = server.isEncrypted
    let can = await greet(line)
    let way = nextOf(server, { isEncrypted, can })
    if (way === 'encrypt') {
      expectReply(await line.say('STARTTLS'), [220])
      line = await open(server, line.release())
      isEncrypted = true
      can = await greet(line)
      way = nextOf(server, { isEncrypted, can })
    }
    const { user = '', password } = server.login ?? {}
    if (way === 'plain')
      expectReply(await line.say(`AUTH PLAIN ${base64(`\0${user}\0${password?.reveal() ?? ''}`)}`), [235])
    if (way === 'login') {
      expectReply(await line.say('AUTH LOGIN'), [334])
      expectReply(await line.say(base64(user)), [334])
      expectReply(await line.say(base64(password?.reveal() ?? '')), [235])
    }
    expectReply(await line.say(`MAIL FROM:<${mail.from}>`), [250])
    expectReply(await line.say(`RCPT TO:<${mail.to}>`), [250, 251])
    expectReply(await line.say('DATA'), [354])
    // A line that begins with a dot gets another one, or it would end the mail.
    expectReply(await line.say(`${mail.data.replaceAll(/^\./gm, '..')}\r\n.`), [250])
    await line.say('QUIT').catch(() => undefined)
  } finally {
    line.close()
  }
}

async function greet(line: Line): Promise<string[]> {
  const reply = expectReply(await line.say('EHLO airworthy.invalid'), [250])
  return reply.lines.slice(1).map((one) => one.toUpperCase())
}

function expectReply(reply: Reply, codes: readonly number[]): Reply {
  if (codes.includes(reply.code)) return reply
  throw new Failure('unavailable', 'mail.refused', `The mail server refused: ${reply.code} ${reply.lines.join(' ')}`, {
    facts: { smtpCode: reply.code, isFinal: reply.code >= 500 },
  })
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')

type Line = {
  next(): Promise<Reply>
  say(text: string): Promise<Reply>
  /** Gives the socket away, to be encrypted. */
  release(): Socket
  close(): void
}

/** @param inClear a connection that is to be encrypted; undefined for a new one */
async function open({ host, port, isEncrypted }: SmtpServer, inClear: Socket | undefined): Promise<Line> {
  const socket = inClear
    ? connectTls({ socket: inClear, servername: host })
    : isEncrypted
      ? connectTls({ host, port, servername: host })
      : connectPlain({ host, port })
  const event = inClear || isEncrypted ? 'secureConnect' : 'connect'
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error(`nothing was said for ${SILENCE_MS / SECOND} seconds`)))
  await new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve())
    socket.once('error', (thrown) => reject(unreachable(host, thrown)))
  })
  return speak(socket, host)
}

function speak(socket: Socket, host: string): Line {
  let buffered = ''
  let waiting: { resolve(reply: Reply): void; reject(thrown: unknown): void } | undefined
  let ended: unknown

  const end = (thrown: unknown) => {
    ended ??= thrown
    waiting?.reject(ended)
    waiting = undefined
  }
  const hand = () => {
    const reply = waiting && takeReply()
    if (!reply) return
    waiting?.resolve(reply)
    waiting = undefined
  }
  /** The first whole reply of what has arrived: lines with a dash after the code go on. */
  function takeReply(): Reply | undefined {
    const found = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(buffered)
    if (!found) return undefined
    buffered = buffered.slice(found[0].length)
    const lines = found[0].trimEnd().split(/\r?\n/)
    return { code: Number(lines[0]?.slice(0, 3)), lines: lines.map((one) => one.slice(4)) }
  }
  const onData = (piece: Buffer) => {
    buffered += piece.toString('utf8')
    if (buffered.length > LONGEST_REPLY) socket.destroy(new Error('it said too much'))
    hand()
  }
  socket.on('data', onData)
  socket.on('error', (thrown) => end(unreachable(host, thrown)))
  socket.on('close', () => end(unreachable(host, new Error('it hung up'))))

  const next = () =>
    new Promise<Reply>((resolve, reject) => {
      if (ended) return reject(ended)
      waiting = { resolve, reject }
      hand()
    })
  return {
    next,
    say(text) {
      socket.write(`${text}\r\n`)
      return next()
    },
    release() {
      if (buffered !== '') throw unreachable(host, new Error('it spoke on in clear after STARTTLS'))
      socket.removeAllListeners('data')
      socket.setTimeout(0)
      return socket
    },
    close: () => socket.destroy(),
  }
}

const unreachable = (host: string, thrown: unknown): Failure =>
  new Failure(
    'unavailable',
    'mail.unreachable',
    `The mail server ${host} cannot be reached: ${thrown instanceof Error ? thrown.message : String(thrown)}.`,
  )
