import { expect, test } from 'vitest'
import { defaultGatewayIn, hostAmong, isOwnAddress } from './published-host.ts'

const routes = `Iface	Destination	Gateway 	Flags	RefCnt	Use	Metric	Mask		MTU	Window	IRTT
docker0	000011AC	00000000	0001	0	0	0	0000FFFF	0	0	0
eth0	00000000	010200C0	0003	0	0	0	00000000	0	0	0
`

test('the way out of this machine is in the kernel’s table', () => {
  expect(defaultGatewayIn(routes)).toBe('192.0.2.1')
  expect(defaultGatewayIn('')).toBeUndefined()
})

const network = (config: { Subnet?: string; Gateway?: string }) => ({
  IPAM: { Driver: 'default', Config: [config] },
})

test.each([
  ['a network of the engine has it as its gateway', [network({ Gateway: '192.0.2.1' })], '192.0.2.1'],
  ['it lies in a network of the engine', [network({ Subnet: '192.0.2.0/24' })], '192.0.2.1'],
  ['it does not: the engine is here', [network({ Subnet: '172.17.0.0/16' })], 'localhost'],
  ['the engine has no network', [], 'localhost'],
  ['its networks have no addresses', [network({}), network({ Subnet: 'fd00::/64' })], 'localhost'],
])('published ports are reached by the way out, where %s', async (_, networks, host) => {
  expect(await hostAmong(networks, '192.0.2.1')).toBe(host)
})

test('where there is no way out, or it is an address of this machine, the engine is here', async () => {
  expect(await hostAmong([network({ Gateway: '192.0.2.1' })], undefined)).toBe('localhost')
  expect(await hostAmong([network({ Gateway: '127.0.0.1' })], '127.0.0.1')).toBe('localhost')
})

test.each([
  ['127.0.0.1', true],
  ['192.0.2.77', false],
  ['no-such-host.invalid', false],
])('%s: %s', async (address, isOurs) => {
  expect(await isOwnAddress(address)).toBe(isOurs)
})
