// A replay that cannot be tried is the harness's failure, never the system's, and does not affect others.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { storedRecord } from './support/stored-record.ts'
import { Deadline } from '../harness/core/deadline.ts'
import type { HistoryEvent } from '../harness/history/event.ts'
import { observationsOf } from '../harness/record/record.ts'
import type { Session } from '../harness/processes/session.ts'
import { processTable } from '../harness/processes/process-table.ts'
import { bundleWorkflows } from '../harness/worker/bundle/bundle.ts'
import { Replayer } from '../harness/worker/replay/replayer.ts'
import type { WorkflowRun } from '../harness/history/workflow-run.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const workflows = fileURLToPath(new URL('../workflows/index.ts', import.meta.url))
const changedWorkflows = fileURLToPath(new URL('fixtures/changed-workflows.ts', import.meta.url))
const never = new AbortController().signal
const soon = () => Deadline.after(60_000)

let session: Session
let bundle: string
beforeAll(async () => {
  session = await openSession()
  bundle = await bundleWorkflows(session, { workflowsPath: workflows }, 'bundle', never)
})
afterAll(() => session[Symbol.asyncDispose]())

async function storedHistory() {
  const [history] = observationsOf(await storedRecord('due-after-the-outage'), 'history')
  if (history === undefined) throw new Error('the stored record has no history')
  const { workflowId, runId, events } = history
  return { run: { workflowId, runId }, events }
}

/** The result of the one history. @throws if it could not be replayed */
async function replayed(
  replayer: Replayer,
  run: WorkflowRun,
  events: readonly HistoryEvent[],
  deadline: Deadline,
): Promise<string | null> {
  const [outcome] = await replayer.replay([{ run, events }], 'default', deadline)
  if (outcome !== undefined && 'error' in outcome) return outcome.error
  if (outcome === undefined) throw new Error('it is not in the answer')
  throw new Error('unavailable' in outcome ? outcome.unavailable : outcome.notReplayed)
}

function ownChildren(): number[] {
  return processTable().flatMap(({ parent, pid }) => (parent === process.pid ? [pid] : []))
}

/** A replayer, and the pid of the child that it has just started. */
async function openedWithChild() {
  const before = new Set(ownChildren())
  const replayer = await Replayer.open(session, bundle)
  const [pid, ...others] = ownChildren().filter((one) => !before.has(one))
  if (pid === undefined || others.length > 0) throw new Error('it has not started one child')
  return { pid, replayer, [Symbol.asyncDispose]: () => replayer[Symbol.asyncDispose]() }
}

describe('a history', () => {
  test('replays, or does not fit the code', async () => {
    const { run, events } = await storedHistory()
    await using same = await Replayer.open(session, bundle)
    expect(await replayed(same, run, events, soon())).toBeNull()
    const changed = await bundleWorkflows(session, { workflowsPath: changedWorkflows }, 'changed', never)
    await using other = await Replayer.open(session, changed)
    expect(await replayed(other, run, events, soon())).toMatch(/nondeterminism/i)
  })

  test.each([
    ['that is not there', async () => path.join(session.folder, 'missing.js'), /ENOENT/],
    ['that is none', async () => broken(), /./],
  ])('with a bundle %s could not be replayed', async (_, place, message) => {
    const { run, events } = await storedHistory()
    await using replayer = await Replayer.open(session, await place())
    for (let time = 0; time < 2; time += 1) {
      await expect(replayed(replayer, run, events, soon())).rejects.toThrow(message)
    }
  })

  test('is replayed with others, each with its own outcome', async () => {
    const { run, events } = await storedHistory()
    await using replayer = await Replayer.open(session, bundle)
    const empty = { workflowId: 'empty', runId: 'empty' }
    expect(
      await replayer.replay(
        [
          { run: empty, events: [] },
          { run, events },
        ],
        'default',
        soon(),
      ),
    ).toEqual([
      { runId: 'empty', unavailable: 'the SDK did not replay it' },
      { runId: run.runId, error: null, way: '' },
    ])
  })

  test('of a type that the bundle does not have is no mismatch of the code: nobody replayed it', async () => {
    const { run, events } = await storedHistory()
    const [started, ...rest] = events
    const attributes = { ...(started?.['workflowExecutionStartedEventAttributes'] as object) }
    const foreign = {
      ...started,
      workflowExecutionStartedEventAttributes: { ...attributes, workflowType: { name: 'GreetingWorkflow' } },
    } as HistoryEvent
    await using replayer = await Replayer.open(session, bundle)
    expect(await replayer.replay([{ run, events: [foreign, ...rest] }], 'default', soon())).toEqual([
      { runId: run.runId, notReplayed: expect.stringContaining('GreetingWorkflow') },
    ])
  })

  test('that is none could not be replayed', async () => {
    const { run } = await storedHistory()
    await using replayer = await Replayer.open(session, bundle)
    await expect(replayed(replayer, run, [], soon())).rejects.toThrow('the SDK did not replay it')
  })
})

async function broken(): Promise<string> {
  const file = path.join(session.folder, 'broken.js')
  await writeFile(file, 'this is no bundle')
  return file
}

describe('code that sees the real clock', () => {
  const leaks = fileURLToPath(new URL('fixtures/clocked-workflows.ts', import.meta.url))
  let replayer: Replayer
  beforeAll(async () => {
    replayer = await Replayer.open(
      session,
      await bundleWorkflows(session, { workflowsPath: leaks }, 'leaks', never),
    )
  })
  afterAll(() => replayer[Symbol.asyncDispose]())

  /** The stored history, as if the workflow had been of this type. */
  async function replayedAs(workflow: string) {
    const { run, events } = await storedHistory()
    const [started, ...rest] = events
    const attributes = { ...(started?.['workflowExecutionStartedEventAttributes'] as object) }
    const changed = { ...attributes, workflowType: { name: workflow } }
    const first = { ...started, workflowExecutionStartedEventAttributes: changed } as HistoryEvent
    return replayer.replay([{ run, events: [first, ...rest] }], 'default', soon())
  }

  test('replays if it does not look', async () => {
    expect(await replayedAs('honest')).toEqual([expect.objectContaining({ error: null, way: '' })])
  })

  test.each(['byConstructor', 'byNew', 'byCall', 'byIntl', 'byParts', 'byOutside'])(
    'does not replay under another clock: %s',
    async (workflow) => {
      expect(await replayedAs(workflow)).toEqual([
        expect.objectContaining({
          error: expect.stringMatching(/nondeterminism/i),
          way: 'if the clock is 400 days ahead',
        }),
      ])
    },
  )

  test('does not replay at all if an argument tells the time, although the commands are the same', async () => {
    expect(await replayedAs('byArgument')).toEqual([
      expect.objectContaining({
        error: expect.stringMatching(
          /^activity 1 was asked for with recordEffect\(.*before-sleep.*, and now with .*"payload":\d+/,
        ),
        way: '',
      }),
    ])
  })
})

describe('the child', () => {
  test('killed between two replays, or during one, is replaced', async () => {
    const { run, events } = await storedHistory()
    await using opened = await openedWithChild()
    const { pid, replayer } = opened
    process.kill(pid, 'SIGKILL')
    const answers = [1, 2].map(() =>
      replayed(replayer, run, events, soon()).catch((thrown: unknown) => thrown),
    )
    // Whether the first replay saw the child die depends on timing. The second one has a living child.
    expect([null, expect.objectContaining({ code: 'CHAOS_REPLAY_UNAVAILABLE' })]).toContainEqual(
      await answers[0],
    )
    expect(await answers[1]).toBeNull()
  })

  test('that holds too much memory is replaced', async () => {
    const { run, events } = await storedHistory()
    await using frugal = await Replayer.open(session, bundle, { mostBytes: 1 })
    const first = frugal.pid
    expect(await replayed(frugal, run, events, soon())).toBeNull()
    expect(frugal.pid).toBeNull()
    expect(await replayed(frugal, run, events, soon())).toBeNull()
    await using usual = await Replayer.open(session, bundle)
    const { pid } = usual
    expect(pid).not.toBe(first)
    expect(await replayed(usual, run, events, soon())).toBeNull()
    expect(usual.pid).toBe(pid)
  })

  test('that ends says why, with the words of its log', async () => {
    const { run, events } = await storedHistory()
    await using replayer = await Replayer.open(session, bundle)
    // An invalid request, which makes the child exit.
    const unfit = { ...run, workflowId: 7 as unknown as string }
    await expect(replayed(replayer, unfit, events, soon())).rejects.toMatchObject({
      code: 'CHAOS_REPLAY_UNAVAILABLE',
      message: expect.stringMatching(/that replays them ended; the end of its log:\n[^]*ZodError/),
    })
  })

  test('that hangs costs only the replay in which it hangs', async () => {
    const { run, events } = await storedHistory()
    await using opened = await openedWithChild()
    const { pid, replayer } = opened
    process.kill(pid, 'SIGSTOP')
    const stuck = replayed(replayer, run, events, Deadline.after(200))
    const next = replayed(replayer, run, events, soon())
    await expect(stuck).rejects.toMatchObject({
      code: 'CHAOS_REPLAY_UNAVAILABLE',
      message: expect.stringMatching(/^waited .* for the replay of/),
    })
    expect(await next).toBeNull()
  })

  test('is no longer awaited once the signal says so', async () => {
    const { run, events } = await storedHistory()
    await using opened = await openedWithChild()
    const { pid, replayer } = opened
    process.kill(pid, 'SIGSTOP')
    const interrupted = new AbortController()
    const reason = new Error('interrupted')
    const replaying = replayed(replayer, run, events, Deadline.after(60_000, interrupted.signal))
    interrupted.abort(reason)
    await expect(replaying).rejects.toBe(reason)
  })
})

test('an aborted signal ends the bundler, or keeps it from starting', async () => {
  const reason = new Error('interrupted')
  await expect(
    bundleWorkflows(session, { workflowsPath: workflows }, 'never', AbortSignal.abort(reason)),
  ).rejects.toBe(reason)
  const interrupted = new AbortController()
  const bundling = bundleWorkflows(session, { workflowsPath: workflows }, 'late', interrupted.signal)
  interrupted.abort(reason)
  await expect(bundling).rejects.toBe(reason)
})
