import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RunClock } from '../core/clock.ts'
import { effectSchema } from '../record/effect.ts'
import { openLedger, type Ledger, type LedgerOptions } from './ledger.ts'

const effect = { workflowId: 'w', runId: 'r', activityId: '1', attempt: 1, payload: { a: 1 } }

let folder: string
let file: string
let ledger: Ledger
let errors: unknown[]
const open = (options: Partial<LedgerOptions> = {}) =>
  openLedger({ file, clock: new RunClock(), onError: (thrown) => errors.push(thrown), ...options })
beforeEach(async () => {
  errors = []
  folder = await mkdtemp(path.join(tmpdir(), 'ledger-'))
  file = path.join(folder, 'effects.jsonl')
  ledger = await open()
})
afterEach(async () => {
  await ledger[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const first = { worker: 'orders', incarnation: 1 }

async function post(body: unknown, url = ledger.urlFor(first)) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const response = await fetch(`${url}/effects`, { method: 'POST', body: text })
  const answer: unknown = response.status === 404 ? await response.text() : await response.json()
  return { status: response.status, answer }
}

async function written() {
  const text = await readFile(file, 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => effectSchema.parse(JSON.parse(line)))
}

describe('ledger', () => {
  test('accepts an effect once, and has written every attempt down before it answers', async () => {
    expect(await post({ ...effect, key: 'pay' })).toEqual({
      status: 200,
      answer: { outcome: 'new', sequence: 1 },
    })
    expect(await written()).toHaveLength(1)
    expect(await post({ ...effect, key: 'pay', attempt: 2 })).toEqual({
      status: 200,
      answer: { outcome: 'repeat', sequence: 2 },
    })
    const lines = await written()
    expect(lines).toEqual(ledger.effects())
    expect(lines.map(({ key, attempt, outcome }) => [key, attempt, outcome])).toEqual([
      ['pay', 1, 'new'],
      ['pay', 2, 'repeat'],
    ])
  })

  test('needs no more than a key', async () => {
    expect(await post({ key: 'pay' })).toEqual({ status: 200, answer: { outcome: 'new', sequence: 1 } })
    expect(await post({ key: 'pay', attempt: 2 })).toMatchObject({ answer: { outcome: 'repeat' } })
    const receivedAtMs: unknown = expect.any(Number)
    const sent = { key: 'pay', worker: 'orders', incarnation: 1, receivedAtMs }
    expect(await written()).toEqual([
      { ...sent, sequence: 1, outcome: 'new' },
      { ...sent, attempt: 2, sequence: 2, outcome: 'repeat' },
    ])
  })

  test('of many attempts at once exactly one is accepted', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post({ ...effect, key: 'pay' })))
    expect(answers.filter(({ answer }) => (answer as { outcome: string }).outcome === 'new')).toHaveLength(1)
    expect((await written()).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    )
  })

  test('one that is opened again still knows what it accepted', async () => {
    await post({ ...effect, key: 'pay' })
    await ledger[Symbol.asyncDispose]()
    ledger = await open()
    expect(await post({ ...effect, key: 'pay', attempt: 2 })).toEqual({
      status: 200,
      answer: { outcome: 'repeat', sequence: 2 },
    })
    expect((await written()).map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  test('shows what it holds', async () => {
    await post({ ...effect, key: 'pay' })
    const shown = await fetch(`${ledger.urlFor(first)}/effects`)
    expect(await shown.json()).toEqual(JSON.parse(JSON.stringify(ledger.effects())))
  })

  test('knows its callers by their URL, whatever the body claims', async () => {
    await post({ ...effect, key: 'pay', incarnation: 7 }, ledger.urlFor({ worker: 'orders', incarnation: 2 }))
    await post({ ...effect, key: 'ship' }, ledger.urlFor({ worker: 'payments', incarnation: 1 }))
    expect((await written()).map(({ worker, incarnation }) => [worker, incarnation])).toEqual([
      ['orders', 2],
      ['payments', 1],
    ])
  })

  test('nobody else can call, as another user of the machine or a web page would', async () => {
    const forged = { ...effect, key: 'forged', incarnation: 1 }
    const guessed = `${ledger.url}/4e8d7b0e-7f0a-4c53-9d52-0f7c2d6f5a11`
    expect((await post(forged, ledger.url)).status).toBe(404)
    expect((await post(forged, guessed)).status).toBe(404)
    expect((await fetch(`${ledger.url}/effects`)).status).toBe(404)
    expect(await written()).toEqual([])
  })

  test('one that is open takes calls from anybody who says which incarnation it is', async () => {
    await ledger[Symbol.asyncDispose]()
    ledger = await open({ isOpen: true })
    expect((await post({ ...effect, key: 'pay' }, ledger.url)).status).toBe(400)
    expect((await post({ ...effect, key: 'pay', incarnation: 3 }, ledger.url)).status).toBe(200)
    const [line] = await written()
    expect(line).toMatchObject({ key: 'pay', incarnation: 3 })
    expect(line).not.toHaveProperty('worker')
  })

  test('refuses a known key with another payload, and writes that down', async () => {
    await post({ ...effect, key: 'pay', payload: { amount: 1 } })
    expect(await post({ ...effect, key: 'pay', payload: { amount: 1_000_000 } })).toEqual({
      status: 409,
      answer: { outcome: 'conflict', sequence: 2, error: 'the key pay was accepted with another payload' },
    })
    // What was accepted stays, so the first payload is still a repeat.
    expect((await post({ ...effect, key: 'pay', payload: { amount: 1 } })).status).toBe(200)
    expect((await written()).map(({ outcome }) => outcome)).toEqual(['new', 'conflict', 'repeat'])
  })

  test('payloads may differ under a key for which the workload says so; no payload is the same as null', async () => {
    ledger.expect([{ key: 'count', payloadMayDiffer: true }, { key: 'pay' }])
    await post({ ...effect, key: 'count', payload: 1 })
    expect((await post({ ...effect, key: 'count', payload: 2 })).status).toBe(200)
    await post({ ...effect, key: 'pay', payload: null })
    expect((await post({ ...effect, key: 'pay', payload: undefined })).status).toBe(200)
  })

  test.each([
    [{}],
    ['text'],
    [{ ...effect, key: '' }],
    [{ ...effect, key: 'pay', attempt: 0 }],
    [{ ...effect, key: 'pay', attempt: 1.5 }],
  ])('refuses %j', async (body) => {
    expect((await post(body)).status).toBe(400)
    expect(ledger.effects()).toEqual([])
  })

  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const bodyWith = (payload: string) =>
    JSON.stringify({ ...effect, key: 'pay', payload: 'here' }).replace('"here"', payload)

  test.each([
    ['more than a megabyte', bodyWith(`"${'x'.repeat(1024 * 1024)}"`), 413, /larger than 1048576 bytes/],
    ['nested as deep as no stack allows', bodyWith(nested(100_000)), 400, /deeper than 100 levels/],
    ['nested a little too deep', bodyWith(nested(102)), 400, /deeper than 100 levels/],
  ])('a payload that is %s is the caller’s mistake, not the run’s error', async (_, body, status, error) => {
    const refused = await post(body)
    expect(refused).toMatchObject({ status, answer: { error: expect.stringMatching(error) } })
    expect(errors).toEqual([])
    expect(await written()).toEqual([])
    expect((await post(bodyWith(nested(100)))).status).toBe(200)
  })
})
