// The place that a container has in its cluster's network, by the name that others know it by.
import type Dockerode from 'dockerode'

export class NetworkPlace {
  readonly name: string
  readonly #network: Dockerode.Network
  readonly #alias: string

  constructor(network: Dockerode.Network, name: string, alias: string) {
    this.#network = network
    this.name = name
    this.#alias = alias
  }

  /** Does nothing where it is connected already. */
  async connect(container: Dockerode.Container): Promise<void> {
    if (await this.stillIn(container)) return
    await this.#network.connect({ Container: container.id, EndpointConfig: { Aliases: [this.#alias] } })
  }

  async disconnect({ id }: Dockerode.Container): Promise<void> {
    await this.#network.disconnect({ Container: id })
  }

  /** As the engine has it. */
  async stillIn(container: Dockerode.Container): Promise<boolean> {
    const { NetworkSettings } = await container.inspect()
    return this.name in NetworkSettings.Networks
  }
}
