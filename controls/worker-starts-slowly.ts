import { defineControl, type WorkerLauncher } from 'temporal-chaos'
import { workerDies } from './shared/steps.ts'

type Host = Parameters<WorkerLauncher['start']>[0]['host']

/** Programs begin only after so many seconds, in which they need no core. */
const delayedBy = (seconds: number, host: Host): Host => ({
  ...host,
  start: (program, logFile) =>
    host.start(
      {
        ...program,
        file: '/bin/sh',
        args: ['-c', `sleep ${seconds}; exec "$0" "$@"`, program.file, ...program.args],
      },
      logFile,
    ),
})

export default defineControl({
  name: 'worker-starts-slowly',
  breaks: 'worker',
  defect: 'The worker that takes over needs 8 s before it begins to start, on however quiet a machine.',
  launch: (usual) => ({
    ...usual,
    start: (request) =>
      usual.start(request.incarnation === 1 ? request : { ...request, host: delayedBy(8, request.host) }),
  }),
  scenario: {
    probes: false,
    async run(run) {
      await workerDies(run)
    },
  },
  expected: {
    verdict: 'fail',
    check: 'recovery',
    finding: /^timer 1 of .* recovered in \d\.\d\d s, over the budget of 5\.00 s: respawn of the worker took/,
  },
})
