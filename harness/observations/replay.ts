// Whether the workflow code comes to the same commands again from the final histories alone, also under other clocks.
import { ChaosError } from '../core/errors.ts'
import type { Observation } from './observation.ts'

export const replay: Observation = {
  kind: 'replay',
  hasOwnTime: true,
  available: ({ replayer }) => (replayer === null ? 'this run has no replayer' : null),
  async observe({ replayer, observer, histories, recorder, deadline }) {
    if (replayer === null) return
    for (const outcome of await replayer.replay(histories, observer.namespace, deadline)) {
      const run = histories.find((one) => one.run.runId === outcome.runId)?.run
      if (run === undefined) continue
      if ('error' in outcome) {
        const { error, way } = outcome
        recorder.observe({ kind: 'replay', ...run, error, ...(way === '' ? {} : { way }) })
      } else if ('notReplayed' in outcome) {
        recorder.observe({ kind: 'unreplayed', ...run, why: outcome.notReplayed })
      } else {
        const message = `the history of ${run.workflowId} could not be replayed: ${outcome.unavailable}`
        recorder.error(new ChaosError(message, { code: 'CHAOS_REPLAY_UNAVAILABLE' }))
      }
    }
  },
}
