'use client'
// The run without a picture: headings, tables, and every command as a button. It stands beside the canvas
// or instead of it, and shows the same facts.
import { Inspector } from '../inspector/inspector'
import { useRun } from '../session/context'
import { ConsumerTable, MachineryTable, ProducerTable } from '../tables/actor-tables'
import { PartitionTables } from '../tables/partition-table'
import { SinkTable } from '../tables/sink-table'
import { CommandList } from './command-list'
import { Guarantees } from './guarantees'
import { JustHappened } from './just-happened'
import { Summary } from './summary'

/** Summary and tables. */
export function StructuredMain() {
  return (
    <div className="px-3 pt-[18px] pb-3 max-md:px-2">
      <Heading id="summary" title="Summary" />
      <Summary />
      <Heading id="producers" title="Producers" />
      <ProducerTable />
      <PartitionTables />
      <Heading id="consumers" title="Consumers" />
      <ConsumerTable />
      <Heading id="sinks" title="Sinks" />
      <SinkTable />
      <Heading id="machinery" title="Brokers and coordinators" />
      <MachineryTable />
    </div>
  )
}

/** What just happened, what holds, what can be done; first of all what is selected. */
export function StructuredAside() {
  const selected = useRun((run) => run.selected)
  return (
    <>
      {selected === '' ? null : (
        <div className="mb-3 border-b border-hair pb-3">
          <Inspector />
        </div>
      )}
      <Heading id="happened" title="What just happened" />
      <JustHappened count={6} />
      <Heading id="guarantees" title="Guarantees" />
      <Guarantees />
      <Heading id="commands" title="Commands" />
      <CommandList />
    </>
  )
}

function Heading({ id, title }: { readonly id: string; readonly title: string }) {
  return (
    <h2 id={`structured-${id}`} className="structured-heading">
      {title}
    </h2>
  )
}
