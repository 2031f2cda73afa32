// By hand it is as in a campaign: compose.yaml has the settings that clusters of containers get.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { uiEnvironment, uiPortInside } from '../harness/cluster/backends/docker/ui-environment.ts'
import { renderDynamicConfig } from '../harness/cluster/service/temporal-config.ts'

const read = (file: string) => readFile(fileURLToPath(new URL(file, import.meta.url)), 'utf8')

const serviceSchema = z.object({
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  command: z.unknown().optional(),
})
const composeSchema = z.object({ services: z.record(z.string(), serviceSchema) })
const { services } = composeSchema.parse(parse(await read('compose.yaml'), { merge: true }))

test('the server has the dynamic configuration of a campaign’s', async () => {
  const file = services['server']?.environment['DYNAMIC_CONFIG_FILE_PATH']
  expect(services['server']?.volumes).toEqual([`./dynamicconfig.yaml:${file}:ro`])
  expect(parse(await read('dynamicconfig.yaml'))).toEqual(parse(renderDynamicConfig()))
})

test('PostgreSQL is started as a campaign’s', async () => {
  const { command } = services['postgres'] ?? {}
  expect(command).toEqual(['postgres', '-c', 'max_connections=200'])
  const campaigns = await read('../harness/cluster/backends/docker/start-database.ts')
  expect(campaigns).toContain(`command: ['postgres', '-c', 'max_connections=200']`)
})

test('the UI has the environment of a campaign’s', () => {
  const port = '${UI_PORT:-8080}'
  const place = { server: { host: 'server', port: 7233 }, hosts: ['127.0.0.1', 'localhost'], port }
  expect(services['ui']?.environment).toEqual(uiEnvironment(place))
  expect(services['ui']?.ports).toEqual([`127.0.0.1:${port}:${uiPortInside}`])
})
