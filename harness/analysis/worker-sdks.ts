// The SDKs of the workers under test, as the histories tell them.
import { workerSdkOf, type WorkerSdk } from '../history/worker-sdk.ts'
import type { AlignedHistory } from './aligned-history.ts'

export interface WorkerSdks {
  /** Each of them once, in the order in which they were seen. */
  readonly seen: readonly WorkerSdk[]
  /** By which the workers of a task queue call themselves; undefined if that is not known. */
  nameOn(taskQueue: string | undefined): string | undefined
}

/** A queue whose workers completed no workflow task has the SDK of all others, if those have one. */
export function workerSdksOf(histories: readonly AlignedHistory[]): WorkerSdks {
  const told = histories.flatMap(({ events, taskQueue }) => {
    const sdk = workerSdkOf(events)
    return sdk === undefined ? [] : [{ sdk, taskQueue }]
  })
  const byText = new Map(told.map(({ sdk }) => [describeSdk(sdk), sdk]))
  const names = new Set(told.map(({ sdk }) => sdk.name))
  const [only] = names.size === 1 ? names : []
  return {
    seen: [...byText.values()],
    nameOn: (taskQueue) => told.findLast((one) => one.taskQueue === taskQueue)?.sdk.name ?? only,
  }
}

/** `temporal-python 1.35.0` */
export function describeSdk({ name, version }: WorkerSdk): string {
  return version === '' ? name : `${name} ${version}`
}
