import Docker from 'dockerode'
import { expect, test } from 'vitest'
import { openFakeEngine, says, silence, type Answer } from '../../../../test/support/fake-engine.ts'
import { ManagedService } from '../../service/managed-service.ts'
import { ContainerDriver } from './container-driver.ts'
import { NetworkMembership } from '../../../containers/network-membership.ts'

const answerMs = 500
const at = (action: string) => `POST /containers/c1/${action}`
const running = says({ State: { Status: 'running' }, NetworkSettings: { Networks: { net: {} } } })
const done: Answer = (response) => void response.writeHead(204).end()

async function injected(
  answers: Readonly<Record<string, Answer>>,
  inject: (service: ManagedService) => Promise<unknown>,
) {
  await using engine = await openFakeEngine({
    'GET /containers/c1/json': running,
    [at('wait')]: (response) => response.writeHead(200).flushHeaders(),
    ...answers,
  })
  const docker = new Docker({ socketPath: engine.socketPath })
  const lost: unknown[] = []
  const service = await ManagedService.begin(
    new ContainerDriver({
      name: 'temporal-server',
      container: docker.getContainer('c1'),
      published: { host: '127.0.0.1', port: 1 },
      network: new NetworkMembership(docker.getNetwork('net'), 'net', 'temporal'),
      answerMs,
      serving: async () => ({}),
      settled: async () => undefined,
      died: () => undefined,
      lost: (error) => lost.push(error),
    }),
  )
  const thrown = await inject(service).catch((error: unknown) => error)
  return { thrown, lost: [...lost] }
}

const isolation = [
  ['kill', at('kill'), (service: ManagedService) => service.kill()],
  ['stop', at('stop'), (service: ManagedService) => service.stop(0)],
  ['pause', at('pause'), (service: ManagedService) => service.pause()],
  ['disconnect', 'POST /networks/net/disconnect', (service: ManagedService) => service.disconnect()],
  ['remove', 'DELETE /containers/c1', (service: ManagedService) => service[Symbol.asyncDispose]()],
] as const

test.each(isolation)(
  'an engine that does not answer to %s is lost, to the cluster too',
  async (action, request, inject) => {
    const { thrown, lost } = await injected({ [request]: silence }, inject)
    expect(thrown).toMatchObject({
      code: 'CHAOS_ENGINE_LOST',
      message: expect.stringMatching(new RegExp(`for the container engine to ${action} temporal-server$`)),
    })
    expect(lost).toEqual([thrown])
  },
)

test.each(isolation)('what it says where it cannot %s is told', async (action, request, inject) => {
  const { thrown } = await injected({ [request]: says({ message: 'permission denied' }, 500) }, inject)
  expect(thrown).toMatchObject({
    code: 'CHAOS_ENGINE_FAILED',
    message: expect.stringMatching(new RegExp(`cannot ${action} temporal-server: .*permission denied`)),
  })
})

test('so it is where it falls silent before the proof', async () => {
  let asked = 0
  const once: Answer = (response) => {
    asked += 1
    // Once for the start, then never again.
    if (asked === 1) running(response)
  }
  const { thrown } = await injected({ 'GET /containers/c1/json': once, [at('pause')]: done }, (service) =>
    service.pause(),
  )
  expect(thrown).toMatchObject({ code: 'CHAOS_ENGINE_LOST', message: expect.stringMatching(/to inspect/) })
})

test('and where it does not start again what it has ended', async () => {
  let end: () => void
  const { thrown } = await injected(
    {
      [at('wait')]: (response) => {
        response.writeHead(200).flushHeaders()
        end = () => response.end('{"StatusCode":137}')
      },
      [at('kill')]: (response) => {
        end()
        done(response)
      },
      [at('start')]: says({ message: 'no such device' }, 500),
    },
    async (service) => {
      await service.kill()
      return service.start()
    },
  )
  expect(thrown).toMatchObject({
    code: 'CHAOS_ENGINE_FAILED',
    message: expect.stringMatching(/cannot restart temporal-server: .*no such device/),
  })
})
