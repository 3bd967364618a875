// What forms and tables offer for a scenario, in the words of its broker; and what the brokers are called.
import { brokerOf, brokers } from '../brokers/index.ts'
import type { Forms } from '../brokers/types.ts'
import type { Scenario } from '../scenario/types.ts'

export type { Choice } from '../brokers/types.ts'

export const formsOf = ({ deployment }: Scenario): Forms => brokerOf(deployment.broker).forms

export const brokerTitleOf = ({ deployment }: Scenario): string => brokerOf(deployment.broker).title

/** 'Apache Kafka and RabbitMQ' */
export const brokerTitles: string = brokers.map(({ title }) => title).join(' and ')

/** What people call a broker. */
export const brokerTitle = (id: Scenario['deployment']['broker']): string => brokerOf(id).title
