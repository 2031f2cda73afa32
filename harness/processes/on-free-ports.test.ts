import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { onFreePorts, portTaken, saidInLog } from './on-free-ports.ts'

async function logFile() {
  const folder = await mkdtemp(join(tmpdir(), 'chaos-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return join(folder, 'log')
}

test('the messages of PostgreSQL, of Go and of Docker about a taken port are known', () => {
  const postgres =
    '2026-11-21 11:06:00 UTC [14074] LOG:  could not bind IPv4 address "127.0.0.1": Address already in use'
  const go = '{"level":"fatal","error":"listen tcp 127.0.0.1:15900: bind: address already in use","msg":"x"}'
  expect(portTaken(postgres)).toMatch(/Address already in use$/)
  expect(portTaken(go)).toBe('listen tcp 127.0.0.1:15900: bind: address already in use')
  const docker =
    'driver failed programming external connectivity: Bind for 127.0.0.1:7233 failed: port is already allocated'
  expect(portTaken(docker)).toMatch(/port is already allocated$/)
  expect(portTaken('all is well')).toBeUndefined()
})

test('a taken port is told and others are tried', async () => {
  const file = await logFile()
  const told: string[] = []
  const seen: number[] = []
  const started = await onFreePorts(
    ['port'],
    saidInLog(file),
    (text) => told.push(text),
    async ({ port }) => {
      seen.push(port)
      if (seen.length > 1) return 'started'
      await writeFile(file, 'bind: address already in use')
      throw new Error('exited')
    },
  )
  expect(started).toBe('started')
  expect(seen).toHaveLength(2)
  expect(told).toEqual([expect.stringContaining('bind: address already in use')])
})

test('three taken ports in a row are enough', async () => {
  const file = await logFile()
  const start = async () => {
    await writeFile(file, 'Address already in use')
    throw new Error('exited')
  }
  await expect(onFreePorts(['port'], saidInLog(file), () => undefined, start)).rejects.toThrow('exited')
})

test('another failure is not tried again', async () => {
  const file = await logFile()
  let starts = 0
  const start = async () => {
    starts += 1
    throw new Error('no memory')
  }
  await expect(onFreePorts(['port'], saidInLog(file), () => undefined, start)).rejects.toThrow('no memory')
  expect(starts).toBe(1)
})
