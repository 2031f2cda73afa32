// Replays histories against a workflow bundle, in a process of its own, one request at a time over IPC.
import { readFile } from 'node:fs/promises'
import type { PayloadCodec } from '@temporalio/common'
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js'
import { DefaultLogger, ReplayError, Runtime } from '@temporalio/worker'
import { DeterminismViolationError } from '@temporalio/workflow'
import { getEachMessage, sendMessage } from 'execa'
import { messageOf } from '../../core/errors.ts'
import { importDataConverter } from '../../temporal/data-converter.ts'
import { historyEventSchema, textAttribute, type HistoryEvent } from '../../history/event.ts'
import { askedByCommands } from './asked-by-command.ts'
import { setClock, settingClock, type OtherClock } from './other-clock.ts'
import { payloadReader } from './read-payloads.ts'
import { replayHistories, type ReplayPlace, type ReplayResult } from './recording-worker.ts'
import {
  replayRequestSchema,
  type ReplayAnswer,
  type ReplayOutcome,
  type ReplayRequest,
} from './replay-protocol.ts'
import { replayWays, type ReplayWay } from './replay-ways.ts'
import { askedInHistory, differences } from './replayed-command.ts'
import { withoutSourceMap } from './source-map.ts'

Runtime.install({ logger: new DefaultLogger('WARN'), shutdownSignals: [] })

/** A history, or a part of one, that is replayed in one way. */
interface Part {
  readonly workflowId: string
  readonly runId: string
  readonly events: readonly HistoryEvent[]
  /** As it reads after "does not replay"; empty if it goes without saying. */
  readonly way: string
}

async function replay(request: ReplayRequest): Promise<ReplayAnswer> {
  const { id, histories } = request
  const outcomes = new Map<string, ReplayOutcome>()
  const note = (outcome: ReplayOutcome) => {
    const before = outcomes.get(outcome.runId)
    // The first way that fails says it all.
    if (before === undefined || ('error' in before && before.error === null))
      outcomes.set(outcome.runId, outcome)
  }
  for (const way of replayWays) {
    const parts = partsOf(way, histories)
    const seen = new Set<Part>()
    const failed = await replayParts(request, way.clock, parts, (part, outcome) => {
      seen.add(part)
      note(outcome)
    }).then(() => 'the SDK did not replay it', messageOf)
    for (const part of parts) if (!seen.has(part)) note({ runId: part.runId, unavailable: failed })
  }
  return { id, outcomes: [...outcomes.values()], memoryBytes: process.memoryUsage.rss() }
}

function partsOf({ parts }: ReplayWay, histories: ReplayRequest['histories']): Part[] {
  return parts.flatMap(({ name: way, of }) =>
    histories.flatMap(({ workflowId, runId, history }) => {
      const events = of(historyEventSchema.array().parse(history.events))
      return events === undefined ? [] : [{ workflowId, runId, events, way }]
    }),
  )
}

/** All in one go for each task queue: a worker for each history would take ten times as long. */
async function replayParts(
  { bundle, namespace, dataConverter: converterFile }: ReplayRequest,
  clock: OtherClock | null,
  parts: readonly Part[],
  onOutcome: (part: Part, outcome: ReplayOutcome) => void,
): Promise<void> {
  const code = withoutSourceMap(await readFile(bundle, 'utf8'))
  const workflowBundle = { code: clock === null ? code : settingClock(clock) + code }
  const dataConverter = converterFile === null ? {} : await importDataConverter(converterFile)
  const codecs = dataConverter.payloadCodecs ?? []
  const replayable = parts.filter(({ events }) => events.length > 0)
  // The sandbox lends objects of this process to workflows, and by them its clock.
  using _clock = ownClock(clock)
  for (const [taskQueue, some] of Map.groupBy(replayable, queueOf)) {
    const place: ReplayPlace = { taskQueue, namespace }
    const given = some.map(({ workflowId, events }) => ({
      workflowId,
      history: historyFromJSON({ events: [...events] }),
    }))
    let next = 0
    for await (const result of replayHistories({ workflowBundle, dataConverter }, place, given)) {
      const part = some[next]
      next += 1
      if (part !== undefined) onOutcome(part, await outcomeOf(part, result, codecs))
    }
  }
}

function ownClock(clock: OtherClock | null): Disposable {
  const reset = clock === null ? () => undefined : setClock(globalThis, clock.aheadMs, clock.draws)
  return { [Symbol.dispose]: reset }
}

function queueOf({ events: [started] }: Part): string {
  return (started && textAttribute(started, 'taskQueue', 'name')) ?? 'unknown'
}

async function outcomeOf(
  { runId, events, way }: Part,
  { error, commands }: ReplayResult,
  codecs: readonly PayloadCodec[],
): Promise<ReplayOutcome> {
  if (error !== undefined) {
    if (isOfOtherCode(error)) return { runId, notReplayed: messageOf(error) }
    return isOfTheCode(error)
      ? { runId, error: messageOf(error), way }
      : { runId, unavailable: messageOf(error) }
  }
  const read = payloadReader(codecs)
  const [difference] = differences(await askedByCommands(commands, read), await askedInHistory(events, read))
  return { runId, error: difference ?? null, way: difference === undefined ? '' : way }
}

/**
 * The workflow's code came to other commands, or failed, where it had gone on before. The SDK has one class for that
 * failure and for failures of its own, which only the text tells apart: "due workflow task failure" against
 * "due to internal SDK issue" (`evictionReasonToReplayError` in @temporalio/worker).
 */
function isOfTheCode(error: Error): boolean {
  if (error instanceof DeterminismViolationError) return true
  return error instanceof ReplayError && error.message.includes('workflow task failure')
}

/** The workflow's type is not in the bundle: the worker that ran it had another one, or is written in another language. */
function isOfOtherCode(error: Error): boolean {
  return error.message.includes('no such function is exported by the workflow bundle')
}

for await (const message of getEachMessage()) {
  await sendMessage(await replay(replayRequestSchema.parse(message)))
}
