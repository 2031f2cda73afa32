import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { RunClock } from '../core/clock.ts'
import { effectSchema } from '../record/effect.ts'
import { openLedger, type Ledger } from './ledger.ts'

const effect = { workflowId: 'w', runId: 'r', activityId: '1', attempt: 1, incarnation: 1, payload: { a: 1 } }

let folder: string
let file: string
let ledger: Ledger
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ledger-'))
  file = path.join(folder, 'effects.jsonl')
  ledger = await openLedger({ file, clock: new RunClock(), onError: () => {} })
})
afterEach(async () => {
  await ledger[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function post(body: unknown) {
  const response = await fetch(`${ledger.url}/effects`, { method: 'POST', body: JSON.stringify(body) })
  const answer: unknown = await response.json()
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
    expect(await post({ ...effect, key: 'pay', attempt: 2, incarnation: 2 })).toEqual({
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
    ledger = await openLedger({ file, clock: new RunClock(), onError: () => {} })
    expect(await post({ ...effect, key: 'pay', attempt: 2 })).toEqual({
      status: 200,
      answer: { outcome: 'repeat', sequence: 2 },
    })
    expect((await written()).map(({ attempt }) => attempt)).toEqual([1, 2])
  })

  test('shows what it holds', async () => {
    await post({ ...effect, key: 'pay' })
    const shown = await fetch(`${ledger.url}/effects`)
    expect(await shown.json()).toEqual(JSON.parse(JSON.stringify(ledger.effects())))
  })

  test.each([[{}], ['text'], [{ ...effect, key: '' }], [{ ...effect, key: 'pay', attempt: 0 }]])(
    'refuses %j',
    async (body) => {
      expect((await post(body)).status).toBe(400)
      expect(ledger.effects()).toEqual([])
    },
  )
})
