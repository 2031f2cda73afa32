// A container's membership in its cluster's network, under the name by which the others find it.
import type Dockerode from 'dockerode'

export class NetworkMembership {
  readonly name: string
  readonly #network: Dockerode.Network
  readonly #alias: string

  constructor(network: Dockerode.Network, name: string, alias: string) {
    this.#network = network
    this.name = name
    this.#alias = alias
  }

  /** Does nothing if it is connected already. */
  async connect(container: Dockerode.Container): Promise<void> {
    if (await this.stillIn(container)) return
    await this.#network.connect({ Container: container.id, EndpointConfig: { Aliases: [this.#alias] } })
  }

  async disconnect({ id }: Dockerode.Container): Promise<void> {
    await this.#network.disconnect({ Container: id })
  }

  /** Asks the engine. */
  async stillIn(container: Dockerode.Container): Promise<boolean> {
    const { NetworkSettings } = await container.inspect()
    return this.name in NetworkSettings.Networks
  }
}
