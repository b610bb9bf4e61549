import { expect, test } from 'vitest'
import { outwardUrl } from './outward.ts'

test.for([
  ['https://api.openai.com/v1'],
  ['http://127.0.0.1:11434/v1'],
  ['http://localhost:8000/v1'],
  ['http://[::1]:8000/v1'],
  ['http://10.0.0.7/v1'],
  ['http://192.168.1.5:8080/v1'],
  ['http://[fd12:3456::1]/v1'],
] as const)('asks %s', ([url]) => {
  expect(outwardUrl(url).href).toContain('http')
})

test.for([
  ['http://169.254.169.254/latest/meta-data'],
  ['http://169.254.1.1/'],
  ['http://2852039166/'],
  ['http://0xa9fea9fe/'],
  ['http://0251.0376.0251.0376/'],
  ['http://[::ffff:169.254.169.254]/'],
  ['http://[64:ff9b::a9fe:a9fe]/'],
  ['http://[fe80::1]/'],
  ['http://[fd00:ec2::254]/'],
  ['http://100.100.100.200/'],
  ['file:///etc/passwd'],
  ['ftp://example.com/'],
  ['http://user:secret@example.com/'],
  ['not an address'],
] as const)('never asks %s', ([url]) => {
  expect(() => outwardUrl(url)).toThrow(expect.objectContaining({ code: 'kernel.address-refused' }))
})
