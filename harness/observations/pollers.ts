// Who polls the run's task queues when its scenario is over, and when each poller was last seen.
import { retryThroughOutage } from '../temporal/observer.ts'
import { queueStates } from '../temporal/pollers.ts'
import { always, type Observation } from './observation.ts'

export const pollers: Observation = {
  kind: 'pollers',
  available: always,
  async observe({ observer, recorder, taskQueues, deadline }) {
    if (taskQueues.length === 0) return
    const states = await retryThroughOutage(
      observer,
      deadline,
      "the pollers of the run's task queues",
      (signal) => queueStates(observer, taskQueues, signal),
    )
    for (const { queue, polls, pollers: listed } of states)
      recorder.observe({ kind: 'pollers', queue, polls, pollers: [...listed] })
  },
}
