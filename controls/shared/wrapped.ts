// Launch scripts around the worker: the harness starts a wrapper, and the wrapper starts the worker.
import type { WorkerLauncher } from 'temporal-chaos'

/** The wrapper's code. `start()` starts the worker in a terminal session of its own, as `setsid` does. */
const prelude = `
  const [file, ...args] = process.argv.slice(1)
  const start = () => require('node:child_process').spawn(file, args, { detached: true, stdio: 'inherit' })
`

/** Waits for the worker, as most launch scripts do. */
export const waiting = `start().on('exit', (code) => process.exit(code ?? 1))`

/** Lives on without its worker, which it ends on SIGUSR2. */
export const outliving = `
  const worker = start()
  process.on('SIGUSR2', () => process.kill(worker.pid, 'SIGTERM'))
  setInterval(() => {}, 1_000)
`

/** Does not leave when it is asked to. */
export const stubborn = `
  process.on('SIGTERM', () => {})
  start()
  setInterval(() => {}, 1_000)
`

/** Ends after 3 s, and its worker with it. */
export const crashing = `
  const worker = start()
  setTimeout(() => {
    process.kill(worker.pid, 'SIGKILL')
    process.exit(3)
  }, 3_000)
`

/** Starts the workers through a wrapper. @param incarnation only this one @default all */
export function wrapped(code: string, incarnation?: number): (usual: WorkerLauncher) => WorkerLauncher {
  return (usual) => ({
    ...usual,
    start(request) {
      if (incarnation !== undefined && request.incarnation !== incarnation) return usual.start(request)
      const { host } = request
      const start: typeof host.start = ({ file, args, ...program }, logFile) =>
        host.start(
          { ...program, file: process.execPath, args: ['--eval', prelude + code, '--', file, ...args] },
          logFile,
        )
      return usual.start({ ...request, host: { ...host, start } })
    },
  })
}
