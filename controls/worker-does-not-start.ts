import { defineControl } from 'temporal-chaos'
import { workerDies } from './shared/steps.ts'

const program = {
  file: process.execPath,
  args: ['--eval', 'console.log("no config"); process.exit(7)'],
  env: {},
  files: {},
}

export default defineControl({
  name: 'worker-does-not-start',
  breaks: 'worker',
  defect: 'The worker’s program exits with code 7 before it polls.',
  launch: (usual) => ({ ...usual, start: ({ host, logFile }) => host.start(program, logFile) }),
  scenario: {
    async run(run) {
      await workerDies(run)
    },
  },
  expected: { verdict: 'error', check: 'workers-live', finding: /exit code 7\nno config/ },
})
