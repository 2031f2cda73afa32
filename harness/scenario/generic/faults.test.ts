import { expect, test } from 'vitest'
import { projectOf } from '../../config/project/project.ts'
import { genericFaults } from './faults.ts'

/** The faults of a worker that is declared like this. */
function faultsOf(worker: object): string[] {
  const content = { worker, workloads: { order: { type: 'Order', taskQueue: 'orders' } } }
  const { workers } = projectOf('/project/chaos.config.json', content, '')
  return genericFaults(workers).flatMap(({ name, worker: its }) => (its === null ? [] : [name]))
}

const all = ['kill-worker', 'lose-worker', 'stop-worker', 'freeze-worker']
const printed = { command: ['cat', 'worker.pid'] }

test.each<[string, object, readonly string[]]>([
  ['a command', { command: ['worker'] }, all],
  ['an image', { image: 'worker:1' }, all],
  ['one that a command brings back', { attach: { pid: printed, restart: { command: ['restart'] } } }, all],
  // Its supervisor decides how long it is away.
  ['one under a supervisor', { attach: { pid: printed } }, all.filter((name) => name !== 'lose-worker')],
  // Nobody would know its next process.
  ['one whose pid is a number', { attach: { pid: 4711 } }, ['freeze-worker']],
])('%s', (_, worker, names) => {
  expect(faultsOf(worker)).toEqual(names)
})
