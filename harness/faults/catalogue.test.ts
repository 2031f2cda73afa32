import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import * as api from '../index.ts'
import { backendsFor, builtInFaults } from './catalogue.ts'
import type { Fault } from './fault.ts'

/** Enough of a worker and of a service for a fault to be made, though not injected. */
const target = {
  current: { label: 'worker-1#1', process: { exit: null } },
  name: 'postgres',
  startOrder: 1,
  isUp: true,
}

/** What every function that the fault modules export makes of that. */
async function factories(): Promise<Record<string, Fault>> {
  const helpers = new Set(['catalogue.ts', 'fault.ts', 'worker-fault.ts'])
  const files = (await readdir(import.meta.dirname)).filter((file) => !file.endsWith('.test.ts'))
  const modules = await Promise.all(
    files
      .filter((file) => !helpers.has(file))
      .map(
        async (file) =>
          (await import(/* @vite-ignore */ `./${file}`)) as Record<string, (on: unknown) => Fault>,
      ),
  )
  const functions = modules.flatMap((module) => Object.entries(module))
  return Object.fromEntries(functions.map(([name, make]) => [name, make(target)]))
}

test('every fault that can be made is in the catalogue, as what it is, and is part of the public API', async () => {
  const faults = await factories()
  const made = Object.values(faults).map((fault) => `${fault.kind}: ${fault.target.kind} ${fault.effect}`)
  const listed = builtInFaults().map(({ kind, target: on, effect }) => `${kind}: ${on} ${effect}`)
  expect(made.toSorted()).toEqual(listed.toSorted())
  expect(Object.keys(api)).toEqual(expect.arrayContaining(Object.keys(faults)))
})

test('faults of a service are healed in the order in which services start; of workers after them', async () => {
  const { killService, disconnectService, pauseWorker } = await factories()
  expect([killService, disconnectService, pauseWorker].map((fault) => fault?.healOrder)).toEqual([
    1,
    1,
    undefined,
  ])
})

test('a target that is down is not available, and the fault says why', async () => {
  const dead = { current: { label: 'worker-1#1', process: { exit: { code: 0 } } } }
  expect(api.killWorker(dead as never).available()).toBe('worker-1#1 is not running')
  expect(api.killService({ ...target, isUp: false } as never).available()).toBe('postgres is not running')
  expect(api.killService(target as never).available()).toBeNull()
})

test('a fault that needs a capability is available only on backends that have it', () => {
  expect(backendsFor({})).toEqual(['process', 'docker', 'external', 'dev-server'])
  expect(backendsFor({ needs: 'disconnect' })).toEqual(['docker'])
})
