// The table behind settings.ts. Names, defaults and meanings follow the Kafka 4.1 documentation
// (https://kafka.apache.org/41/configuration); limits narrower than Kafka's own say so in `source`.
import type { SettingSpec } from './settings.ts'
import { brokerTable } from './settings-table-broker.ts'
import { consumerTable } from './settings-table-consumer.ts'
import { producerTable } from './settings-table-producer.ts'

export const table: readonly SettingSpec[] = [...producerTable, ...consumerTable, ...brokerTable]
