import { describe, expect, test } from 'vitest'
import { monotonicMs } from '../../core/clock.ts'
import type { Exit } from '../../processes/session.ts'
import type { Evidence } from '../../record/evidence.ts'
import { ManagedService } from './managed-service.ts'
import type { ServiceDriver, ServiceLife } from './service-driver.ts'

/** A service in memory: it does what it is told at once, and keeps a list of it. */
class MemoryDriver implements ServiceDriver {
  readonly name = 'postgres'
  readonly backend = 'process'
  readonly calls: string[] = []
  readonly deaths: Exit[] = []
  /** Called instead of an operation of this name. */
  readonly instead = new Map<string, () => Promise<never>>()
  #lives = 0
  #exit: (exit: Exit) => void = () => undefined

  /** The exit of the present life. */
  exits(signal: NodeJS.Signals): void {
    this.#exit({ code: null, signal, atMs: monotonicMs() })
  }

  async start(): Promise<ServiceLife> {
    await this.#does('start')
    const { promise, resolve } = Promise.withResolvers<Exit>()
    this.#exit = resolve
    this.#lives += 1
    return { exited: promise, evidence: { life: this.#lives } }
  }

  async serving(): Promise<Evidence> {
    await this.#does('serving')
    return { bootId: `boot-${this.#lives}` }
  }

  settled(): Promise<void> {
    return this.#does('settled')
  }

  async kill({ exited }: ServiceLife, sinceMs: number): Promise<Evidence> {
    await this.#does('kill')
    this.exits('SIGKILL')
    const { signal, atMs } = await exited
    return { signal, wasKilledInOrder: atMs >= sinceMs }
  }

  async stop({ exited }: ServiceLife, _: number, graceMs: number): Promise<Evidence> {
    await this.#does('stop')
    this.exits('SIGTERM')
    return { signal: (await exited).signal, graceMs }
  }

  async pause(): Promise<Evidence> {
    await this.#does('pause')
    return { state: 'T' }
  }

  async resume(): Promise<Evidence> {
    await this.#does('resume')
    return { stateWas: 'T' }
  }

  abandon(): Promise<void> {
    return this.#does('abandon')
  }

  discard(): Promise<void> {
    return this.#does('discard')
  }

  watched() {
    return { name: this.name, pid: this.#lives }
  }

  died(exit: Exit): void {
    this.deaths.push(exit)
  }

  async #does(operation: string): Promise<void> {
    this.calls.push(operation)
    await this.instead.get(operation)?.()
  }
}

async function begun() {
  const driver = new MemoryDriver()
  return { driver, service: await ManagedService.begin(driver) }
}

const failing = async () => {
  throw new Error('no')
}

test('the evidence of a start names this life and the one before it', async () => {
  const { service } = await begun()
  await service.kill()
  const evidence = await service.start()
  expect(evidence).toEqual({
    life: 2,
    bootId: 'boot-2',
    previousBootId: 'boot-1',
    readyMs: expect.any(Number),
    outageMs: expect.any(Number),
  })
  expect(Object.keys(evidence)).toEqual(['life', 'bootId', 'previousBootId', 'readyMs', 'outageMs'])
})

test('whoever waits for it hears that it serves before it has settled', async () => {
  const { driver, service } = await begun()
  await service.stop()
  let heardAfter: string[] = []
  const evidence = await service.start(() => {
    heardAfter = [...driver.calls]
  })
  expect(heardAfter.at(-1)).toBe('serving')
  expect(driver.calls.at(-1)).toBe('settled')
  expect(evidence).toMatchObject({ life: 2 })
})

const states = [
  ['up', [], { allowed: ['kill', 'stop', 'pause'], refused: ['start', 'resume'] }],
  ['down', ['kill'], { allowed: ['start'], refused: ['kill', 'stop', 'pause', 'resume'] }],
  ['paused', ['pause'], { allowed: ['kill', 'stop', 'resume'], refused: ['start', 'pause'] }],
] as const

describe.each(states)('while it is %s', (state, before, { allowed, refused }) => {
  async function brought() {
    const { driver, service } = await begun()
    for (const earlier of before) await service[earlier]()
    const calls = driver.calls.length
    return { service, callsSince: () => driver.calls.slice(calls) }
  }

  test.each(allowed)('%s is done', async (operation) => {
    const { service, callsSince } = await brought()
    await service[operation]()
    expect(callsSince()[0]).toBe(operation)
  })

  test.each(refused)('%s is a mistake, and nothing is done', async (operation) => {
    const { service, callsSince } = await brought()
    await expect(service[operation]()).rejects.toMatchObject({
      code: 'CHAOS_SERVICE_STATE',
      message: `cannot ${operation} postgres: it is ${state}`,
    })
    expect(callsSince()).toEqual([])
  })
})

test('a pause and its end say how long each took', async () => {
  const { service } = await begun()
  const paused = await service.pause()
  expect([service.isPaused, service.isUp]).toEqual([true, true])
  expect(paused).toEqual({ state: 'T', shownMs: expect.any(Number) })
  const resumed = await service.resume()
  expect(resumed).toEqual({ stateWas: 'T', pausedMs: expect.any(Number) })
  expect(resumed['pausedMs']).toBeGreaterThanOrEqual(paused['shownMs'] as number)
  expect(service.isPaused).toBe(false)
})

test('a resume without proof leaves it paused, so that it can be healed', async () => {
  const { driver, service } = await begun()
  await service.pause()
  driver.instead.set('resume', failing)
  await expect(service.resume()).rejects.toThrow('no')
  expect(service.isPaused).toBe(true)
})

test('a death that nobody asked for is reported, once', async () => {
  const { driver, service } = await begun()
  driver.exits('SIGSEGV')
  await expect.poll(() => driver.deaths).toMatchObject([{ signal: 'SIGSEGV' }])
  expect([service.isUp, service.pid]).toEqual([false, null])
  await service.start()
  expect(driver.deaths).toHaveLength(1)
})

test('one that the harness asked for is not', async () => {
  const { driver, service } = await begun()
  expect(await service.kill()).toEqual({ signal: 'SIGKILL', wasKilledInOrder: true })
  await service.start()
  expect(await service.stop(7)).toEqual({ signal: 'SIGTERM', graceMs: 7 })
  await service.start()
  expect(driver.deaths).toEqual([])
})

test.each(['serving', 'settled'])(
  'a start that fails at %s is abandoned and can be tried again',
  async (step) => {
    const { driver, service } = await begun()
    await service.kill()
    driver.instead.set(step, failing)
    await expect(service.start()).rejects.toThrow('no')
    expect(driver.calls.at(-1)).toBe('abandon')
    expect(service.isUp).toBe(false)
    driver.instead.clear()
    await service.start()
    expect(service.isUp).toBe(true)
  },
)

test('a start that never came to life has nothing to abandon', async () => {
  const { driver, service } = await begun()
  await service.kill()
  driver.instead.set('start', failing)
  await expect(service.start()).rejects.toThrow('no')
  expect(driver.calls.at(-1)).toBe('start')
  expect(service.isUp).toBe(false)
})

test('a first start that fails leaves nothing', async () => {
  const driver = new MemoryDriver()
  driver.instead.set('serving', failing)
  await expect(ManagedService.begin(driver)).rejects.toThrow('no')
  expect(driver.calls).toEqual(['start', 'serving', 'abandon', 'discard'])
})

test('it is up from the instant it runs: nobody heals a service that is starting', async () => {
  const { driver, service } = await begun()
  await service.kill()
  const seen: boolean[] = []
  driver.instead.set('serving', async () => {
    seen.push(service.isUp)
    throw new Error('no')
  })
  await expect(service.start()).rejects.toThrow('no')
  expect(seen).toEqual([true])
})

test('what is discarded neither starts nor reports', async () => {
  const { driver, service } = await begun()
  await service[Symbol.asyncDispose]()
  driver.exits('SIGKILL')
  await expect(service.start()).rejects.toMatchObject({ code: 'CHAOS_SERVICE_STATE' })
  expect(driver.deaths).toEqual([])
})

test.each(['disconnect', 'reconnect'] as const)(
  'without a network of its own it cannot %s',
  async (operation) => {
    const { service } = await begun()
    await expect(service[operation]()).rejects.toMatchObject({
      code: 'CHAOS_FAULT_UNAVAILABLE',
      kind: 'unmet',
      message: expect.stringMatching(/^postgres cannot be disconnected: local processes have no network/),
    })
  },
)
