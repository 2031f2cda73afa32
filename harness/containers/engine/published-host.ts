// The host at which an engine's published ports are reached, if this process runs in something that looks
// like a container. testcontainers would pull an image and start a container to find out, if the engine's own
// network does not say.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { once } from 'node:events'
import { BlockList, createServer, isIP } from 'node:net'
import type Dockerode from 'dockerode'
import { engineStatus } from './failures.ts'

/** testcontainers takes this file as the sign of a container. */
const containerMark = '/.dockerenv'

type Network = Pick<Dockerode.NetworkInspectInfo, 'IPAM'>

/** Undefined if testcontainers finds the host by asking the engine. Only asks, changes nothing. */
export async function publishedHost(docker: Dockerode, socket: string): Promise<string | undefined> {
  if (!existsSync(containerMark)) return undefined
  if (await hasGateway(docker, socket.includes('podman.sock') ? 'podman' : 'bridge')) return undefined
  const routes = await readFile('/proc/net/route', 'utf8').catch(() => '')
  return hostAmong(await docker.listNetworks(), defaultGatewayIn(routes))
}

/** An engine may have no network of that name at all. */
async function hasGateway(docker: Dockerode, network: string): Promise<boolean> {
  try {
    return gatewayOf(await docker.getNetwork(network).inspect()) !== undefined
  } catch (thrown) {
    if (engineStatus(thrown) === 404) return false
    throw thrown
  }
}

/**
 * This machine's default gateway, if it belongs to one of the engine's networks: then this machine is a
 * container there. Otherwise the engine is taken to run on this machine.
 */
export async function hostAmong(networks: readonly Network[], gateway: string | undefined): Promise<string> {
  if (gateway === undefined || (await isOwnAddress(gateway))) return 'localhost'
  const isIn = networks.some((network) => gatewayOf(network) === gateway || subnetHolds(network, gateway))
  return isIn ? gateway : 'localhost'
}

/** Reads the kernel's table of routes. Its addresses are hexadecimal, with the last byte first. */
export function defaultGatewayIn(routes: string): string | undefined {
  for (const line of routes.split('\n')) {
    const [, destination, gateway] = line.trim().split(/\s+/)
    if (destination === '00000000' && gateway !== undefined && gateway !== '00000000') {
      return [...Buffer.from(gateway, 'hex')].toReversed().join('.')
    }
  }
  return undefined
}

function gatewayOf({ IPAM }: Network): string | undefined {
  return IPAM?.Config?.find(({ Gateway }) => Gateway !== undefined)?.Gateway
}

function subnetHolds({ IPAM }: Network, address: string): boolean {
  const subnets = (IPAM?.Config ?? []).flatMap(({ Subnet }) => (Subnet === undefined ? [] : [Subnet]))
  return subnets.some((subnet) => {
    const [network = '', bits] = subnet.split('/')
    if (isIP(network) !== 4) return false
    const list = new BlockList()
    list.addSubnet(network, Number(bits))
    return list.check(address)
  })
}

/**
 * Tried by listening: `os.networkInterfaces` leaves out interfaces that are down, such as a bridge without
 * containers.
 */
export async function isOwnAddress(host: string): Promise<boolean> {
  const server = createServer()
  try {
    server.listen({ host, port: 0 })
    await once(server, 'listening')
    return true
  } catch {
    // Another machine's address, or no address at all.
    return false
  } finally {
    server.close()
  }
}
