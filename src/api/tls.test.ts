/** S1.16.4a · TLS of the port itself: renewed files are taken while it runs, files that do not fit are not. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { makeCertificate } from '../testing/certificate.ts'
import { createTlsServer } from './tls.ts'

const folder = mkdtempSync(join(tmpdir(), 'airworthy-tls-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const files = { certificate: join(folder, 'port.crt'), key: join(folder, 'port.key') }
const write = ({ certificate, key }: { certificate: string; key: string }) => {
  writeFileSync(files.certificate, certificate)
  writeFileSync(files.key, key)
}

test('a renewed certificate is shown to the next connection, and one without its key never', async () => {
  write(makeCertificate())
  const told: unknown[] = []
  const server = createTlsServer(files, {
    keepAliveTimeout: 1000,
    answer: (_, response) => void response.end(),
    report: (thrown) => told.push(thrown),
    lookMs: 20,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const shown = () =>
    new Promise<string>((resolve, reject) => {
      const { port } = server.address() as AddressInfo
      const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256)
        socket.destroy()
      }).on('error', reject)
    })
  const first = await shown()
  write({ certificate: makeCertificate().certificate, key: makeCertificate().key })
  await expect.poll(() => told.length, { timeout: 10_000 }).toBeGreaterThan(0)
  expect([await shown(), String(told[0])]).toEqual([first, expect.stringContaining('AIRWORTHY_TLS_KEY')])
  write(makeCertificate())
  await expect.poll(shown, { timeout: 10_000 }).not.toBe(first)
  server.close()
})

test('files that do not belong together, or are not there, stop the start', () => {
  write({ certificate: makeCertificate().certificate, key: makeCertificate().key })
  const ask = { keepAliveTimeout: 1000, answer: () => {}, report: () => {} }
  expect(() => createTlsServer(files, ask)).toThrow(/cannot be used: .*Mend AIRWORTHY_TLS_CERT/)
  expect(() => createTlsServer({ ...files, key: join(folder, 'none') }, ask)).toThrow(/cannot be used: ENOENT/)
})
