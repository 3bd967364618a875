// Where everything stands. Three arrangements by width: `row` (producer, topic, groups, sinks in columns),
// `tight` (producer above the topic), `stack` (all under one another, layout-stack.ts).
import { type Columns, columnsFor } from './columns.ts'
import { GROUP_GAPS, groupsHeight, placeGroups } from './layout-groups.ts'
import { producersAbove, producersBeside } from './layout-producers.ts'
import { ledgerRows, placeSinks, SINK_GAP, sinksHeight } from './layout-sinks.ts'
import { stackLayout } from './layout-stack.ts'
import { placeStreams, spacingFor, streamsHeight } from './layout-streams.ts'
import { LEDGER_WIDTH } from './ledger.ts'
import { type Layout, STORE_HEIGHT } from './placed.ts'
import type { Plan } from './plan.ts'
import type { View } from './types.ts'

export function layoutOf(plan: Plan, view: View): Layout {
  const columns = columnsFor(plan, view)
  return columns === null ? stackLayout(plan, view) : columnLayout(plan, view, columns)
}

function columnLayout(plan: Plan, view: View, columns: Columns): Layout {
  const frame = { plan, view, columns }
  const left = view.height - (view.bottom ?? 0)
  const producersTop = columns.producerAbove ? plan.producers.length * (STORE_HEIGHT + 16) : 0
  const spacing = spacingFor(plan, view, left - producersTop - 16)
  const needs = {
    streams: streamsHeight(plan, spacing) + producersTop,
    groups: groupsHeight(plan, GROUP_GAPS.wide),
  }
  const gaps = needs.groups <= view.height - 12 ? GROUP_GAPS.wide : GROUP_GAPS.close
  const groupsNeed = groupsHeight(plan, gaps)
  const rows = ledgerRows(plan, view.height)
  const sinksNeed = sinksHeight(plan, rows)
  const height = Math.max(
    view.height,
    Math.ceil(groupsNeed) + 12,
    Math.ceil(sinksNeed) + 16,
    Math.ceil(needs.streams) + (view.bottom ?? 0) + 16,
  )
  const streamsTop = Math.max(8, (height - view.height + left - needs.streams) / 2)
  const streams = placeStreams(plan, columns, spacing, streamsTop + producersTop)
  const groups = placeGroups(frame, Math.max(6, Math.round((height - groupsNeed) / 2)), gaps)
  const sinks = placeSinks(frame, groups, rows, height)
  const last = sinks.at(-1)
  return {
    name: columns.producerAbove ? 'tight' : 'row',
    width: view.width,
    height,
    producers: columns.producerAbove
      ? producersAbove(frame, streamsTop)
      : producersBeside(frame, streams, height),
    streams,
    groups,
    sinks,
    stores: plan.stores.map((store, i) => ({
      ...store,
      notes: [],
      box: {
        x: columns.sinkX,
        y:
          (last === undefined ? 16 : last.box.y + last.box.height + SINK_GAP) +
          i * (STORE_HEIGHT + 12),
        width: LEDGER_WIDTH,
        height: STORE_HEIGHT,
      },
    })),
  }
}
