// The settings of the namespace, its search attributes, and the server's dynamic configuration, before and after the run.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { Deadline } from '../core/deadline.ts'
import { messageOf } from '../core/errors.ts'
import { retryThroughOutage, type Observer } from '../temporal/observer.ts'
import { always, type Observation, type StartContext } from './observation.ts'

const withinMs = 10_000
const kind = 'settings'

export const settings: Observation = {
  kind,
  available: always,
  before: (context) => note(context, 'start'),
  observe: (context) => note(context, 'end'),
}

async function note({ observer, dynamicConfigFile, recorder, signal }: StartContext, when: 'start' | 'end') {
  try {
    const deadline = Deadline.after(withinMs, signal)
    const service = await retryThroughOutage(observer, deadline, 'the settings of the service', () =>
      readSettings(observer),
    )
    const file =
      dynamicConfigFile === null ? {} : { 'dynamic configuration': await hashOf(dynamicConfigFile) }
    recorder.observe({ kind, when, settings: { ...service, ...file } })
  } catch (thrown) {
    signal.throwIfAborted()
    // A service that does not answer is found by those who need it.
    recorder.observe({
      kind: 'unavailable',
      observation: kind,
      why: `they could not be read: ${messageOf(thrown)}`,
    })
  }
}

async function readSettings({ client, namespace }: Observer): Promise<Record<string, string>> {
  const { workflowService, operatorService } = client.connection
  const { namespaceInfo, config, isGlobalNamespace } = await workflowService.describeNamespace({ namespace })
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
  return {
    ...named('namespace', { state: namespaceInfo?.state, isGlobalNamespace, ...config }),
    ...named('search attribute', { ...customAttributes }),
  }
}

function named(what: string, values: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${what} ${name}`, JSON.stringify(value ?? null)]),
  )
}

async function hashOf(file: string): Promise<string> {
  return `sha256 ${createHash('sha256')
    .update(await readFile(file))
    .digest('hex')}`
}
