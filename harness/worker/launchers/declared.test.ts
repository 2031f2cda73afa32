import { expect, test } from 'vitest'
import { Deadline } from '../../core/deadline.ts'
import { profiles } from '../../config/profiles.ts'
import type { WorkerProcess, WorkerProgram } from '../worker-process.ts'
import { declaredLauncher } from './declared.ts'

test('a command gets the user’s environment, and is led to the cluster under test', async () => {
  const started: WorkerProgram[] = []
  const launcher = declaredLauncher({
    workers: {
      worker: {
        start: {
          kind: 'command',
          command: ['python', 'worker.py', '{{temporal.address}}'],
          cwd: 'app',
          env: { NS: '{{temporal.namespace}}' },
        },
        readyWithinMs: 9_000,
      },
    },
    startImage: () => Promise.reject(new Error('none is an image')),
    attached: { start: () => Promise.reject(new Error('none is attached')) },
    folder: '/project',
    env: { PATH: '/usr/bin', DATABASE_URL: 'postgres://db' },
    replayer: null,
  })
  const request = {
    host: {
      harnessAddress: '127.0.0.1',
      listenOn: '127.0.0.1',
      temporalAddress: '127.0.0.1:7233',
      start: async (program: WorkerProgram) => {
        started.push(program)
        return {} as WorkerProcess
      },
    },
    worker: 'worker',
    incarnation: 2,
    label: 'worker#2',
    taskQueues: [{ name: 'orders', polls: [] }],
    namespace: 'default',
    ledgerUrl: 'http://127.0.0.1:9/worker/2',
    profile: profiles['as-is'],
    logFile: '/logs/worker.log',
    deadline: Deadline.after(1_000),
  }
  await launcher.start(request)
  expect(started).toEqual([
    {
      file: 'python',
      args: ['worker.py', '127.0.0.1:7233'],
      cwd: '/project/app',
      env: {
        PATH: '/usr/bin',
        DATABASE_URL: 'postgres://db',
        NS: 'default',
        TEMPORAL_ADDRESS: '127.0.0.1:7233',
        TEMPORAL_NAMESPACE: 'default',
        TEMPORAL_CONFIG_FILE: '/logs/worker.log.no-temporal.toml',
        CHAOS_LEDGER_URL: 'http://127.0.0.1:9/worker/2',
      },
      files: {},
    },
  ])
  expect(launcher.probes).toBe(false)
  expect(launcher.readyWithinMs?.('worker')).toBe(9_000)
  await expect(launcher.start({ ...request, worker: 'other' })).rejects.toThrow(
    'nothing starts the worker other',
  )
})
