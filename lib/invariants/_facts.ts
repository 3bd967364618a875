// What several monitors share: lists indexed by business fact, and the group an observation is about.
// Lists stay dense and numeric, so that a step costs the same after a million messages as after ten.
import type { Subject } from './types.ts'

/** Makes `list[n]` exist. Facts arrive nearly in order, so this appends one item most of the time. */
export function reach<T>(list: T[], n: number, fill: T): void {
  while (list.length <= n) list.push(fill)
}

/** Position of a group in the subject; -1 when nobody asked to judge it. Groups are a handful. */
export function groupIndex(subject: Subject, id: string): number {
  const groups = subject.groups
  for (let i = 0; i < groups.length; i++) if (groups[i]?.id === id) return i
  return -1
}

/** Whether a group acts upon events of this type, or passes over them. */
export function handles(group: Pick<Subject['groups'][number], 'handles'>, type: string): boolean {
  return group.handles.length === 0 || group.handles.includes(type)
}

/** 'orders/2' is lane 2 of stream 'orders'; the name of a stream may itself hold a slash. */
export function laneOf(name: string): { readonly stream: string; readonly lane: number } {
  const slash = name.lastIndexOf('/')
  return { stream: name.slice(0, slash), lane: Number(name.slice(slash + 1)) }
}
