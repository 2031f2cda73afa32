// What the server counts as pending of every workflow that is open at the run's end.
import { isClosing } from '../history/event.ts'
import { isNotFound, retryThroughOutage } from '../temporal/observer.ts'
import { pendingWork } from '../temporal/pending-work.ts'
import { always, type Observation } from './observation.ts'

export const pending: Observation = {
  kind: 'pending',
  available: always,
  async observe({ observer, recorder, deadline, histories, part }) {
    const open = histories.filter(({ events }) => !events.some(isClosing))
    for (const { run } of open) {
      await part(async () => {
        const what = `the pending work of ${run.workflowId}`
        try {
          const work = await retryThroughOutage(observer, deadline, what, () => pendingWork(observer, run))
          recorder.observe({ kind: 'pending', ...run, ...work })
        } catch (thrown) {
          // Whether a workflow that the service does not know was lost is for the histories to say.
          if (!isNotFound(thrown)) throw thrown
        }
      })
    }
  },
}
