// Whether an address is one of this machine.
import { networkInterfaces } from 'node:os'

export function isOwnAddress(address: string): boolean {
  return Object.values(networkInterfaces())
    .flat()
    .some((one) => one?.address === address)
}
