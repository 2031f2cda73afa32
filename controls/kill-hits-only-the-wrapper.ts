import { defineControl } from 'temporal-chaos'
import { asleep, ownFault } from './shared/steps.ts'
import { waiting, wrapped } from './shared/wrapped.ts'

export default defineControl({
  name: 'kill-hits-only-the-wrapper',
  breaks: 'fault',
  defect: 'A kill ends only the launch script of the worker, which lives on in a session of its own.',
  launch: wrapped(waiting),
  scenario: {
    probes: false,
    async run(run) {
      const demo = await asleep(run)
      const { process: killed } = run.worker.handle.current
      const inject = async () => {
        process.kill(killed.pid, 'SIGKILL')
        await killed.exited
        return killed.endEvidence()
      }
      await run.inject(ownFault(run, { kind: 'kill-leader', effect: 'dead', inject }))
      await run.worker.restart()
      await demo.completes()
    },
  },
  expected: {
    verdict: 'inconclusive',
    check: 'fault-held',
    finding:
      /^the fault did not hold: after kill-leader on worker-1#1 it had living processes at .* \(pids \d+/,
  },
})
