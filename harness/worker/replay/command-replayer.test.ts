import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execPath } from 'node:process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storedRecord } from '../../../test/support/stored-record.ts'
import { Deadline } from '../../core/deadline.ts'
import { childEnvironment } from '../../processes/environment.ts'
import type { Session } from '../../processes/session.ts'
import { spawnChild } from '../../processes/spawn.ts'
import { observationsOf } from '../../record/record.ts'
import { commandReplayer } from './command-replayer.ts'
import type { ReplayedHistory } from './replayer.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'command-replayer-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Real processes, without the guard of a whole session. */
function sessionHere(): Session {
  return {
    id: 'here',
    folder,
    spawn: (file, args, options = {}) =>
      spawnChild(file, args, childEnvironment(process.env, 'here', options.env), options),
    holdFrozen: () => () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

async function histories(): Promise<ReplayedHistory[]> {
  const [stored] = observationsOf(await storedRecord('due-after-the-outage'), 'history')
  const events = stored?.events ?? []
  return ['first', 'second'].map((runId) => ({ run: { workflowId: `order-${runId}`, runId }, events }))
}

interface Given {
  readonly withinMs?: number
  readonly signal?: AbortSignal
}

/** @param program of a replayer in Node, which finds the folder in `folder` and the index in `index` */
async function replayedBy(program: string, { withinMs = 20_000, signal }: Given = {}) {
  const file = path.join(await mkdtemp(path.join(folder, 'program-')), 'replay.mjs')
  await writeFile(
    file,
    `import { readFileSync, writeFileSync } from 'node:fs'
     import { join } from 'node:path'
     const folder = process.argv[2]
     const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
     const say = (line) => console.log(JSON.stringify(line))
     ${program}`,
  )
  const command = [execPath, file, '{{histories}}']
  const replayer = commandReplayer(sessionHere(), { command, cwd: folder, env: { PLACE: folder }, withinMs })
  return replayer.replay(await histories(), 'default', Deadline.after(30_000, signal))
}

test('each history is what the command says of it, among whatever else it prints', async () => {
  const outcomes = await replayedBy(`
    console.log('loading workflows ...')
    say({ file: '1.json', ok: false, message: 'other command: timer, not activity' })
    console.log('{"file":')
    say({ file: '9.json', ok: false, message: 'there is no such file' })
    say({ file: '0.json', ok: true, took: 12 })
    say([1, null])`)
  expect(outcomes).toEqual([
    { runId: 'first', error: null, way: '' },
    { runId: 'second', error: 'other command: timer, not activity', way: '' },
  ])
})

test('the command finds an index and every history as Temporal writes it, and none of them is left', async () => {
  const copy = path.join(folder, 'copy.json')
  await replayedBy(`
    const seen = index.map((entry) => ({ entry, ...JSON.parse(readFileSync(join(folder, entry.file), 'utf8')) }))
    writeFileSync(join(process.env.PLACE, 'copy.json'), JSON.stringify({ folder, seen }))`)
  const { folder: place, seen } = JSON.parse(await readFile(copy, 'utf8')) as {
    folder: string
    seen: { entry: unknown; events: unknown[] }[]
  }
  const [{ events } = { events: [] }] = await histories()
  expect(seen).toEqual(
    ['first', 'second'].map((runId, at) => ({
      entry: {
        file: `${at}.json`,
        workflowId: `order-${runId}`,
        runId,
        workflowType: 'durableDemo',
        taskQueue: expect.any(String),
      },
      events,
    })),
  )
  await expect(readdir(place)).rejects.toThrow('ENOENT')
})

describe('what the command does not say is not known', () => {
  test.each<[how: string, program: string, why: RegExp]>([
    ['says nothing', '', /said nothing of it and ended with exit code 0; stderr: \(stderr is empty\)/],
    [
      'crashes',
      `console.error('ModuleNotFoundError: no module temporalio'); process.exit(3)`,
      /said nothing of it and ended with exit code 3; stderr: .*ModuleNotFoundError/,
    ],
    ['is killed', `process.kill(process.pid, 'SIGKILL')`, /was ended by SIGKILL/],
    ['has no words for it', `say({ file: '0.json', ok: 'maybe' })`, /answer cannot be read: \{"file"/],
    ['skips it', `say({ file: '0.json', skipped: 'no such type' })`, /skipped it: no such type/],
    ...[
      'Workflow class Order is not registered on this worker, available workflows: Invoice',
      'unable to find workflow type: Order. Supported types: [Invoice]',
      "Failed to initialize workflow of type 'Order': no such function is exported by the workflow bundle",
    ].map((message): [string, string, RegExp] => [
      `has no such workflow type (${message})`,
      `say({ file: '0.json', ok: false, message: ${JSON.stringify(message)} })`,
      /^the replay command lacks its workflow type: /,
    ]),
    [
      'contradicts itself',
      `say({ file: '0.json', ok: true }); say({ file: '0.json', ok: false, message: 'no' })`,
      /answered twice for 0\.json/,
    ],
  ])('if it %s', async (_, program, why) => {
    const [first] = await replayedBy(program)
    expect(first).toEqual({ runId: 'first', notReplayed: expect.stringMatching(why) })
  })

  test('if it does not end: it is ended, and what it said before counts', async () => {
    const outcomes = await replayedBy(
      `say({ file: '0.json', ok: true })
       console.error('compiling')
       setInterval(() => {}, 1_000)`,
      { withinMs: 1_500 },
    )
    expect(outcomes).toEqual([
      { runId: 'first', error: null, way: '' },
      {
        runId: 'second',
        notReplayed: expect.stringMatching(/ran for over 1\.5\d* s and was ended; stderr: compiling/),
      },
    ])
  })

  test('if there is no such program', async () => {
    const options = { command: ['no-such-program'], cwd: folder, env: {}, withinMs: 5_000 }
    const given = await histories()
    const outcomes = await commandReplayer(sessionHere(), options).replay(
      given,
      'default',
      Deadline.after(9_000),
    )
    expect(outcomes).toEqual(
      ['first', 'second'].map((runId) => ({
        runId,
        notReplayed: expect.stringContaining('cannot start no-such-program'),
      })),
    )
  })
})

test('an interrupt ends it, and is no answer', async () => {
  const stop = new AbortController()
  const replaying = replayedBy('setInterval(() => {}, 1_000)', { signal: stop.signal })
  const reason = new Error('interrupted')
  setTimeout(() => stop.abort(reason), 300)
  await expect(replaying).rejects.toBe(reason)
})

test('one command at a time, whatever runs ask', async () => {
  const programs = await mkdtemp(path.join(folder, 'turns-'))
  const file = path.join(programs, 'replay.mjs')
  const held = path.join(programs, 'held')
  await writeFile(
    file,
    `import { existsSync, rmSync, writeFileSync } from 'node:fs'
     const held = ${JSON.stringify(held)}
     if (existsSync(held)) console.log(JSON.stringify({ file: '0.json', ok: false, message: 'two at once' }))
     else console.log(JSON.stringify({ file: '0.json', ok: true }))
     writeFileSync(held, '')
     setTimeout(() => rmSync(held), 200)`,
  )
  const command = [execPath, file, '{{histories}}']
  const replayer = commandReplayer(sessionHere(), { command, cwd: folder, env: {}, withinMs: 20_000 })
  const given = (await histories()).slice(0, 1)
  const ask = () => replayer.replay(given, 'default', Deadline.after(30_000))
  const outcomes = await Promise.all([ask(), ask(), ask()])
  expect(outcomes).toEqual(Array.from({ length: 3 }, () => [{ runId: 'first', error: null, way: '' }]))
})
