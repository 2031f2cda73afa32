// Every workflow must have ended by the end of the run.
import { serverZeroMs } from '../record/header.ts'
import { probeRunIds } from '../analysis/probes.ts'
import { observationsOf, pendingWorkOf } from '../record/record.ts'
import { pendingBecause } from '../analysis/pending.ts'
import { isClosing } from '../history/event.ts'
import { checked, findings, late, notChecked, type Check } from './check.ts'

export const completed: Check = {
  name: 'completed',
  promise: 'Every workflow ends.',
  about: ['pending work'],
  judge({ record, histories: all, outages, endedMs }) {
    if (all.length === 0) return notChecked('no workflow was started')
    const probes = new Set(probeRunIds(record))
    const histories = all.filter(({ runId }) => !probes.has(runId))
    if (histories.length === 0) return notChecked('only the harness itself started workflows, to probe with')
    const lost = new Set(observationsOf(record, 'lost').map(({ runId }) => runId))
    const unread = histories
      .filter(({ events, runId }) => events.length === 0 && !lost.has(runId)) // the check `known` reports a lost one
      .map(({ workflowId }) => `the history of ${workflowId} could not be read at the run's end`)
    const open = histories
      .filter(({ events }) => events.length > 0 && !events.some(isClosing))
      .map(({ workflowId, runId, events, at }) => {
        const nowMs = serverZeroMs(record.header) + endedMs
        const why = pendingBecause(events, nowMs, pendingWorkOf(record, runId))
        const message = `${workflowId} is still open; pending because ${why}`
        const movedMs = Math.max(...events.map(at), outages[0]?.fromMs ?? 0)
        // One that still moved at the end was slow all the time, so its window is that of the run.
        if (movedMs > endedMs - record.header.budgetMs) return { kind: 'liveness', message } as const
        return late(message, { fromMs: movedMs, untilMs: endedMs })
      })
    const found = [...findings('harness', unread), ...open]
    const [first] = unread
    if (first === undefined && found.length === 0 && lost.size > 0)
      return notChecked('the service no longer knows a workflow that it started')
    return first === undefined || open.length > 0 ? checked(found) : notChecked(first, found)
  },
}
