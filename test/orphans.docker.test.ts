// The start of a session removes leftovers from its engine: real containers, networks and volumes, but only
// its own.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../harness/config/config.ts'
import { findLeftovers } from '../harness/containers/cleanup/find-leftovers.ts'
import { networkName, ownerLabel, sessionLabel } from '../harness/containers/cleanup/labels.ts'
import { removeLeftovers } from '../harness/containers/cleanup/remove-leftovers.ts'
import { readOwner, sessionLabels, type Owner } from '../harness/containers/cleanup/owner.ts'
import { openBackend } from '../harness/cluster/open-backend.ts'
import { because, docker, leftInEngine, nothingInEngine, surveyContainers } from './support/docker.ts'
import { openSession } from '../harness/sessions/open-session.ts'

const { whyNot, images } = await surveyContainers()
const id = '0123456789abcdef'
const names = {
  container: 'chaos-orphan-test',
  network: networkName(id, 'kept'),
  volume: 'chaos-orphan-test',
}

function ours(): Owner {
  const owner = readOwner(sessionLabels(id)[ownerLabel])
  if (owner === undefined) throw new Error('this process does not own what it makes')
  return owner
}

/** Leftovers of a session that was killed together with its guard, or of another machine. */
async function leave(owner: Partial<Owner> | undefined, runs: boolean): Promise<void> {
  const its = owner === undefined ? {} : { [ownerLabel]: JSON.stringify({ ...ours(), ...owner }) }
  const labels = { [sessionLabel]: id, ...its }
  await docker.createNetwork({ Name: names.network, Labels: labels })
  const container = await docker.createContainer({
    name: names.container,
    Image: images.adminTools,
    Entrypoint: ['sleep', runs ? '600' : '0'],
    Labels: labels,
    Volumes: { '/kept': {} },
    HostConfig: { NetworkMode: names.network },
  })
  await container.start()
  if (!runs) await container.wait()
}

async function removeAll(): Promise<void> {
  await docker
    .getContainer(names.container)
    .remove({ force: true, v: true })
    .catch(() => undefined)
  await docker
    .getNetwork(names.network)
    .remove()
    .catch(() => undefined)
}

const dead: Partial<Owner> = { started: 'long ago' }
const containerAndNetwork = [names.container, names.network]

describe.skipIf(whyNot !== null)(`what sessions leave in an engine${because(whyNot)}`, () => {
  beforeEach(removeAll)
  afterEach(removeAll)

  test.each([
    ['a dead process of this place, even if it runs', dead, true],
    ['a dead process of this place', dead, false],
    ['this machine before its restart', { boot: 'before', machine: ours().machine || 'm' }, false],
  ])('is removed if it is of %s', async (_, owner, runs) => {
    if (owner.boot !== undefined && ours().machine === '') return
    await leave(owner, runs)
    const volumes = async () => (await docker.listVolumes()).Volumes.length
    const before = await volumes()
    expect(await removeLeftovers(docker)).toEqual(containerAndNetwork)
    expect(await leftInEngine()).toEqual(nothingInEngine)
    expect(await volumes()).toBe(before - 1)
  })

  test.each<[string, Partial<Owner> | undefined, boolean]>([
    ['this process', {}, false],
    ['another place, and runs', { ...dead, pidSpace: 'elsewhere' }, true],
    ['another place, and has just ended', { ...dead, pidSpace: 'elsewhere' }, false],
    ['an unknown owner, and has just ended', undefined, false],
  ])('stays if it is of %s', async (_, owner, runs) => {
    await leave(owner, runs)
    expect(await removeLeftovers(docker)).toEqual([])
    expect((await leftInEngine()).networks).toEqual([names.network])
    expect((await docker.getContainer(names.container).inspect()).State.Running).toBe(runs)
  })

  test('a container that ended long ago is removed, whoever made it, but never a running one', async () => {
    await leave({ ...dead, pidSpace: 'elsewhere' }, true)
    expect(await removeLeftovers(docker, 0)).toEqual([])
    await docker.getContainer(names.container).kill()
    expect(await removeLeftovers(docker, 0)).toEqual(containerAndNetwork)
  })

  test('a volume is removed if the engine has forgotten its container, and stays if it has no owner', async () => {
    const labels = sessionLabels(id)
    const owner = JSON.stringify({ ...ours(), ...dead })
    await docker.createVolume({ Name: names.volume, Labels: { ...labels, [ownerLabel]: owner } })
    await docker.createVolume({ Name: `my-${names.volume}` })
    try {
      expect(await removeLeftovers(docker)).toEqual([names.volume])
      const { Volumes } = await docker.listVolumes({ filters: { name: [names.volume] } })
      expect(Volumes.map(({ Name }) => Name)).toEqual([`my-${names.volume}`])
    } finally {
      await docker.getVolume(`my-${names.volume}`).remove()
    }
  })

  test('a network with a similar name stays', async () => {
    const network = await docker.createNetwork({ Name: `my-${names.network}` })
    try {
      expect(await removeLeftovers(docker, 0)).toEqual([])
    } finally {
      await network.remove()
    }
  })

  test('everything that a cluster makes is labelled, and the start of a session removes leftovers of dead ones', async () => {
    await leave(dead, true)
    await using session = await openSession()
    const told: string[] = []
    const never = new AbortController().signal
    const start = await openBackend({
      name: 'docker',
      env: process.env,
      signal: never,
      session,
      config: readConfig({ backend: 'docker' }, {}),
      onProgress: (text) => void told.push(text),
    })
    expect(told).toEqual(containerAndNetwork.map((name) => `removed ${name}, which a dead session had left`))
    await using _stack = await start()
    const filters = { label: [`${sessionLabel}=${session.id}`] }
    const [containers, networks, { Volumes: volumes }] = [
      await docker.listContainers({ all: true, filters }),
      await docker.listNetworks({ filters }),
      await docker.listVolumes({ filters }),
    ]
    // The one volume is the database's, which its image declares.
    expect([containers.length, networks.length, volumes.length]).toEqual([2, 1, 1])
    for (const { Labels } of [...containers, ...networks, ...volumes]) {
      expect(readOwner(Labels?.[ownerLabel])).toEqual(ours())
    }
    expect(await findLeftovers(docker, 0)).toEqual(new Map())
  })
})
