// Where published ports of an engine behind a socket are reached from what looks like a container. testcontainers would
// pull an image and start a container to find out, where the engine's own network does not say it: nothing is done unasked.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { BlockList, isIP } from 'node:net'
import type Dockerode from 'dockerode'
import { engineStatus } from './engine-status.ts'
import { isOwnAddress } from './own-address.ts'

/** As testcontainers tells. */
const containerMark = '/.dockerenv'

type Listed = Pick<Dockerode.NetworkInspectInfo, 'IPAM'>

/** Undefined where testcontainers finds it by a question. Asks, and changes nothing. */
export async function hostToSay(docker: Dockerode, socket: string): Promise<string | undefined> {
  if (!existsSync(containerMark)) return undefined
  if (await saysGateway(docker, socket.includes('podman.sock') ? 'podman' : 'bridge')) return undefined
  const routes = await readFile('/proc/net/route', 'utf8').catch(() => '')
  return hostAmong(await docker.listNetworks(), defaultGatewayIn(routes))
}

/** An engine may have no such network at all. */
async function saysGateway(docker: Dockerode, network: string): Promise<boolean> {
  try {
    return gatewayOf(await docker.getNetwork(network).inspect()) !== undefined
  } catch (thrown) {
    if (engineStatus(thrown) === 404) return false
    throw thrown
  }
}

/**
 * The way out of this machine where that leads into one of the engine's networks: it is a container there. Else the engine
 * is taken to share the machine, whatever that looks like.
 */
export async function hostAmong(networks: readonly Listed[], wayOut: string | undefined): Promise<string> {
  if (wayOut === undefined || (await isOwnAddress(wayOut))) return 'localhost'
  const isIn = networks.some((network) => gatewayOf(network) === wayOut || subnetHolds(network, wayOut))
  return isIn ? wayOut : 'localhost'
}

/** Of the kernel's table of routes: addresses in hexadecimal, the last byte first. */
export function defaultGatewayIn(routes: string): string | undefined {
  for (const line of routes.split('\n')) {
    const [, destination, gateway] = line.trim().split(/\s+/)
    if (destination === '00000000' && gateway !== undefined && gateway !== '00000000') {
      return [...Buffer.from(gateway, 'hex')].toReversed().join('.')
    }
  }
  return undefined
}

function gatewayOf({ IPAM }: Listed): string | undefined {
  return IPAM?.Config?.find(({ Gateway }) => Gateway !== undefined)?.Gateway
}

function subnetHolds({ IPAM }: Listed, address: string): boolean {
  const subnets = (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet]))
  return subnets.some((subnet) => {
    const [network = '', bits] = subnet.split('/')
    if (isIP(network) !== 4) return false
    const list = new BlockList()
    list.addSubnet(network, Number(bits))
    return list.check(address)
  })
}
