// The panics in the server's log since the run began, whichever run of the cluster brought them about. Only the log
// tells of a panic that the server recovered from. The log of a server that died is read too, if it still can be.
import { panicsIn } from '../cluster/service/panics.ts'
import { Deadline } from '../core/deadline.ts'
import type { Observation } from './observation.ts'

const withinMs = 30_000

export const panics: Observation = {
  kind: 'panic',
  available: ({ serverLogSince }) => (serverLogSince === null ? "the server's log cannot be had" : null),
  async observe({ serverLogSince, serverZeroMs, signal, recorder }) {
    if (serverLogSince === null) return
    const log = await Deadline.after(withinMs, signal).race(serverLogSince(serverZeroMs), {
      what: "the Temporal server's log",
      code: 'CHAOS_LOG_UNREADABLE',
    })
    for (const panic of panicsIn(log, serverZeroMs))
      recorder.observe({ kind: 'panic', service: 'temporal-server', ...panic })
  },
}
