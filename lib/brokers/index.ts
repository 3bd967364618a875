// The brokers there are. One entry is one folder and one line.
import { kafka } from './kafka/index.ts'
import { rabbitmq } from './rabbitmq/index.ts'
import type { BrokerModel } from './types.ts'

export const brokers: readonly BrokerModel[] = [kafka, rabbitmq]

export function brokerOf(id: string): BrokerModel {
  const found = brokers.find((broker) => broker.id === id)
  if (found === undefined) throw new Error(`there is no broker ${id}`)
  return found
}
