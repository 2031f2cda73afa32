// Reads the rows that Temporal's server keeps of workflow runs in PostgreSQL.
import proto from '@temporalio/proto'
import type { Type } from 'protobufjs'
import {
  activityInfo,
  allocatedTask,
  branch,
  decode,
  executionInfo,
  executionState,
  timerInfo,
  timerTask,
  transferTask,
} from './stored-messages.ts'

/** The versions of the schema whose tables and blobs are known to be as they are read here. */
export const knownSchemas: readonly string[] = ['1.19']

/** The part of a branch of events that belongs to a run. */
export interface BranchRange {
  readonly tree: string
  readonly branch: string
  readonly first: number
  /** Exclusive. */
  readonly past: number
}

/** @returns the branches with the run's events: after a reset, the first ones are another run's */
function readBranches(token: Uint8Array, nextEventId: number): BranchRange[] {
  const { treeId, branchId, ancestors } = decode(branch, token) as {
    treeId: string
    branchId: string
    ancestors: { branchId: string; beginNodeId: number; endNodeId: number }[]
  }
  const before = ancestors.map((one) => ({
    tree: treeId,
    branch: one.branchId,
    first: one.beginNodeId,
    past: Math.min(one.endNodeId, nextEventId),
  }))
  return [...before, { tree: treeId, branch: branchId, first: before.at(-1)?.past ?? 1, past: nextEventId }]
}

/** States `created` and `running`, and the status `running`: not one that was paused. */
const running = { states: [1, 2], status: 1 }

export function readExecution(data: Uint8Array, state: Uint8Array, nextEventId: number) {
  const info = decode(executionInfo, data) as {
    versionHistories: { current: number; histories: { branchToken: Uint8Array }[] } | null
    runExpiration: { seconds: number } | null
    versioningInfo: Uint8Array
    timeSkippingInfo: Uint8Array
  }
  const now = decode(executionState, state) as { state: number; status: number }
  const { current, histories } = info.versionHistories ?? { current: 0, histories: [] }
  const token = histories[current]?.branchToken
  return {
    isRunning: running.states.includes(now.state) && now.status === running.status,
    // Go's zero time, which stands for no timeout, is in the year 1.
    expires: (info.runExpiration?.seconds ?? 0) > 0,
    skipsTime: info.timeSkippingInfo.length > 0,
    isVersioned: info.versioningInfo.length > 0,
    branches: token === undefined ? [] : readBranches(token, nextEventId),
  }
}

export function readTimer(blob: Uint8Array) {
  const { timerId, startedEventId, expiryTime } = decode(timerInfo, blob) as {
    timerId: string
    startedEventId: number
    expiryTime: { seconds: number; nanos: number } | null
  }
  const { seconds, nanos } = expiryTime ?? { seconds: 0, nanos: 0 }
  return { timerId, startedEventId, expiresAtMs: seconds * 1_000 + nanos / 1e6 }
}

export function readActivity(blob: Uint8Array) {
  const { activityId, scheduledEventId, startedEventId, paused, attempt } = decode(activityInfo, blob) as {
    activityId: string
    scheduledEventId: number
    startedEventId: number
    paused: boolean
    attempt: number
  }
  return { activityId, scheduledEventId, isStarted: startedEventId !== 0, isPaused: paused, attempt }
}

const taskTypes: Readonly<Record<string, Type>> = {
  timer_tasks: timerTask,
  transfer_tasks: transferTask,
}

export function readTask(table: string, blob: Uint8Array) {
  const known = taskTypes[table]
  if (known !== undefined) {
    const { taskType, eventId } = decode(known, blob) as { taskType: number; eventId: number }
    return { table, type: taskType, eventId }
  }
  const { data } = decode(allocatedTask, blob) as { data: { eventId: number } | null }
  return { table, type: 0, eventId: data?.eventId ?? 0 }
}

/** The number of the last event of a batch; null if the batch cannot be read. */
export function readLastEvent(blob: Uint8Array, encoding: string): number | null {
  if (encoding !== 'Proto3') return null
  const { events } = proto.temporal.api.history.v1.History.decode(blob)
  const last = events.at(-1)?.eventId
  return last === undefined || last === null ? null : Number(last)
}
